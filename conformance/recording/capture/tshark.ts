/**
 * The TCP segments of a capture, by tshark, which knows its file format and what lies below TCP.
 *
 * @source tshark(1): -T fields, -E, -o; RFC 9293 3.1 (the header of a segment)
 */
import { spawnSync } from 'node:child_process';
import { BadRecording } from '../recording.ts';

export type Endpoint = { readonly address: string; readonly port: string };

/** One TCP segment as it was captured. */
export type Segment = {
  readonly frame: number; // from 1, in the order of the capture
  readonly stream: string; // one for each TCP connection
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number; // as sent, modulo 2^32
  readonly acknowledged: number | null; // null: the segment acknowledges nothing
  readonly flags: { readonly syn: boolean; readonly fin: boolean; readonly reset: boolean };
  readonly length: number; // of the data, as sent
  readonly data: Uint8Array; // as captured, which may be less
};

const MILLISECONDS_MAX = 120_000; // for tshark to read 64 MiB
const OUTPUT_MAX = 448 * 2 ** 20; // each byte is two digits

const FIELDS = [
  'frame.number',
  'frame.protocols',
  'tcp.stream',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq',
  'tcp.ack',
  'tcp.flags',
  'tcp.len',
  'tcp.payload',
] as const;

/** The numbers of a segment as they were sent, and no work above TCP, which is done here. */
const SETTINGS = [
  ...['-o', 'tcp.relative_sequence_numbers:FALSE', '-o', 'tcp.desegment_tcp_streams:FALSE'],
  ...['http', 'http2', 'tls', 'ntlmssp'].flatMap((name) => ['--disable-protocol', name]),
];

/** An ICMP error quotes the segment that it is about, which is not a segment of the connection. */
const FILTER = 'tcp && !icmp && !icmpv6';

export type CapturedSegments = {
  readonly segments: readonly Segment[];
  readonly isCutShort: boolean; // the file ends within a packet
};

/** @throws BadRecording if tshark is missing or fails */
export function segmentsIn(path: string): CapturedSegments {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const { error, status, stdout, stderr } = spawnSync(
    'tshark',
    // Of a field that is there twice, the last one counts: it is the innermost of a tunnel.
    ['-n', '-r', path, ...SETTINGS, '-Y', FILTER, '-T', 'fields', '-E', 'occurrence=l', ...fields],
    { encoding: 'latin1', timeout: MILLISECONDS_MAX, maxBuffer: OUTPUT_MAX },
  );
  if (error !== undefined) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BadRecording(
      '',
      isMissing
        ? 'is a capture, and tshark, which reads them, is not there: apt-get install tshark'
        : `tshark cannot read it: ${error.message}`,
    );
  }
  if (status !== 0 && stdout.trim() === '') throw new BadRecording('', complaint(stderr));
  const segments = stdout.split('\n').flatMap((line) => segmentOf(line) ?? []);
  return { segments, isCutShort: /cut short/.test(stderr) };
}

const complaint = (stderr: string): string => {
  const lines = stderr.split('\n').filter((line) => !/^Running as user/.test(line));
  const line = lines.find((one) => one.trim() !== '') ?? 'no reason given';
  return `tshark cannot read it: ${line.replace(/[^ -~]/g, '?')}`;
};

const [FIN, SYN, RESET, ACK] = [0x01, 0x02, 0x04, 0x10] as const;

/** Null: the line is empty, or a header was cut off. */
function segmentOf(line: string): Segment | null {
  const values = line.split('\t');
  const value = (field: (typeof FIELDS)[number]) => values[FIELDS.indexOf(field)] ?? '';
  const number = (field: (typeof FIELDS)[number]) => Number(value(field));
  if (['tcp.stream', 'tcp.seq', 'tcp.flags'].some((field) => value(field as 'tcp.seq') === ''))
    return null;
  const below = value('frame.protocols').split(':');
  const network = below
    .slice(0, below.lastIndexOf('tcp'))
    .findLast((name) => name === 'ip' || name === 'ipv6');
  const [source, destination] =
    network === 'ipv6' ? (['ipv6.src', 'ipv6.dst'] as const) : (['ip.src', 'ip.dst'] as const);
  const flags = number('tcp.flags');
  return {
    frame: number('frame.number'),
    stream: value('tcp.stream'),
    from: { address: value(source), port: value('tcp.srcport') },
    to: { address: value(destination), port: value('tcp.dstport') },
    sequence: number('tcp.seq'),
    acknowledged: (flags & ACK) === 0 ? null : number('tcp.ack'),
    flags: { syn: (flags & SYN) !== 0, fin: (flags & FIN) !== 0, reset: (flags & RESET) !== 0 },
    length: number('tcp.len'),
    data: Buffer.from(value('tcp.payload'), 'hex'),
  };
}
