/** An initiator's messages: their content, and what they prove to an acceptor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, isEqual, unhex, zeros } from '../../../conformance/codec/bytes.ts';
import { exportedSessionKey, ntowfv2 } from '../../../conformance/codec/crypto/keys.ts';
import {
  decodeNtResponseV2,
  isLmResponseEss,
  lmResponseEss,
  lmResponseV2,
} from '../../../conformance/codec/crypto/responses.ts';
import { decodeAs3, isAnonymous, verify } from '../../../conformance/codec/crypto/verify.ts';
import {
  type AuthenticateOptions,
  authenticate,
  challenge,
  filetimeOf,
  negotiate,
} from '../../../conformance/codec/initiate.ts';
import {
  AV,
  AV_FLAGS,
  flagsIn,
  flagsPair,
  pairsWith,
  pairWith,
  textOf,
} from '../../../conformance/codec/messages/av-pairs.ts';
import { FLAGS, has } from '../../../conformance/codec/messages/flags.ts';
import { decode, encode } from '../../../conformance/codec/messages/message.ts';
import type { ChallengeMessage } from '../../../conformance/codec/messages/message-types.ts';
import { CLIENT_CHALLENGE, SERVER_CHALLENGE, V2 } from './vectors.ts';

const ALICE = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
const NEGOTIATE = negotiate();
const STAMP = filetimeOf(Date.UTC(2026, 0, 1));
const offered = (timestamp: bigint | null) =>
  challenge({ serverChallenge: SERVER_CHALLENGE, computer: 'FRONT', domain: 'LAB', timestamp });
const STAMPED = offered(STAMP);

const answered = (options: AuthenticateOptions, to = STAMPED) =>
  authenticate(ALICE, NEGOTIATE, to, options);
const checked = (bytes: Uint8Array, to = STAMPED, nonce = SERVER_CHALLENGE, from = NEGOTIATE) =>
  verify(ALICE.password, nonce, bytes, { negotiate: from, challenge: to });
const pairsIn = (bytes: Uint8Array) => decodeNtResponseV2(decodeAs3(bytes).ntResponse).pairs;

describe('negotiate', () => {
  it('has 40 bytes, or 32 without VERSION, whose flag then is not set', () => {
    expect(NEGOTIATE.length).toBe(40);
    const short = negotiate({ version: false });
    expect(short.length).toBe(32);
    expect([NEGOTIATE, short].map((bytes) => has(decode(bytes).flags, 'VERSION'))).toEqual([
      true,
      false,
    ]);
  });
});

describe('authenticate', () => {
  it('answers the challenge of the standard with the NTLMv2 response of the standard', () => {
    const user = { user: 'User', domain: 'Domain', password: 'Password' };
    const options = { clientChallenge: CLIENT_CHALLENGE, time: 0n, workstation: 'COMPUTER' };
    const { ntResponse, lmResponse } = decodeAs3(
      authenticate(user, NEGOTIATE, V2.challenge, options),
    );
    const standard = decodeAs3(V2.authenticate);
    expect([hex(ntResponse), hex(lmResponse)]).toEqual([
      hex(standard.ntResponse),
      hex(standard.lmResponse),
    ]);
  });

  it('has a MIC and no LM response where the challenge has a timestamp, else the reverse', () => {
    expect(checked(answered({}))).toEqual({ nt: true, lm: false, mic: 'right' });
    const plain = offered(null);
    expect(checked(answered({}, plain), plain)).toEqual({ nt: true, lm: true, mic: 'none' });
  });

  it.each([
    [{ mic: 'none' }, { nt: true, lm: true, mic: 'none' }],
    [
      { mic: 'right', lm: true },
      { nt: true, lm: true, mic: 'right' },
    ],
    [{ mic: 'corrupt' }, { nt: true, lm: false, mic: 'wrong' }],
    [{ version: 'NTLMv1' }, { nt: true, lm: true, mic: 'none' }],
    [
      { version: 'NTLMv1', lm: false },
      { nt: true, lm: false, mic: 'none' },
    ],
    [{ version: 'NTLMv1+ESS' }, { nt: true, lm: false, mic: 'none' }],
  ] as const)('%j proves %j', (options, check) => {
    const bytes = answered(options);
    expect(checked(bytes)).toEqual(check);
    const others = { nt: false, lm: false };
    const stranger = verify('Builder2?x', SERVER_CHALLENGE, bytes, null);
    expect(stranger).toMatchObject(others);
    expect(checked(bytes, STAMPED, unhex('0123456789abcdee'))).toMatchObject(others);
  });

  it('has a MIC that covers all three messages', () => {
    const bytes = answered({});
    const turned = (message: Uint8Array, at: number) => {
      const copy = message.slice();
      copy[at] = copy[at]! ^ 1;
      return copy;
    };
    const workstation = bytes.length - 24 - decodeAs3(bytes).ntResponse.length - 1;
    expect(checked(turned(bytes, workstation)).mic).toBe('wrong');
    expect(checked(bytes, turned(STAMPED, 30)).mic).toBe('wrong');
    expect(checked(bytes, STAMPED, SERVER_CHALLENGE, turned(NEGOTIATE, 32)).mic).toBe('wrong');
  });

  it('repeats the pairs of the challenge, its timestamp for the time, and adds its own', () => {
    const binding = unhex('00112233445566778899aabbccddeeff');
    const bytes = answered({ targetName: 'HTTP/front', binding });
    const pairs = pairsIn(bytes);
    expect(pairs.slice(0, 3)).toEqual((decode(STAMPED) as ChallengeMessage).targetInfo);
    expect(flagsIn(pairWith(pairs, AV.FLAGS)!)).toBe(AV_FLAGS.MIC);
    expect(textOf(pairWith(pairs, AV.TARGET_NAME)!)).toBe('HTTP/front');
    expect(pairWith(pairs, AV.CHANNEL_BINDINGS)!.value).toEqual(binding);
    expect(decodeNtResponseV2(decodeAs3(bytes).ntResponse).time).toBe(STAMP);
  });

  it('does not repeat MsvAvFlags, which a challenge has no reason to have', () => {
    const message = decode(STAMPED) as ChallengeMessage;
    const targetInfo = [...message.targetInfo!, flagsPair(0)];
    const bytes = answered({}, encode({ ...message, targetInfo }));
    expect(pairsWith(pairsIn(bytes), AV.FLAGS).map(flagsIn)).toEqual([AV_FLAGS.MIC]);
  });

  it('refuses to answer a message that is not a challenge', () => {
    expect(() => answered({}, NEGOTIATE)).toThrow(
      'byte 8: a NEGOTIATE_MESSAGE, where a CHALLENGE_MESSAGE has to be',
    );
  });
});

describe('verify', () => {
  const key = ntowfv2(ALICE.password, 'alice', 'LAB');
  const message = decodeAs3(answered({ mic: 'none' }));
  const proven = (changes: Partial<typeof message>) =>
    verify(ALICE.password, SERVER_CHALLENGE, encode({ ...message, ...changes }), null);

  it('takes no LM response with a client challenge of another length than 8', () => {
    const lmResponse = lmResponseV2(key, SERVER_CHALLENGE, CLIENT_CHALLENGE.subarray(0, 4));
    expect(proven({ lmResponse })).toEqual({ nt: true, lm: false, mic: 'none' });
  });

  it('takes the LM response for no proof where there is extended session security', () => {
    const v1 = decodeAs3(answered({ version: 'NTLMv1' }));
    const checks = [v1.flags, v1.flags | FLAGS.ESS].map((flags) =>
      proven({ ...v1, flags: flags >>> 0 }),
    );
    expect(checks.map(({ nt, lm }) => [nt, lm])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('tries the key without a domain where that with the domain does not fit', () => {
    const bytes = authenticate({ ...ALICE, domain: '' }, NEGOTIATE, STAMPED);
    const named = encode({ ...decodeAs3(bytes), domain: 'LAB' });
    expect(checked(bytes)).toMatchObject({ nt: true, mic: 'right' });
    expect(checked(named)).toMatchObject({ nt: true, mic: 'wrong' });
    expect(proven({ domain: 'OTHER' })).toMatchObject({ nt: false, lm: false });
  });

  it('has the user in any case, and the domain as it is', () => {
    expect(proven({ user: 'ALICE' })).toMatchObject({ nt: true });
    expect(proven({ domain: 'Lab' })).toMatchObject({ nt: false });
  });

  it('has a key of the client’s own only where something is signed or sealed with it', () => {
    const sent = { ...message, encryptedRandomSessionKey: new Uint8Array(16) };
    const own = (flags: number) => !isEqual(exportedSessionKey(key, { ...sent, flags }), key);
    const { KEY_EXCH, SIGN, SEAL } = FLAGS;
    expect([KEY_EXCH, SIGN, KEY_EXCH | SIGN, KEY_EXCH | SEAL].map(own)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('reads a MIC of zeros, and one over unknown messages, as no MIC', () => {
    const bytes = answered({});
    const zeroed = encode({ ...decodeAs3(bytes), mic: zeros(16) });
    expect(checked(zeroed)).toEqual({ nt: true, lm: false, mic: 'none' });
    expect(verify(ALICE.password, SERVER_CHALLENGE, bytes, null).mic).toBe('none');
  });

  it('proves the user by the LM response alone, also by the key without a domain', () => {
    const ntResponse = message.ntResponse.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    expect(proven({ ntResponse })).toMatchObject({ nt: false, lm: true });
    const nameless = ntowfv2(ALICE.password, 'alice', '');
    const lmResponse = lmResponseV2(nameless, SERVER_CHALLENGE, CLIENT_CHALLENGE);
    expect(proven({ ntResponse, lmResponse })).toMatchObject({ nt: false, lm: true });
  });

  it('refuses a message that is no AUTHENTICATE_MESSAGE', () => {
    expect(() => checked(NEGOTIATE)).toThrow(
      'byte 8: a NEGOTIATE_MESSAGE, where an AUTHENTICATE_MESSAGE has to be',
    );
  });

  it('recognises an anonymous message by each of its empty fields', () => {
    const nothing = { ...message, user: '', ntResponse: zeros(0), lmResponse: zeros(1) };
    const others = [
      { user: 'a' },
      { ntResponse: zeros(24) },
      { lmResponse: zeros(24) },
      { lmResponse: Uint8Array.of(1) },
    ];
    expect(isAnonymous(nothing)).toBe(true);
    expect(isAnonymous({ ...nothing, lmResponse: zeros(0) })).toBe(true);
    for (const each of others) expect(isAnonymous({ ...nothing, ...each })).toBe(false);
  });

  it('recognises the LM response of extended session security by its length and its zeros', () => {
    expect(isLmResponseEss(lmResponseEss(CLIENT_CHALLENGE))).toBe(true);
    expect(isLmResponseEss(lmResponseV2(key, SERVER_CHALLENGE, CLIENT_CHALLENGE))).toBe(false);
    expect([8, 23, 25].map((length) => isLmResponseEss(zeros(length)))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

it('a response with one bit flipped proves nothing', () => {
  const bytes = answered({ lm: true });
  const { ntResponse } = decodeAs3(bytes);
  const from = bytes.length - ntResponse.length;
  const check = (bit: number) => {
    const turned = bytes.slice();
    const at = from + (bit >> 3);
    turned[at] = turned[at]! ^ (1 << (bit & 7));
    try {
      return checked(turned).nt;
    } catch {
      return false; // no longer an NTLMv2 response
    }
  };
  fc.assert(fc.property(fc.nat(ntResponse.length * 8 - 1), (bit) => !check(bit)));
});
