/**
 * Keys: from the password, and for the session.
 *
 * @source MS-NLMP 3.3.1 (NTOWFv1, LMOWFv1, SessionBaseKey), 3.3.2 (NTOWFv2), 3.4.5.1 (KXKEY),
 *   3.1.5.1.2 (ExportedSessionKey)
 */
import { concat, utf16 } from '../bytes.ts';
import { has } from '../messages/flags.ts';
import type { AuthenticateMessage, Bytes } from '../messages/message-types.ts';
import { des, hmacMd5, md4, rc4 } from './hashes.ts';

const LM_MAGIC: Bytes = Uint8Array.from(Buffer.from('KGS!@#$%', 'latin1'));

export const ntowfv1 = (password: string): Bytes => md4(utf16(password));

/** From the first 14 characters in upper case. A character beyond Latin-1 gives its low byte. */
export function lmowfv1(password: string): Bytes {
  const key = new Uint8Array(14);
  key.set(Buffer.from(password.toUpperCase().slice(0, 14), 'latin1'));
  return concat(des(key.subarray(0, 7), LM_MAGIC), des(key.subarray(7), LM_MAGIC));
}

/** The user name goes in in upper case, the domain as it is. */
export const ntowfv2 = (password: string, user: string, domain: string): Bytes =>
  hmacMd5(ntowfv1(password), utf16(user.toUpperCase() + domain));

/** SessionBaseKey of version 1, which is the same in every session. */
export const sessionBaseKeyV1 = (password: string): Bytes => md4(ntowfv1(password));

/** @param proof - NTProofStr, 16 bytes */
export const sessionBaseKeyV2 = (ntowf: Bytes, proof: Bytes): Bytes => hmacMd5(ntowf, proof);

/**
 * KXKEY of version 1.
 *
 * @param lmResponse - 24 bytes
 */
export function keyExchangeKeyV1(
  password: string,
  flags: number,
  serverChallenge: Bytes,
  lmResponse: Bytes,
): Bytes {
  const base = sessionBaseKeyV1(password);
  if (has(flags, 'ESS')) return hmacMd5(base, serverChallenge, lmResponse.subarray(0, 8));
  const lm = lmowfv1(password);
  if (has(flags, 'LM_KEY')) {
    const half = Uint8Array.of(lm[7]!, 0xbd, 0xbd, 0xbd, 0xbd, 0xbd, 0xbd);
    const block = lmResponse.subarray(0, 8);
    return concat(des(lm.subarray(0, 7), block), des(half, block));
  }
  return has(flags, 'NON_NT_SESSION_KEY') ? concat(lm.subarray(0, 8), new Uint8Array(8)) : base;
}

/** Whether the client chose the session key and sent it encrypted. */
export const exchangesKey = (flags: number): boolean =>
  has(flags, 'KEY_EXCH') && (has(flags, 'SIGN') || has(flags, 'SEAL'));

/** ExportedSessionKey, decrypted from the message with the KeyExchangeKey. */
export const exportedSessionKey = (
  keyExchangeKey: Bytes,
  { flags, encryptedRandomSessionKey: sent }: AuthenticateMessage,
): Bytes =>
  exchangesKey(flags) && sent.length === 16 ? rc4(keyExchangeKey, sent) : keyExchangeKey;
