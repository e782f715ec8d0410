/** Bounded reads of bytes. A read out of bounds throws a `CodecError`. */
import type { Bytes } from './messages/message-types.ts';

/** The only error of decoders: the place in the bytes, and the problem. */
export class CodecError extends Error {
  override name = 'CodecError';
  readonly offset: number; // in bytes, from the start of the decoded message

  constructor(offset: number, problem: string) {
    super(`byte ${offset}: ${problem}`);
    this.offset = offset;
  }
}

export type Reader = {
  readonly length: number; // in bytes
  /** Unsigned, little-endian. `what` is named where the bytes end before it does. */
  readonly u16: (offset: number, what: string) => number;
  readonly u32: (offset: number, what: string) => number;
  /** A copy of `length` bytes. */
  readonly bytes: (offset: number, length: number, what: string) => Bytes;
};

/** @param base - offset of `bytes` in the decoded message, from which offsets of errors count. */
export function readerOf(bytes: Bytes, base = 0): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const bounded = (offset: number, length: number, what: string) => {
    if (offset + length <= bytes.length) return offset;
    const end = `${base + bytes.length} bytes are all there are`;
    throw new CodecError(base + offset, `${what} takes ${length} bytes, and ${end}`);
  };
  return {
    length: bytes.length,
    u16: (offset, what) => view.getUint16(bounded(offset, 2, what), true),
    u32: (offset, what) => view.getUint32(bounded(offset, 4, what), true),
    bytes: (offset, length, what) => {
      const from = bounded(offset, length, what);
      return Uint8Array.from(bytes.subarray(from, from + length));
    },
  };
}
