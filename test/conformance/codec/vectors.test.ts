/** The cryptography of NTLM, held against known answers. */
import { describe, expect, it } from 'vitest';
import { concat, hex, unhex, utf16 } from '../../../conformance/codec/bytes.ts';
import { md5, rc4, rc4Stream } from '../../../conformance/codec/crypto/hashes.ts';
import {
  exportedSessionKey,
  keyExchangeKeyV1,
  lmowfv1,
  ntowfv1,
  ntowfv2,
  sessionBaseKeyV1,
  sessionBaseKeyV2,
} from '../../../conformance/codec/crypto/keys.ts';
import {
  decodeNtResponseV2,
  encodeClientChallenge,
  lmResponseEss,
  lmResponseV1,
  lmResponseV2,
  ntResponseEss,
  ntResponseV1,
  ntResponseV2,
  proofOf,
} from '../../../conformance/codec/crypto/responses.ts';
import {
  sealer,
  sealingKey,
  signingKey,
} from '../../../conformance/codec/crypto/session-security.ts';
import { decodeAs3, verify } from '../../../conformance/codec/crypto/verify.ts';
import { decode, encode } from '../../../conformance/codec/messages/message.ts';
import type { CodecError } from '../../../conformance/codec/reader.ts';
import {
  CLIENT_CHALLENGE,
  DOMAIN,
  ESS,
  PASSWORD,
  RANDOM_SESSION_KEY,
  SERVER_CHALLENGE,
  USER,
  V1,
  V2,
} from './vectors.ts';

const C = 'client-to-server';
const S = 'server-to-client';
const PLAIN = utf16('Plaintext');
const NON_NT = 0x0040_0000;
const LM_KEY = 0x0000_0080;

describe('NTLMv1', () => {
  const lm = unhex(V1.lm);
  const keyFor = (flag: number) =>
    keyExchangeKeyV1(PASSWORD, (V1.flags | flag) >>> 0, SERVER_CHALLENGE, lm);

  it('has the keys and responses of the standard', () => {
    expect(hex(lmowfv1(PASSWORD))).toBe(V1.lmowf);
    expect(hex(ntowfv1(PASSWORD))).toBe(V1.ntowf);
    expect(hex(sessionBaseKeyV1(PASSWORD))).toBe(V1.sessionBaseKey);
    expect(hex(ntResponseV1(PASSWORD, SERVER_CHALLENGE))).toBe(V1.nt);
    expect(hex(lmResponseV1(PASSWORD, SERVER_CHALLENGE))).toBe(V1.lm);
  });

  it('has the key exchange keys of the standard, by which the session key is encrypted', () => {
    expect(hex(keyFor(0))).toBe(V1.sessionBaseKey);
    expect(hex(keyFor(LM_KEY))).toBe(V1.keyExchangeKeyByLm);
    const encrypted = (flag: number) => hex(rc4(keyFor(flag), RANDOM_SESSION_KEY));
    expect(encrypted(0)).toBe(V1.encryptedKey);
    expect(encrypted(NON_NT)).toBe(V1.encryptedKeyNonNt);
    expect(encrypted(LM_KEY)).toBe(V1.encryptedKeyByLm);
  });
});

describe('NTLMv1 with extended session security', () => {
  const key = keyExchangeKeyV1(PASSWORD, ESS.flags, SERVER_CHALLENGE, unhex(ESS.lm));

  it('has the responses of the standard', () => {
    expect(hex(md5(SERVER_CHALLENGE, CLIENT_CHALLENGE).subarray(0, 8))).toBe(ESS.hash);
    expect(hex(ntResponseEss(PASSWORD, SERVER_CHALLENGE, CLIENT_CHALLENGE))).toBe(ESS.nt);
    expect(hex(lmResponseEss(CLIENT_CHALLENGE))).toBe(ESS.lm);
  });

  it('signs and seals as the standard does, with 56 bits and no key exchanged', () => {
    expect(hex(key)).toBe(ESS.keyExchangeKey);
    expect(hex(sealingKey(key, ESS.flags, C))).toBe(ESS.sealingKey);
    expect(hex(signingKey(key, C))).toBe(ESS.signingKey);
    const { message, signature } = sealer(key, ESS.flags, C)(PLAIN);
    expect([hex(message), hex(signature)]).toEqual([ESS.sealed, ESS.signature]);
  });
});

describe('NTLMv2', () => {
  const ntowf = ntowfv2(PASSWORD, USER, DOMAIN);

  it('has the keys and responses of the standard', () => {
    expect(hex(ntowf)).toBe(V2.ntowf);
    expect(proofOf(ntowf, SERVER_CHALLENGE, V2.temp)).toEqual(V2.proof);
    expect(lmResponseV2(ntowf, SERVER_CHALLENGE, CLIENT_CHALLENGE)).toEqual(V2.lm);
    expect(hex(sessionBaseKeyV2(ntowf, V2.proof))).toBe(V2.sessionBaseKey);
    expect(rc4(sessionBaseKeyV2(ntowf, V2.proof), RANDOM_SESSION_KEY)).toEqual(V2.encryptedKey);
  });

  it('takes the response of the standard apart, and puts it together again', () => {
    const response = ntResponseV2(ntowf, SERVER_CHALLENGE, V2.temp);
    const { time, clientChallenge, pairs, proof, temp } = decodeNtResponseV2(response);
    expect([time, clientChallenge, proof, temp]).toEqual([0n, CLIENT_CHALLENGE, V2.proof, V2.temp]);
    expect(encodeClientChallenge({ time, clientChallenge, pairs })).toEqual(V2.temp);
  });

  it('is no response where it is cut short, or of another version', () => {
    const response = ntResponseV2(ntowf, SERVER_CHALLENGE, V2.temp);
    const refusal = (bytes: Uint8Array) => {
      try {
        return decodeNtResponseV2(bytes).pairs.length;
      } catch (error) {
        return (error as CodecError).offset;
      }
    };
    const later = response.slice();
    later[17] = 2;
    const lengths = [0, 16, 24, 32, 44, 60];
    expect([later, ...lengths.map((length) => response.slice(0, length))].map(refusal)).toEqual([
      16, 0, 16, 24, 32, 44, 60,
    ]);
    expect(() => decodeNtResponseV2(response.slice(0, 42))).toThrow(
      'byte 44: AvPairs takes 0 bytes, and 42 bytes are all there are',
    );
  });

  it('signs and seals as the standard does, with 128 bits and a key exchanged', () => {
    for (const [i, direction] of ([C, S] as const).entries()) {
      expect(hex(signingKey(RANDOM_SESSION_KEY, direction))).toBe(V2.signingKeys[i]);
      expect(hex(sealingKey(RANDOM_SESSION_KEY, V2.flags, direction))).toBe(V2.sealingKeys[i]);
    }
    const { message, signature } = sealer(RANDOM_SESSION_KEY, V2.flags, C)(PLAIN);
    expect([hex(message), hex(signature)]).toEqual([V2.sealed, V2.signature]);
  });

  it('gives the next message the next number, and goes on in the key stream', () => {
    const seal = sealer(RANDOM_SESSION_KEY, V2.flags, C);
    const [first, second] = [seal(PLAIN), seal(PLAIN)];
    expect(hex(second.signature.subarray(12))).toBe('01000000');
    const stream = rc4Stream(sealingKey(RANDOM_SESSION_KEY, V2.flags, C));
    expect(first.message).toEqual(stream(PLAIN));
    stream(new Uint8Array(8)); // the checksum of the first
    expect(second.message).toEqual(stream(PLAIN));
  });

  it('reads the session key that the standard sends', () => {
    const key = sessionBaseKeyV2(ntowf, V2.proof);
    expect(exportedSessionKey(key, decodeAs3(V2.authenticate))).toEqual(RANDOM_SESSION_KEY);
  });
});

describe('the messages of the standard', () => {
  it('decode to their fields', () => {
    expect(decode(V2.challenge)).toEqual({
      type: 'CHALLENGE_MESSAGE',
      flags: V2.flags,
      targetName: 'Server',
      serverChallenge: SERVER_CHALLENGE,
      targetInfo: [
        { id: 2, value: utf16('Domain') },
        { id: 1, value: utf16('Server') },
      ],
      version: unhex('060070170000000f'),
    });
    expect(decode(V2.authenticate)).toEqual({
      type: 'AUTHENTICATE_MESSAGE',
      flags: 0xe288_8235,
      lmResponse: V2.lm,
      ntResponse: concat(V2.proof, V2.temp),
      domain: DOMAIN,
      user: USER,
      workstation: 'COMPUTER',
      encryptedRandomSessionKey: V2.encryptedKey,
      version: unhex('0501280a0000000f'),
      mic: null,
    });
  });

  it('encode to the same bytes', () => {
    expect(hex(encode(decode(V2.challenge)))).toBe(hex(V2.challenge));
    expect(hex(encode(decode(V2.authenticate)))).toBe(hex(V2.authenticate));
  });

  it('are proven by the right password and the right nonce alone', () => {
    const check = (password: string, nonce = SERVER_CHALLENGE) =>
      verify(password, nonce, V2.authenticate, null);
    expect(check(PASSWORD)).toEqual({ nt: true, lm: true, mic: 'none' });
    expect(check('password')).toEqual({ nt: false, lm: false, mic: 'none' });
    expect(check(PASSWORD, unhex('0123456789abcdee'))).toMatchObject({ nt: false, lm: false });
  });
});
