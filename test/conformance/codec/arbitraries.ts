/** Random messages of NTLM, as an encoder may be given them. */
import fc from 'fast-check';
import { FLAGS } from '../../../conformance/codec/messages/flags.ts';
import type {
  AuthenticateMessage,
  AvPair,
  ChallengeMessage,
  NegotiateMessage,
  NtlmMessage,
} from '../../../conformance/codec/messages/message-types.ts';

const flags = fc.nat(0xffff_ffff);
const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
const version = bytes(8);

/** Any text of UTF-16, halves of surrogate pairs and zeros with it. */
const unicode = fc
  .array(fc.nat(0xffff), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const oem = fc.array(fc.nat(0xff), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes));

export const avPairs: fc.Arbitrary<readonly AvPair[]> = fc.array(
  fc.record({
    id: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 0xffff })),
    value: bytes(0, 20),
  }),
  { maxLength: 8 },
);

const negotiate: fc.Arbitrary<NegotiateMessage> = fc
  .record({ flags, domain: oem, workstation: oem, version: fc.option(version) })
  .map((message) => ({
    type: 'NEGOTIATE_MESSAGE',
    ...message,
    domain: (message.flags & FLAGS.OEM_DOMAIN_SUPPLIED) === 0 ? '' : message.domain,
    workstation: (message.flags & FLAGS.OEM_WORKSTATION_SUPPLIED) === 0 ? '' : message.workstation,
  }));

const texts = <Name extends string>(
  ...names: readonly Name[]
): fc.Arbitrary<Record<Name, string> & { readonly flags: number }> =>
  flags.chain((flags) => {
    const text = (flags & FLAGS.UNICODE) === 0 ? oem : unicode;
    return fc
      .tuple(...names.map(() => text))
      .map((found) => names.map((name, i) => [name, found[i]] as const))
      .map((entries) => ({ flags, ...(Object.fromEntries(entries) as Record<Name, string>) }));
  });

const challenge: fc.Arbitrary<ChallengeMessage> = fc
  .tuple(
    texts('targetName'),
    fc.record({
      serverChallenge: bytes(8),
      targetInfo: fc.option(avPairs),
      version: fc.option(version),
    }),
  )
  .map(([names, rest]) => ({ type: 'CHALLENGE_MESSAGE', ...names, ...rest }));

const ends = fc.oneof(
  fc.constant({ version: null, mic: null }),
  fc.record({ version, mic: fc.option(bytes(16)) }),
);

const authenticate: fc.Arbitrary<AuthenticateMessage> = fc
  .tuple(
    texts('domain', 'user', 'workstation'),
    fc.record({
      lmResponse: fc.oneof(bytes(24), bytes(0, 30)),
      ntResponse: fc.oneof(bytes(24), bytes(0, 100)),
      encryptedRandomSessionKey: fc.oneof(bytes(0), bytes(16)),
    }),
    ends,
  )
  .map(([names, responses, end]) => ({
    type: 'AUTHENTICATE_MESSAGE',
    ...names,
    ...responses,
    ...end,
  }));

export const messages: fc.Arbitrary<NtlmMessage> = fc.oneof(negotiate, challenge, authenticate);
