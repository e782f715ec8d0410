/** The decoder, given what nobody should send it: it never does other than decode or say where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, hex, u16, u32, unhex } from '../../../conformance/codec/bytes.ts';
import { CodecError } from '../../../conformance/codec/errors.ts';
import { FLAGS } from '../../../conformance/codec/flags.ts';
import { negotiate } from '../../../conformance/codec/initiate.ts';
import { decode, encode } from '../../../conformance/codec/message.ts';
import { messages } from './arbitraries.ts';
import { V2 } from './vectors.ts';

const REAL = [negotiate(), negotiate({ version: false }), V2.challenge, V2.authenticate];
const SIGNATURE = unhex('4e544c4d53535000');

/** The message, or the error. Any other error is the test's. */
function outcome(bytes: Uint8Array) {
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

/** `bytes` in the middle of a larger buffer that is full of `canary`. */
function amid(bytes: Uint8Array, canary: number) {
  const buffer = new Uint8Array(bytes.length + 200).fill(canary);
  buffer.set(bytes, 100);
  return buffer.subarray(100, 100 + bytes.length);
}

const damaged = fc
  .tuple(
    messages.map(encode),
    fc.nat(),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
  )
  .map(([bytes, cut, changes]) => {
    const result = bytes.slice(0, cut % 3 === 0 ? cut % (bytes.length + 1) : bytes.length);
    for (const [at, value] of changes)
      if (result.length > 0) result[at % Math.min(result.length, 90)] = value;
    return result;
  });
const noise = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 200 }))
  .map(([type, rest]) => concat(SIGNATURE, u32(type), rest));
const anything = fc.oneof(fc.uint8Array({ maxLength: 200 }), noise, damaged);

describe('a random message', () => {
  it('is decoded to what was encoded', () => {
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
      { numRuns: 5000 },
    );
    expect(decoded).toBeGreaterThan(500); // else little was tested
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

    it('is a copy: what is done to the bytes later does not reach it', () => {
      const own = bytes.slice();
      const message = decode(own);
      own.fill(0);
      expect(message).toEqual(decode(bytes));
    });
  },
);

/** The standard's AUTHENTICATE_MESSAGE with one field pointing elsewhere. */
function pointed(at: number, length: number, offset: number) {
  const bytes = V2.authenticate.slice();
  bytes.set(concat(u16(length), u16(length), u32(offset)), at);
  return outcome(bytes);
}

describe('fields of a header', () => {
  const USER_AT = 36;
  it.each([
    ['behind the end', 8, 225, 'byte 36: UserName ends at byte 233, and the message ends at 232'],
    [
      'far out',
      8,
      0xffff_fff8,
      'byte 36: UserName ends at byte 4294967296, and the message ends at 232',
    ],
    ['into the header', 8, 60, 'byte 40: UserName begins at byte 60, inside of the header'],
    ['to half a unit of UTF-16', 7, 84, 'byte 84: UserName has 7 bytes, and UTF-16 comes in pairs'],
  ])('that point %s are refused', (_, length, offset, message) => {
    expect(pointed(USER_AT, length, offset)).toBe(message);
  });

  it('may point to what another points to', () => {
    expect(pointed(USER_AT, 12, 72)).toMatchObject({ user: 'Domain', domain: 'Domain' });
  });

  it('of nothing may point anywhere', () => {
    expect(pointed(USER_AT, 0, 0xffff_ffff)).toMatchObject({ user: '', mic: null });
  });

  it('say whether there is a VERSION or a MIC: the payload begins behind it', () => {
    const message = { ...decode(V2.authenticate), version: null };
    const moved = (start: number) => {
      const header = encode(message).slice(0, 64);
      const payload = encode(message).slice(64);
      for (const at of [12, 20, 28, 36, 44, 52]) {
        const offset = new DataView(header.buffer).getUint32(at + 4, true);
        header.set(u32(offset - 64 + start), at + 4);
      }
      const found = decode(concat(header, new Uint8Array(start - 64), payload));
      return 'mic' in found && [found.version?.length ?? null, found.mic?.length ?? null];
    };
    const starts = [64, 71, 72, 87, 88, 100];
    expect(starts.map(moved)).toEqual([
      [null, null],
      [null, null],
      [8, null],
      [8, null],
      [8, 16],
      [8, 16],
    ]);
  });
});

it('names in a NEGOTIATE_MESSAGE without their flags are ignored, and are no VERSION', () => {
  const bytes = encode({
    type: 'NEGOTIATE_MESSAGE',
    flags: FLAGS.OEM_DOMAIN_SUPPLIED | FLAGS.OEM_WORKSTATION_SUPPLIED,
    domain: 'LABORATORY',
    workstation: 'WORKSTATION',
    version: null,
  });
  expect(decode(bytes)).toMatchObject({ domain: 'LABORATORY', workstation: 'WORKSTATION' });
  bytes.set(u32(0), 12);
  expect(decode(bytes)).toMatchObject({ domain: '', workstation: '', version: null });
});

describe('what is no message', () => {
  it.each([
    ['nothing', new Uint8Array(), 'byte 0: Signature takes 8 bytes, and 0 bytes are all there are'],
    [
      'SPNEGO',
      unhex('6006062b06010505'),
      'byte 0: no signature: it begins otherwise than with "NTLMSSP" and a zero',
    ],
    ['type 4', concat(SIGNATURE, u32(4)), 'byte 8: MessageType is 4; there are 1, 2 and 3'],
    [
      'too much',
      concat(negotiate(), new Uint8Array(65_536)),
      'byte 65536: 65576 bytes; 65536 is the most',
    ],
    [
      'pairs without end',
      shortened(32),
      'byte 100: AvId takes 2 bytes, and 100 bytes are all there are',
    ],
    [
      'a pair cut short',
      shortened(15),
      'byte 72: MsvAvNbDomainName takes 12 bytes, and 83 bytes are all there are',
    ],
    [
      'a pair without its value',
      shortened(4),
      'byte 72: MsvAvNbDomainName takes 12 bytes, and 72 bytes are all there are',
    ],
  ])('%s is refused with its place', (_, bytes, message) => {
    expect(outcome(bytes)).toBe(message);
  });

  it('cannot be encoded', () => {
    const challenge = decode(V2.challenge);
    const authenticate = decode(V2.authenticate);
    const broken = [
      [
        { ...challenge, serverChallenge: unhex('00') },
        /ServerChallenge has 1 bytes; it has to have 8/,
      ],
      [{ ...challenge, targetInfo: [{ id: 0, value: unhex('') }] }, /MsvAvEOL ends the pairs/],
      [{ ...challenge, flags: 0, targetName: 'Łódź' }, /"Ł", which is not in the OEM/],
      [{ ...authenticate, version: null, mic: new Uint8Array(16) }, /there is no VERSION/],
      [{ ...authenticate, ntResponse: new Uint8Array(65_536) }, /65535 is the most/],
      [{ ...authenticate, ntResponse: new Uint8Array(65_500) }, /65536 is the most/],
      [{ ...decode(negotiate()), domain: 'LAB' }, /the flag OEM_DOMAIN_SUPPLIED is not/],
    ] as const;
    for (const [message, problem] of broken) {
      expect(() => encode(message as typeof challenge)).toThrow(problem);
      expect(() => encode(message as typeof challenge)).toThrow(CodecError);
    }
  });
});

/** The standard's CHALLENGE_MESSAGE, of its TargetInfo the first bytes. */
function shortened(length: number) {
  const bytes = V2.challenge.slice();
  bytes.set(concat(u16(length), u16(length)), 40);
  return bytes;
}
