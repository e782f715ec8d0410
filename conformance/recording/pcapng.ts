/**
 * Captures of network traffic, read by tshark: NTLM over HTTP as it was on the wire. Encrypted
 * traffic cannot be read.
 *
 * @source pcapng (draft-ietf-opsawg-pcapng) 4.1, and libpcap's older form: their first bytes;
 *   tshark(1): -T json, -e, -d
 */
import { spawnSync } from 'node:child_process';
import * as z from 'zod';
import type { ReadOptions } from './har.ts';
import { parseAs } from './json.ts';
import { BadRecording, type Connection, type Observation, type Recording } from './recording.ts';

const MAGIC = ['0a0d0d0a', 'd4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d'];

export const isCapture = (bytes: Uint8Array): boolean =>
  MAGIC.includes(Buffer.from(bytes.subarray(0, 4)).toString('hex'));

const MILLISECONDS_MAX = 120_000; // for tshark to read 64 MiB
const OUTPUT_MAX = 256 * 2 ** 20;
const PORTS_MAX = 64;

const FIELDS = [
  'frame.number',
  'tcp.stream',
  'ip.src',
  'ipv6.src',
  'tcp.srcport',
  'ip.dst',
  'ipv6.dst',
  'tcp.dstport',
  'tcp.flags.syn',
  'tcp.flags.ack',
  'tcp.flags.fin',
  'tcp.flags.reset',
  'http.request.method',
  'http.request.uri',
  'http.authorization',
  'http.proxy_authorization',
  'http.response.code',
  'http.www_authenticate',
  'http.proxy_authenticate',
  'http.location',
  'http.request.line',
  'http.response.line',
  'tls.handshake.type',
] as const;

const PACKETS = z.array(
  z.object({
    _source: z.object({ layers: z.record(z.string(), z.array(z.string())) }),
  }),
);

/**
 * @throws BadRecording if tshark is missing or fails, and for a capture without readable HTTP
 */
export function captureRecording(path: string, options: ReadOptions = {}): Recording {
  const packets = tshark(path, [], 'tcp.flags.syn == 1 || tls.handshake.type == 1');
  const ports = portsOf(packets);
  const decoded = ports.plain.flatMap((port) => ['-d', `tcp.port==${port},http`]);
  const filter = 'http.request || http.response || tcp.flags.fin == 1 || tcp.flags.reset == 1';
  const all = tshark(path, decoded, `tcp.flags.syn == 1 || ${filter}`);
  return recordingOf(all, ports.encrypted, options);
}

type Packet = (field: (typeof FIELDS)[number]) => readonly string[];

function tshark(path: string, more: readonly string[], filter: string): readonly Packet[] {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const { error, status, stdout, stderr } = spawnSync(
    'tshark',
    ['-n', '-r', path, '-2', ...more, '-Y', filter, '-T', 'json', ...fields],
    { encoding: 'utf8', timeout: MILLISECONDS_MAX, maxBuffer: OUTPUT_MAX },
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
  const parsed = parseAs(PACKETS, JSON.parse(stdout || '[]'), (steps) => `tshark, ${steps.join()}`);
  return parsed.map(
    ({ _source: { layers } }) =>
      (field) =>
        layers[field] ?? [],
  );
}

const complaint = (stderr: string): string => {
  const lines = stderr.split('\n').filter((line) => !/^Running as user/.test(line));
  return `tshark cannot read it: ${lines.find((line) => line.trim() !== '') ?? 'no reason given'}`;
};

const isSet = (flags: readonly string[]) => flags[0] === '1' || flags[0] === 'True';
const isOpening = (packet: Packet) =>
  isSet(packet('tcp.flags.syn')) && !isSet(packet('tcp.flags.ack'));

/** Of servers, as their connections are opened. */
function portsOf(packets: readonly Packet[]) {
  const opened = new Set(packets.filter(isOpening).map((packet) => packet('tcp.dstport')[0]!));
  const encrypted = new Set(
    packets
      .filter((packet) => packet('tls.handshake.type').length > 0)
      .map((packet) => packet('tcp.dstport')[0]!),
  );
  const plain = [...opened].filter((port) => !encrypted.has(port)).slice(0, PORTS_MAX);
  return { plain, encrypted: [...encrypted] };
}

function recordingOf(
  packets: readonly Packet[],
  encrypted: readonly string[],
  { identityHeader }: ReadOptions,
): Recording {
  const opened = new Set<string>();
  const connections = new Map<string, Connection>();
  const observations: Observation[] = [];
  const late = new Set<string>(); // streams that had begun before the capture did
  for (const packet of packets) {
    const [stream] = packet('tcp.stream');
    if (stream === undefined) continue;
    if (isOpening(packet)) opened.add(stream);
    const id = `stream ${stream}`;
    const isEnd = isSet(packet('tcp.flags.fin')) || isSet(packet('tcp.flags.reset'));
    const methods = packet('http.request.method');
    const codes = packet('http.response.code');
    if (methods.length + codes.length > 1) throw pipelined(packet);
    const [method] = methods;
    if (method !== undefined && !opened.has(stream)) late.add(stream);
    if (late.has(stream)) continue;
    if (method !== undefined) {
      const connection = connections.get(id) ?? connectionOf(packet, id);
      if (!connections.has(id)) observations.push({ what: 'opened', connection: id });
      connections.set(id, connection);
      observations.push(requestIn(packet, method, connection));
    }
    const connection = connections.get(id);
    if (connection === undefined) continue;
    const [code] = codes;
    if (code !== undefined && !code.startsWith('1'))
      observations.push(replyIn(packet, Number(code), connection, identityHeader));
    if (isEnd && !observations.some((one) => one.what === 'closed' && one.connection === id))
      observations.push({ what: 'closed', connection: id });
  }
  if (observations.length === 0) throw nothingIn(encrypted, late.size);
  const notes = [
    ...(late.size > 0 ? [`${late.size} connections that had begun before it left out`] : []),
    ...(encrypted.length > 0 ? [`encrypted traffic (port ${encrypted.join(', ')}) left out`] : []),
  ];
  return {
    format: 'double-hop-recording/1',
    source: ['a capture', ...notes].join('; '),
    connections: [...connections.values()],
    observations,
  };
}

const pipelined = (packet: Packet) =>
  new BadRecording(
    `frame ${packet('frame.number')[0]}`,
    'has several HTTP messages: pipelining is not modelled',
  );

function nothingIn(encrypted: readonly string[], late: number): BadRecording {
  if (encrypted.length > 0)
    return new BadRecording(
      '',
      `all that is in it is encrypted (port ${encrypted.join(', ')}): take a network log of the ` +
        'browser instead, or a recording where TLS ends',
    );
  return new BadRecording(
    '',
    late > 0
      ? 'all its connections had begun before it: start the capture first, then the client'
      : 'there is no HTTP in it whose connections begin in it',
  );
}

const host = (address: string) => (address.includes(':') ? `[${address}]` : address);

function connectionOf(packet: Packet, id: string): Connection {
  const client = packet('ip.src')[0] ?? packet('ipv6.src')[0] ?? 'client';
  const address = packet('ip.dst')[0] ?? packet('ipv6.dst')[0] ?? 'server';
  const [uri = ''] = packet('http.request.uri');
  const isProxy =
    packet('http.proxy_authorization').length > 0 ||
    /^[a-z]+:\/\//i.test(uri) ||
    packet('http.request.method')[0] === 'CONNECT';
  return { id, client, server: `http://${host(address)}:${packet('tcp.dstport')[0]}`, isProxy };
}

function requestIn(packet: Packet, method: string, { id, isProxy }: Connection): Observation {
  const field = isProxy ? 'http.proxy_authorization' : 'http.authorization';
  return {
    what: 'request',
    connection: id,
    method,
    target: packet('http.request.uri')[0] ?? '/',
    authorization: packet(field)[0] ?? null,
    user: null,
  };
}

function replyIn(
  packet: Packet,
  status: number,
  { id, isProxy }: Connection,
  identityHeader: string | undefined,
): Observation {
  const prefix = `${identityHeader?.toLowerCase()}:`;
  const line = packet('http.response.line').find((one) => one.toLowerCase().startsWith(prefix));
  return {
    what: 'reply',
    connection: id,
    status,
    authenticate: packet(isProxy ? 'http.proxy_authenticate' : 'http.www_authenticate'),
    location: packet('http.location')[0] ?? null,
    identity: line === undefined ? null : line.slice(prefix.length).trim(),
  };
}
