/**
 * What one side of a TCP connection sent, put together from segments in any order, with repetitions
 * and gaps.
 *
 * @source RFC 9293 3.4 (sequence numbers, of which SYN and FIN take one each)
 */
import type { Segment } from './tshark.ts';

export type ByteStream = {
  /** Without a gap, from the first byte on. */
  readonly bytes: Uint8Array;
  /** The first frame that shows that the capture lacks what comes next. Null: it lacks nothing. */
  readonly lostAt: number | null;
  /** The first frame that has the byte at this offset. */
  readonly frameAt: (offset: number) => number;
  /** How much of the other side's bytes had arrived when the byte at this offset was sent. */
  readonly receivedAt: (offset: number) => number;
};

type Piece = {
  readonly start: number; // offset of its first byte
  readonly end: number; // as sent
  readonly segment: Segment;
};

const WRAP = 2 ** 32;

/** A sequence number as an offset from the first byte. */
export type Origin = (sequence: number) => number;

/**
 * By the SYN of this side; where it is lost, by the least that the other side acknowledged, which
 * its first segment with data shows. Null: there is neither.
 */
export function originOf(sent: readonly Segment[], received: readonly Segment[]): Origin | null {
  const opening = sent.find(({ flags }) => flags.syn);
  const acknowledged = received.flatMap((one) => one.acknowledged ?? []);
  const first =
    opening === undefined
      ? acknowledged.reduce<number | null>(
          (least, one) => (least === null || distance(least, one) < 0 ? one : least),
          null,
        )
      : opening.sequence + 1;
  return first === null ? null : (sequence) => distance(first, sequence);
}

/** From one sequence number to another, which is less than half of all away. */
function distance(from: number, to: number): number {
  const offset = (((to - from) % WRAP) + WRAP) % WRAP;
  return offset >= WRAP / 2 ? offset - WRAP : offset;
}

/**
 * @param own - offsets of this side.
 * @param other - offsets of the other side.
 */
export function byteStream(
  sent: readonly Segment[],
  received: readonly Segment[],
  own: Origin,
  other: Origin,
): ByteStream {
  const pieces = sent
    .filter(({ length }) => length > 0)
    .map((segment): Piece => {
      const start = own(segment.sequence + (segment.flags.syn ? 1 : 0));
      return { start, end: start + segment.length, segment };
    })
    .sort((one, another) => one.start - another.start);
  const bytes = joined(pieces);
  const covering = coverOf(pieces);
  return {
    bytes,
    lostAt: firstBeyond(bytes.length, pieces, sent, received, own),
    frameAt: (offset) => covering(offset).frame,
    receivedAt: (offset) => {
      const { acknowledged } = covering(offset);
      return acknowledged === null ? 0 : other(acknowledged);
    },
  };
}

/** Up to the first gap, or to where a frame was cut off in the capture. */
function joined(pieces: readonly Piece[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, segment } of pieces) {
    if (start > at) break;
    const part = segment.data.subarray(at - start);
    if (part.length === 0) continue;
    parts.push(part);
    at += part.length;
  }
  return Buffer.concat(parts);
}

/** The first segment in the capture that has the byte at an offset. */
function coverOf(pieces: readonly Piece[]): (offset: number) => Segment {
  const longest = pieces.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  return (offset) => {
    let [low, high] = [0, pieces.length]; // the pieces from `high` on start after it
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    let first: Segment | null = null;
    for (let i = high - 1; i >= 0 && pieces[i]!.start > offset - longest; i -= 1) {
      const { start, segment } = pieces[i]!;
      const has = offset < start + segment.data.length;
      if (has && (first === null || segment.frame < first.frame)) first = segment;
    }
    return first!;
  };
}

/** The first frame that has, acknowledges or ends bytes after the first `count`. */
function firstBeyond(
  count: number,
  pieces: readonly Piece[],
  sent: readonly Segment[],
  received: readonly Segment[],
  own: Origin,
): number | null {
  const beyond = [
    ...pieces.filter(({ end }) => end > count).map(({ segment }) => segment.frame),
    ...sent
      .filter(({ flags }) => flags.fin && !flags.reset)
      .filter(({ sequence, length }) => own(sequence + length) > count)
      .map(({ frame }) => frame),
    ...received
      .filter(({ flags, acknowledged }) => acknowledged !== null && !flags.reset)
      .filter(({ acknowledged }) => own(acknowledged!) > count + 1) // a FIN counts as one
      .map(({ frame }) => frame),
  ];
  return beyond.length === 0 ? null : beyond.reduce((least, frame) => Math.min(least, frame));
}
