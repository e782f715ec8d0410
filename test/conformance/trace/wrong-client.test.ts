/** Recordings in which a client does what the model's never does, each with what is said of it. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { challenged, LAST, two, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, recorded } from './support/making.ts';

describe('of a client', () => {
  const rows: readonly [string, Recording, readonly string[]][] = [
    [
      'this AUTHENTICATE answers a challenge that connection 2 received',
      two((first, second) => {
        challenged(first);
        challenged(second);
        first.authenticate(ALICE, second.challenge());
      }),
      [LAST],
    ],
    [
      'this AUTHENTICATE answers a challenge that connection 2 never received',
      two((_, second) => {
        challenged(second);
        second.authenticate(ALICE, elsewhere());
      }),
      [LAST],
    ],
    [
      'this AUTHENTICATE answers an earlier challenge of its connection, and not the last',
      recorded((c) => {
        challenged(c);
        const first = c.challenge();
        c.authenticate(MISTYPED);
        c.unauthorized();
        challenged(c);
        c.authenticate(ALICE, first);
      }),
      [LAST],
    ],
    [
      'an AUTHENTICATE although no challenge to this request came before it',
      recorded((c) => {
        challenged(c);
        c.authenticate(ALICE);
        c.ok();
        c.authenticate(ALICE);
      }),
      ["a new request, in alice's name"],
    ],
    [
      'a NEGOTIATE although no 401 to this request came before it',
      recorded((c) => {
        c.negotiate();
        c.challenges();
      }),
      ['a new request'],
    ],
    [
      'a request although the one before it has not been answered',
      recorded((c) => {
        c.bare();
        c.bare();
      }),
      ['a reply to the request before'],
    ],
    [
      'a request without credentials, in the middle of a handshake',
      recorded((c) => {
        challenged(c);
        c.bare();
      }),
      ['an AUTHENTICATE of somebody over the challenge it was just sent'],
    ],
    [
      "a request in bob's name, on a connection that is signed in as alice",
      recorded((c) => {
        c.signsIn(ALICE);
        c.bare('bob');
      }),
      ["a new request, in alice's name"],
    ],
    [
      "a request made in bob's name, with the credentials of alice",
      recorded((c) => {
        c.bare('bob');
        c.unauthorized();
        c.negotiate('bob');
        c.challenges();
        c.authenticate(ALICE, c.challenge(), {}, 'bob');
      }),
      ['an AUTHENTICATE of bob over the challenge it was just sent'],
    ],
    [
      'a Basic password on a connection whose client signs in by NTLM',
      recorded((c) => {
        c.signsIn(ALICE);
        c.basic(ALICE);
      }),
      ["a new request, in alice's name"],
    ],
  ];
  it.each(rows)('%s', (why, recording, expected) => {
    const { isBehaviour, refused, accepted, ...verdict } = verdictOf(recording);
    expect({ why: verdict.why, expected: verdict.expected }).toEqual({ why, expected });
    expect(isBehaviour).toBe(false);
    expect(refused).toBe(recording.observations[accepted]);
    expect(refused).toMatchObject({ what: 'request' });
    expect(verdictOf(recording, { sides: 'server' }).refused?.what).not.toBe('reply');
  });
});

/** A challenge that nobody in the recording was sent. */
function elsewhere(): Uint8Array {
  let bytes = new Uint8Array();
  recorded(
    (c) => {
      challenged(c);
      challenged(c);
      bytes = Uint8Array.from(c.challenge());
    },
    { timestamp: 133_600_000_000_000_000n },
  );
  return bytes;
}
