/**
 * The common start of all messages, and their texts and VERSION. @source MS-NLMP 2.2.1, 2.2.2.10
 */
import { concat, fromOem, fromUtf16, oem, u32, utf16 } from '../bytes.ts';
import { CodecError, type Reader } from '../reader.ts';
import { has } from './flags.ts';
import type { Bytes, Version } from './message-types.ts';
import type { Piece } from './payload.ts';

export const SIGNATURE: Bytes = Uint8Array.from(Buffer.from('NTLMSSP\0', 'latin1'));
export const VERSION_LENGTH = 8;

export const head = (type: 1 | 2 | 3): Bytes => concat(SIGNATURE, u32(type));

/** VERSION at `at`; null: the payload begins before VERSION would end. */
export const versionAt = (reader: Reader, at: number, payload: number): Version | null =>
  payload < at + VERSION_LENGTH ? null : reader.bytes(at, VERSION_LENGTH, 'Version');

/** `bytes`, which have to be of this length. */
export function fixed(bytes: Bytes, length: number, what: string): Bytes {
  if (bytes.length === length) return bytes;
  throw new CodecError(0, `${what} has ${bytes.length} bytes; it has to have ${length}`);
}

/** Text in the character set that the flags of its message name. */
export const textIn = (flags: number, { bytes, offset }: Piece, what: string): string =>
  has(flags, 'UNICODE') ? fromUtf16(bytes, offset, what) : fromOem(bytes);

export const textFor = (flags: number, text: string, what: string): Bytes =>
  has(flags, 'UNICODE') ? utf16(text) : oem(text, what);
