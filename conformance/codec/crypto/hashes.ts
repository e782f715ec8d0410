/**
 * The primitives that NTLM is made of. Node has no MD4, DES and RC4 without its legacy provider;
 * see docs/decisions/0023-cryptography-from-packages.md.
 *
 * @source MS-NLMP 6 (DES, DESL, MD4, MD5, HMAC_MD5, RC4, RC4K of appendix A and section 3.3)
 */
import { createHash, createHmac } from 'node:crypto';
import CryptoJS from 'crypto-js';
import { createMD4 } from 'hash-wasm';
import { concat, hex, unhex, zeros } from '../bytes.ts';
import type { Bytes } from '../messages/message-types.ts';

const hasher = await createMD4();

export const md4 = (bytes: Bytes): Bytes => hasher.init().update(bytes).digest('binary');

export const md5 = (...parts: readonly Bytes[]): Bytes =>
  Uint8Array.from(
    createHash('md5')
      .update(concat(...parts))
      .digest(),
  );

export const hmacMd5 = (key: Bytes, ...parts: readonly Bytes[]): Bytes =>
  Uint8Array.from(
    createHmac('md5', key)
      .update(concat(...parts))
      .digest(),
  );

const words = (bytes: Bytes) => CryptoJS.enc.Hex.parse(hex(bytes));
const bytesOf = (found: CryptoJS.lib.WordArray): Bytes => unhex(found.toString());

/** DES of one block. @param key - 7 bytes, which become 8 with a parity bit in each */
export function des(key: Bytes, block: Bytes): Bytes {
  const bits = [...key].reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  const spread = Array.from({ length: 8 }, (_, i) => Number((bits >> BigInt(49 - 7 * i)) & 127n));
  const cipher = CryptoJS.algo.DES.createEncryptor(words(Uint8Array.from(spread, (b) => b << 1)), {
    mode: CryptoJS.mode.ECB,
    padding: CryptoJS.pad.NoPadding,
  });
  return bytesOf(cipher.finalize(words(block)));
}

/** DESL: three times DES. @param key - 16 bytes. @param block - 8 bytes. @returns 24 bytes */
export function desl(key: Bytes, block: Bytes): Bytes {
  const padded = concat(key, zeros(5));
  return concat(...[0, 7, 14].map((from) => des(padded.subarray(from, from + 7), block)));
}

/** An RC4 key stream that goes on from one call to the next. */
export function rc4Stream(key: Bytes): (bytes: Bytes) => Bytes {
  let position = 0;
  return (bytes) => {
    const whole = concat(zeros(position), bytes);
    const { ciphertext } = CryptoJS.RC4.encrypt(words(whole), words(key));
    const result = bytesOf(ciphertext).subarray(position);
    position += bytes.length;
    return Uint8Array.from(result);
  };
}

/** RC4K: RC4 with a stream of its own. */
export const rc4 = (key: Bytes, bytes: Bytes): Bytes => rc4Stream(key)(bytes);
