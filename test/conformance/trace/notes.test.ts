/** Notes: what a reader should know beside the verdict. */
import { describe, expect, it } from 'vitest';
import { challenged, two, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, making, recorded } from './support/making.ts';

const ONE_CONNECTION = 'and NTLM needs both messages on one connection';

describe('a handshake that is cut', () => {
  it('is noted after the challenge, and after the NEGOTIATE', () => {
    const recording = two((first, second) => {
      challenged(first);
      first.closed();
      second.bare();
      second.unauthorized();
      second.negotiate();
      second.closed();
    });
    expect(verdictOf(recording).notes).toEqual([
      `no connection was signed in: connection 1 closed after the challenge, ${ONE_CONNECTION}`,
      `no connection was signed in: connection 2 closed after the NEGOTIATE, ${ONE_CONNECTION}`,
    ]);
  });
  it('is noted with the number of every connection on which it was cut', () => {
    const recording = two((first, second) => {
      for (const slot of [first, second]) {
        challenged(slot);
        slot.closed();
      }
    });
    expect(verdictOf(recording).notes).toEqual([
      `no connection was signed in: connections 1 and 2 closed after the challenge, ${ONE_CONNECTION}`,
    ]);
  });
  it('names a server where no connection was signed in, with its name', () => {
    const maker = making();
    maker.on('alice').signsIn();
    const other = maker.on('alice', 'http://127.0.0.6:8081');
    challenged(other);
    other.closed();
    expect(verdictOf(maker.recording()).notes).toEqual([
      'no connection to 127.0.0.6:8081 was signed in: connection 2 closed after the challenge, ' +
        ONE_CONNECTION,
    ]);
  });
  it('is not told where a connection was signed in, or none was cut', () => {
    const signedIn = two((first, second) => {
      challenged(first);
      first.closed();
      second.signsIn();
    });
    expect(verdictOf(signedIn).notes).toEqual([]);
    const refused = recorded((c) => {
      challenged(c);
      c.authenticate(MISTYPED);
      c.unauthorized();
      c.closed();
    });
    expect(verdictOf(refused).notes).toEqual([]);
  });
});

describe('a response with the right password that is refused', () => {
  const refusedWith = (
    options: Parameters<Parameters<Parameters<typeof recorded>[0]>[0]['authenticate']>[2],
  ) =>
    recorded((c) => {
      challenged(c);
      c.authenticate(ALICE, c.challenge(), options);
      c.unauthorized();
    });
  const told = 'on connection 1, a response with the right password of alice is refused; it';
  const compared = 'which the server may compare with its own';
  it.each([
    [{}, `${told} has no channel binding, no target name and a MIC, ${compared}`],
    [
      { mic: 'none', targetName: 'HTTP/mail.test' },
      `${told} has no channel binding, the target name HTTP/mail.test and no MIC, ${compared}`,
    ],
    [
      { binding: Uint8Array.from({ length: 16 }, (_, i) => i) },
      `${told} has a channel binding (hash 000102030405060708090a0b0c0d0e0f), no target name and ` +
        `a MIC, ${compared}`,
    ],
    [
      { version: 'NTLMv1' },
      `${told} is NTLMv1, which has neither a channel binding nor a target name`,
    ],
  ] as const)('is noted with its parts: %j', (options, note) => {
    expect(verdictOf(refusedWith(options)).notes).toEqual([note]);
  });
  it('is not told where the password is wrong, unknown, or the response accepted', () => {
    const wrong = recorded((c) => {
      challenged(c);
      c.authenticate(MISTYPED);
      c.unauthorized();
    });
    expect(verdictOf(wrong).notes).toEqual([]);
    expect(verdictOf(refusedWith({}), { secrets: new Map() }).notes).toEqual([]);
    expect(verdictOf(recorded((c) => c.signsIn())).notes).toEqual([]);
  });
});
