/** The decoder on arbitrary bytes: it decodes them or throws an error with a place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, hex, u32 } from '../../../../conformance/codec/bytes.ts';
import { negotiate } from '../../../../conformance/codec/initiate.ts';
import { decode, encode } from '../../../../conformance/codec/messages/message.ts';
import { messages } from '../arbitraries.ts';
import { outcome, SIGNATURE } from '../outcome.ts';
import { V2 } from '../vectors.ts';

const REAL = [negotiate(), negotiate({ version: false }), V2.challenge, V2.authenticate];

/** `bytes` in the middle of a larger buffer that is full of `canary`. */
function amid(bytes: Uint8Array, canary: number) {
  const buffer = new Uint8Array(bytes.length + 200).fill(canary);
  buffer.set(bytes, 100);
  return buffer.subarray(100, 100 + bytes.length);
}

/** A message with up to two bytes changed, perhaps in its header, and sometimes cut. */
const damaged = fc
  .record({
    bytes: messages.map(encode),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
    reach: fc.constantFrom(72, 300),
  })
  .map(({ bytes, cut, changes, reach }) => {
    const result = bytes.slice(0, cut === null ? bytes.length : cut % (bytes.length + 1));
    for (const [at, value] of changes)
      if (result.length > 0) result[at % Math.min(result.length, reach)] = value;
    return result;
  });
const noise = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 200 }))
  .map(([type, rest]) => concat(SIGNATURE, u32(type), rest));
const anything = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: noise },
  { weight: 4, arbitrary: damaged },
);

describe('a random message', () => {
  it('is decoded to the encoded message', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decode(encode(message))).toEqual(message);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('random bytes', () => {
  it('are decoded or refused with a place, and encode to what encodes again to the same', () => {
    let decoded = 0;
    fc.assert(
      fc.property(anything, (bytes) => {
        const message = outcome(bytes);
        if (typeof message === 'string') return;
        decoded += 1;
        const canonical = encode(message);
        expect(decode(canonical)).toEqual(message);
        expect(hex(encode(decode(canonical)))).toBe(hex(canonical));
      }),
      { numRuns: 4000 },
    );
    expect(decoded).toBeGreaterThan(800); // else little was tested
  });

  it('mean the same whatever stands around them', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        expect(outcome(amid(bytes, 0x41))).toEqual(outcome(amid(bytes, 0xff)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe.each(REAL.map((bytes) => [hex(bytes.subarray(8, 12)), bytes.length, bytes] as const))(
  'a real message, type %s, %d bytes,',
  (_, __, bytes) => {
    it('cut at every length is refused, or has lost what says so', () => {
      for (let length = 0; length < bytes.length; length += 1) {
        const message = outcome(bytes.slice(0, length));
        if (typeof message !== 'string') expect(message).toMatchObject({ version: null });
      }
    });

    it('with any one bit turned is decoded or refused', () => {
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const turned = bytes.slice();
        turned[bit >> 3] = turned[bit >> 3]! ^ (1 << (bit & 7));
        const message = outcome(turned);
        if (typeof message !== 'string')
          expect(encode(decode(encode(message)))).toEqual(encode(message));
      }
    });

    it('is a copy: later changes to the bytes do not reach it', () => {
      const own = bytes.slice();
      const message = decode(own);
      own.fill(0);
      expect(message).toEqual(decode(bytes));
    });
  },
);
