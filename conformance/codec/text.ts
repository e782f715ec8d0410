/**
 * The two character sets: Unicode, which is UTF-16 little-endian without a byte order mark, and
 * OEM, on which both sides agree elsewhere. OEM is read here as Latin-1: every byte survives.
 *
 * @source MS-NLMP 2.2 (character sets)
 */
import { CodecError } from './errors.ts';
import type { Bytes } from './messages/message-types.ts';

export const utf16 = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'utf16le'));

/** @param offset - of `bytes`, for the error. @throws CodecError where half a unit is left over */
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
