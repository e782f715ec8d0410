/** What a decoder does with bytes. */
import { expect } from 'vitest';
import { unhex } from '../../../conformance/codec/bytes.ts';
import { decode } from '../../../conformance/codec/messages/message.ts';
import { CodecError } from '../../../conformance/codec/reader.ts';

export const SIGNATURE = unhex('4e544c4d53535000');

/** The message, or the error. Any other error is the test's. */
export function outcome(bytes: Uint8Array) {
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(2 ** 32);
    expect(error.message).toBe(
      `byte ${error.offset}: ${error.message.split(': ').slice(1).join(': ')}`,
    );
    return `${error.message}`;
  }
}
