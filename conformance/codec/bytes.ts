/**
 * Bytes: concatenation, comparison, numbers and text. NTLM numbers are little-endian. NTLM text is
 * Unicode (UTF-16 little-endian without a byte order mark) or OEM. OEM is read as Latin-1, so every
 * byte survives.
 *
 * @source MS-NLMP 2.2 (character sets)
 */
import type { Bytes } from './messages/message-types.ts';
import { CodecError } from './reader.ts';

export function concat(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** @param value - an integer from 0; higher bits than 16 are cut off. */
export const u16 = (value: number): Bytes => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);

/** @param value - an integer from 0; higher bits than 32 are cut off. */
export const u32 = (value: number): Bytes => concat(u16(value), u16(value >>> 16));

/** @param value - from 0; higher bits than 64 are cut off. */
export function u64(value: bigint): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true);
  return bytes;
}

export const zeros = (length: number): Bytes => new Uint8Array(length);

export const isZero = (bytes: Bytes): boolean => bytes.every((byte) => byte === 0);

export const isEqual = (one: Bytes, other: Bytes): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

export const hex = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

/** @param digits - hexadecimal, an even number of them; white space is allowed. */
export const unhex = (digits: string): Bytes =>
  Uint8Array.from(Buffer.from(digits.replace(/\s+/g, ''), 'hex'));

export const utf16 = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'utf16le'));

/** @param offset - of `bytes`, for the error. @throws CodecError for an odd number of bytes */
export function fromUtf16(bytes: Bytes, offset: number, what: string): string {
  if (bytes.length % 2 === 1)
    throw new CodecError(offset, `${what} has ${bytes.length} bytes, and UTF-16 comes in pairs`);
  return Buffer.from(bytes).toString('utf16le');
}

/** @throws CodecError where a character has no byte */
export function oem(text: string, what: string): Bytes {
  const stray = [...text].find((character) => character.codePointAt(0)! > 0xff);
  if (stray !== undefined)
    throw new CodecError(0, `${what} has "${stray}", which is not in the OEM character set`);
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

export const fromOem = (bytes: Bytes): string => Buffer.from(bytes).toString('latin1');
