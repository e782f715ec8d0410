/**
 * The payload of a message: pieces that its header points to, anywhere behind it, in any order.
 *
 * @source MS-NLMP 2.2.1.1, 2.2.1.2, 2.2.1.3 (Len, MaxLen and BufferOffset of each field)
 */
import { concat, u16, u32 } from '../bytes.ts';
import { CodecError, type Reader } from '../reader.ts';
import type { Bytes } from './message-types.ts';

export const MESSAGE_MAX = 65_536; // bytes. Real ones have some hundreds

/** A piece of payload. `offset` is where it is; of an empty one, nowhere in particular. */
export type Piece = { readonly bytes: Bytes; readonly offset: number };

/**
 * The piece that the eight bytes at `at` point to. MaxLen is ignored, as it has to be.
 *
 * @param header - bytes of the shortest header there can be. No piece begins before its end.
 */
export function pieceAt(reader: Reader, at: number, header: number, what: string): Piece {
  const length = reader.u16(at, `${what}Len`);
  const offset = reader.u32(at + 4, `${what}BufferOffset`);
  if (length === 0) return { bytes: new Uint8Array(), offset: reader.length };
  if (offset < header)
    throw new CodecError(at + 4, `${what} begins at byte ${offset}, inside of the header`);
  if (offset + length <= reader.length)
    return { bytes: reader.bytes(offset, length, what), offset };
  const end = `the message ends at ${reader.length}`;
  throw new CodecError(at, `${what} ends at byte ${offset + length}, and ${end}`);
}

/** Where the payload begins: at the first of the pieces that are not empty, else at the end. */
export const payloadStart = (pieces: readonly Piece[]): number =>
  Math.min(...pieces.map(({ offset }) => offset));

/** Len, MaxLen and BufferOffset of pieces that stand one behind the other from `start`. */
export function fieldsOf(pieces: readonly Bytes[], start: number): readonly Bytes[] {
  let offset = start;
  return pieces.map((piece) => {
    if (piece.length > 0xffff)
      throw new CodecError(0, `a field has ${piece.length} bytes; 65535 is the most`);
    const field = concat(u16(piece.length), u16(piece.length), u32(offset));
    offset += piece.length;
    return field;
  });
}
