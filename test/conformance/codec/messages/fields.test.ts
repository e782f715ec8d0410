/** The places to which fields of a message may point, and malformed messages. */
import { describe, expect, it } from 'vitest';
import { concat, u16, u32, unhex } from '../../../../conformance/codec/bytes.ts';
import { negotiate } from '../../../../conformance/codec/initiate.ts';
import { FLAGS } from '../../../../conformance/codec/messages/flags.ts';
import { decode, encode } from '../../../../conformance/codec/messages/message.ts';
import { CodecError } from '../../../../conformance/codec/reader.ts';
import { outcome, SIGNATURE } from '../outcome.ts';
import { V2 } from '../vectors.ts';

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

describe('malformed bytes', () => {
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
