/** The fields of responses that clients fill differently, and those that they may not. */
import { describe, expect, it } from 'vitest';
import { u64, zeros } from '../../../conformance/codec/bytes.ts';
import type { AuthenticateOptions } from '../../../conformance/codec/initiate.ts';
import { AV, pairOf, textPair } from '../../../conformance/codec/messages/av-pairs.ts';
import type {
  AuthenticateMessage,
  AvPair,
  Bytes,
} from '../../../conformance/codec/messages/message-types.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { DEFENCES, type Defences } from '../../../machines/ntlm/acceptor.ts';
import { challengeWith, signInWith, signsInAt } from './support/altered.ts';
import { REFUSED_RESPONSE, verdictOf } from './support/judging.ts';
import { ALICE, recorded } from './support/making.ts';

type Field = (message: AuthenticateMessage) => Bytes;
const EMPTY: Field = () => zeros(0);
const ZERO: Field = () => zeros(24);
const COPY: Field = ({ ntResponse }) => ntResponse;
const WRONG: Field = () => new Uint8Array(24).fill(7);

const V1 = { version: 'NTLMv1', lm: true } as const;
const V2 = { version: 'NTLMv2', lm: true } as const;
const ESS = { version: 'NTLMv1+ESS' } as const;

const lmIs = (lm: Field, options: AuthenticateOptions): Recording =>
  signInWith(ALICE, (message) => ({ lmResponse: lm(message) }), options);

describe('an LM field', () => {
  it.each<[string, AuthenticateOptions, Field]>([
    ['empty, with NTLMv1', V1, EMPTY],
    ['zero, with NTLMv1', V1, ZERO],
    ['a copy of the NT response, with NTLMv1', V1, COPY],
    ['an LM response, with NTLMv1', V1, ({ lmResponse }) => lmResponse],
    ['the challenge of the client, with NTLMv1', ESS, ({ lmResponse }) => lmResponse],
    ['empty, with NTLMv2', V2, EMPTY],
    ['zero, with NTLMv2', V2, ZERO],
    ['an LM response, with NTLMv2', V2, ({ lmResponse }) => lmResponse],
  ])('may be %s', (_, options, lm) => {
    expect(verdictOf(lmIs(lm, options))).toMatchObject({ isBehaviour: true, why: '' });
    expect(verdictOf(lmIs(lm, options), { secrets: new Map() }).isBehaviour).toBe(true);
  });

  it('may be an LM response beside a MIC', () => {
    const both = recorded((c) => {
      c.bare();
      c.unauthorized();
      c.negotiate();
      c.challenges();
      c.authenticate(ALICE, c.challenge(), { mic: 'right', lm: true });
      c.ok();
    });
    expect(verdictOf(both)).toMatchObject({ isBehaviour: true, why: '' });
  });

  it.each([
    ['NTLMv1', V1],
    ['NTLMv2', V2],
  ])('may not be wrong beside a right NT response of %s', (_, options) => {
    const recording = lmIs(WRONG, options);
    expect(verdictOf(recording)).toMatchObject({
      isBehaviour: false,
      why:
        'on connection 1, alice sends an AUTHENTICATE whose LM response is wrong, although its ' +
        'NT response is right',
    });
    expect(verdictOf(recording, { sides: 'server' }).isBehaviour).toBe(true);
  });
});

const ACCEPTS_LM: Defences = {
  ...DEFENCES,
  timestamp: 'leftOut',
  ntlmv1: 'allowed',
  lmResponse: 'accepted',
};

describe('a wrong NT response of NTLMv1 beside a right LM response', () => {
  const recording = signInWith(ALICE, () => ({ ntResponse: new Uint8Array(24).fill(7) }), V1);
  it('is named as that, of the client and of the server that accepts it', () => {
    expect(verdictOf(recording).why).toBe(
      'on connection 1, alice sends an AUTHENTICATE whose NT response is wrong, although its LM ' +
        'response is right',
    );
    expect(verdictOf(recording, { sides: 'server' })).toMatchObject({
      why:
        'on connection 1, 127.0.0.5:8081 answers 200, although its NT response is wrong, and ' +
        'only its LM response is right',
      expected: REFUSED_RESPONSE,
    });
  });
  it('is a behaviour of a server that accepts LM responses', () => {
    const defences = [ACCEPTS_LM];
    expect(verdictOf(recording, { sides: 'server', defences }).isBehaviour).toBe(true);
  });
});

describe('an anonymous response', () => {
  it.each([
    ['one zero', Uint8Array.of(0)],
    ['nothing', zeros(0)],
  ])('has %s as its LM field, and is refused', (_, lmResponse) => {
    const fields = { user: '', domain: '', workstation: '', ntResponse: zeros(0), lmResponse };
    const recording = signInWith(ALICE, () => fields, V1);
    expect(verdictOf(recording).why).toBe(
      'on connection 1, 127.0.0.5:8081 answers 200, although the AUTHENTICATE is anonymous',
    );
  });
});

describe('a challenge that names no server', () => {
  const DOMAIN = textPair(AV.NB_DOMAIN, 'LAB');
  const TIME = pairOf(AV.TIMESTAMP, u64(133_500_000_000_000_000n));
  const cases: readonly [string, readonly AvPair[] | null, string][] = [
    ['without TargetInfo', null, 'it has no TargetInfo'],
    ['with an empty TargetInfo', [], 'its TargetInfo has no computer name'],
    ['with a domain alone', [DOMAIN], 'its TargetInfo has no computer name'],
    [
      'with an empty name',
      [DOMAIN, textPair(AV.NB_COMPUTER, '')],
      'its TargetInfo has no computer name',
    ],
    ['with a timestamp', [DOMAIN, TIME], 'its TargetInfo has no computer name'],
  ];
  const at = (targetInfo: readonly AvPair[] | null, options: AuthenticateOptions) =>
    recorded((c) => signsInAt(c, ALICE, challengeWith({ targetInfo }), options));

  it.each(cases)('is a behaviour where NTLMv1 is allowed, and is noted: %s', (_, info, lacks) => {
    for (const version of ['NTLMv1', 'NTLMv2'] as const)
      expect(verdictOf(at(info, { version }))).toMatchObject({
        isBehaviour: true,
        notes: [`the challenge of 127.0.0.5:8081 on connection 1 names no server: ${lacks}`],
      });
  });
  it.each(cases)('is not one where NTLMv1 is refused: %s', (_, info) => {
    const defences = [DEFENCES];
    expect(verdictOf(at(info, {}), { sides: 'server', defences })).toMatchObject({
      isBehaviour: false,
      why:
        'on connection 1, 127.0.0.5:8081 sends a challenge that names no server, although it ' +
        'refuses NTLMv1',
    });
  });
  it('still has its MIC checked', () => {
    const corrupt = at([DOMAIN, TIME], { mic: 'corrupt' });
    expect(verdictOf(corrupt, { sides: 'server' }).why).toBe(
      'on connection 1, 127.0.0.5:8081 answers 200, although the MIC is missing or covers other ' +
        'messages',
    );
  });
});
