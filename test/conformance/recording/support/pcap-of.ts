/**
 * Segments as a capture file: pcap with Ethernet, IPv4 or IPv6, and tunnels around it.
 *
 * @source pcap (draft-ietf-opsawg-pcap) 4; RFC 791 3.1, RFC 8200 3, RFC 9293 3.1; RFC 2784 2 (GRE),
 *   RFC 2003 3 (IP in IP), RFC 4213 3 (IPv6 in IPv4), RFC 7348 5 (VXLAN)
 */
import { isIPv6 } from 'node:net';
import type { Segment } from '../../../../conformance/recording/capture/tshark.ts';

export type Wrapping = 'none' | 'GRE' | 'IP in IP' | 'VXLAN' | 'VLAN' | 'IPv6 around';

const u16 = (value: number) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const u32 = (value: number) => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)]);
const LE = (...values: readonly number[]) =>
  Buffer.concat(values.map((value) => u32(value).reverse()));

function tcp({ from, to, sequence, acknowledged, flags, data }: Segment): Buffer {
  const bits =
    (flags.fin ? 1 : 0) |
    (flags.syn ? 2 : 0) |
    (flags.reset ? 4 : 0) |
    (acknowledged === null ? 0 : 0x10);
  const head = [
    u16(Number(from.port)),
    u16(Number(to.port)),
    u32(sequence),
    u32(acknowledged ?? 0),
  ];
  return Buffer.concat([...head, Buffer.from([0x50, bits]), u16(0xffff), u16(0), u16(0), data]);
}

const bytesOf = (address: string): Buffer =>
  isIPv6(address)
    ? Buffer.from(
        address
          .replace('::', ':'.repeat(9 - address.split(':').filter(Boolean).length))
          .split(':')
          .map((group) => group.padStart(4, '0'))
          .join('')
          .slice(-32),
        'hex',
      )
    : Buffer.from(address.split('.').map(Number));

function ip(from: string, to: string, protocol: number, payload: Buffer): Buffer {
  if (isIPv6(from))
    return Buffer.concat([
      ...[Buffer.from([0x60, 0, 0, 0]), u16(payload.length), Buffer.from([protocol, 64])],
      ...[bytesOf(from), bytesOf(to), payload],
    ]);
  const head = [Buffer.from([0x45, 0]), u16(20 + payload.length), u32(0x4000)];
  return Buffer.concat([
    ...head,
    ...[Buffer.from([64, protocol]), u16(0), bytesOf(from), bytesOf(to), payload],
  ]);
}

const MAC = Buffer.from('020000000001020000000002', 'hex');
const typeOf = (packet: Buffer) => u16(packet[0]! >> 4 === 6 ? 0x86dd : 0x0800);
const ethernet = (packet: Buffer) => Buffer.concat([MAC, typeOf(packet), packet]);
const [IP_IN_IP, IPV6_IN_IP, TCP, UDP, GRE] = [4, 41, 6, 17, 47] as const;
const OUTER = ['192.0.2.1', '192.0.2.2'] as const;

function frameOf(segment: Segment, wrapping: Wrapping): Buffer {
  const packet = ip(segment.from.address, segment.to.address, TCP, tcp(segment));
  const isSix = packet[0]! >> 4 === 6;
  switch (wrapping) {
    case 'none':
      return ethernet(packet);
    case 'VLAN':
      return Buffer.concat([MAC, u16(0x8100), u16(7), typeOf(packet), packet]);
    case 'GRE':
      return ethernet(ip(...OUTER, GRE, Buffer.concat([u16(0), typeOf(packet), packet])));
    case 'IP in IP':
      return ethernet(ip(...OUTER, isSix ? IPV6_IN_IP : IP_IN_IP, packet));
    case 'IPv6 around':
      return ethernet(ip('2001:db8::1', '2001:db8::2', isSix ? IPV6_IN_IP : IP_IN_IP, packet));
    case 'VXLAN': {
      const inner = Buffer.concat([u32(0x08000000), u32(7 << 8), ethernet(packet)]);
      const udp = Buffer.concat([u16(50_000), u16(4789), u16(8 + inner.length), u16(0), inner]);
      return ethernet(ip(...OUTER, UDP, udp));
    }
  }
}

/** @param length - of each frame that is kept, at most. */
export function pcapOf(
  segments: readonly Segment[],
  wrapping: Wrapping = 'none',
  length = 65_535,
): Buffer {
  const frames = segments.map((segment, i) => {
    const frame = frameOf(segment, wrapping);
    const kept = frame.subarray(0, length);
    return Buffer.concat([LE(1_700_000_000 + i, 0, kept.length, frame.length), kept]);
  });
  return Buffer.concat([LE(0xa1b2c3d4, 0x00040002, 0, 0, length, 1), ...frames]);
}
