/**
 * Captures of network traffic: NTLM over HTTP as it was on the wire. Encrypted traffic cannot be
 * read.
 *
 * Of a connection of which the capture lacks something, only what came before is read: a verdict
 * about the rest would be one about the capture.
 *
 * @source RFC 9293 3.5, 3.6 (opening and closing); RFC 9112 9 (connections of HTTP)
 */
import type { ReadOptions } from '../har.ts';
import { BadRecording, type OmissionReason, type Recording } from '../recording.ts';
import { byteStream, originOf } from './byte-stream.ts';
import { type CapturedConnection, connectionsRead, isTls } from './captured-connections.ts';
import { requestHead } from './http-message.ts';
import { type CapturedSegments, type Endpoint, type Segment, segmentsIn } from './tshark.ts';

/** @throws BadRecording if tshark is missing or fails, and for a capture without readable HTTP */
export const captureRecording = (path: string, options: ReadOptions = {}): Recording =>
  recordingOfSegments(segmentsIn(path), options);

/** The same, of segments in the order of the capture. */
export function recordingOfSegments(
  { segments, isCutShort }: CapturedSegments,
  options: ReadOptions = {},
): Recording {
  const streams = new Map<string, Segment[]>();
  for (const segment of segments) {
    const stream = streams.get(segment.stream);
    if (stream === undefined) streams.set(segment.stream, [segment]);
    else stream.push(segment);
  }
  const encrypted = new Set<string>(); // ports of servers
  const read: CapturedConnection[] = [];
  for (const stream of streams.values()) {
    const result = streamRead(stream, options);
    if (typeof result === 'string') encrypted.add(result);
    else read.push(...result);
  }
  read.sort((one, other) => one.frame - other.frame);
  const placed = read.flatMap((one) => one.placed);
  if (placed.length === 0) throw nothingIn([...encrypted], read);
  placed.sort((one, other) => one.frame - other.frame);
  const ports = [...encrypted].join(', ');
  const notes = [
    ...(isCutShort ? ['its file is cut short'] : []),
    ...(ports === '' ? [] : [`encrypted traffic (port ${ports}) left out`]),
  ];
  const omissions = read.flatMap((one) => one.omissions);
  return {
    format: 'double-hop-recording/1',
    source: ['a capture', ...notes].join('; '),
    connections: read.map(({ connection }) => connection),
    observations: placed.map(({ observation }) => observation),
    ...(omissions.length === 0 ? {} : { omissions }),
  };
}

function nothingIn(
  encrypted: readonly string[],
  read: readonly CapturedConnection[],
): BadRecording {
  const reasons = new Set(read.flatMap(({ omissions }) => omissions.map(({ reason }) => reason)));
  if (reasons.has('lost'))
    return new BadRecording('', 'nothing is left to judge: the capture lost segments');
  if (reasons.has('begun'))
    return new BadRecording(
      '',
      'all its connections had begun before it: start the capture first, then the client',
    );
  return new BadRecording(
    '',
    encrypted.length > 0
      ? `all that is in it is encrypted (port ${encrypted.join(', ')}): take a network log of the ` +
          'browser instead, or a recording where TLS ends'
      : 'there is no HTTP in it whose connections begin in it',
  );
}

const isFrom = ({ address, port }: Endpoint, { from }: Segment): boolean =>
  from.address === address && from.port === port;

/** A string: the port of a server to which it is encrypted. */
function streamRead(
  segments: readonly Segment[],
  options: ReadOptions,
): readonly CapturedConnection[] | string {
  const ends = endsOf(segments);
  if (ends === null) return [];
  const sent = segments.filter((segment) => isFrom(ends.client, segment));
  const received = segments.filter((segment) => !isFrom(ends.client, segment));
  const like = segments.find(looksLikeHttp);
  const left = (reason: OmissionReason, frame: number | null): readonly CapturedConnection[] =>
    like === undefined ? [] : [leftOut(segments, ends, reason, frame)];
  const [own, other] = [originOf(sent, received), originOf(received, sent)];
  if (!ends.isOpened || own === null) return left('begun', null);
  const client = byteStream(sent, received, own, other ?? (() => 0));
  const server = byteStream(received, sent, other ?? (() => 0), own);
  if (client.bytes.length === 0) return client.lostAt === null ? [] : left('lost', client.lostAt);
  if (isTls(client.bytes)) return ends.server.port;
  if (requestHead(client.bytes, 0) === 'unreadable') return left('unreadable', null);
  const end = segments.find(({ flags }) => flags.fin || flags.reset)?.frame ?? null;
  return connectionsRead({ client, server }, end, openedBy(segments, ends), options);
}

type Ends = {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly isOpened: boolean; // its beginning is in the capture
};

/** Null: it cannot be told who the client is, and there is no HTTP. */
function endsOf(segments: readonly Segment[]): Ends | null {
  const opening = segments.find(({ flags }) => flags.syn);
  if (opening !== undefined) {
    const { from, to, acknowledged } = opening;
    const [client, server] = acknowledged === null ? [from, to] : [to, from];
    return { client, server, isOpened: true };
  }
  const message = segments.find(looksLikeHttp);
  if (message === undefined) return null;
  const isReply = firstLine(message).startsWith('HTTP/');
  const [client, server] = isReply ? [message.to, message.from] : [message.from, message.to];
  return { client, server, isOpened: false };
}

const LINE_MAX = 4096;
const firstLine = ({ data }: Segment): string =>
  Buffer.from(data.subarray(0, LINE_MAX)).toString('latin1').split('\n', 1)[0]!;

const looksLikeHttp = (segment: Segment): boolean =>
  /^(?:HTTP\/1\.[01] [1-9]\d\d\b|[A-Z]{3,20} \S+ HTTP\/1\.[01]\r?$)/.test(firstLine(segment));

const host = (address: string) => (address.includes(':') ? `[${address}]` : address);
const originAt = ({ address, port }: Endpoint) => `http://${host(address)}:${port}`;

function leftOut(
  segments: readonly Segment[],
  ends: Ends,
  reason: OmissionReason,
  from: number | null,
): CapturedConnection {
  const opened = openedBy(segments, ends);
  return {
    connection: { ...opened, isProxy: false },
    frame: segments[0]!.frame,
    placed: [],
    omissions: [{ connection: opened.id, reason, frame: from }],
  };
}

const openedBy = (segments: readonly Segment[], { client, server }: Ends) => ({
  id: `stream ${segments[0]!.stream}`,
  client: client.address,
  server: originAt(server),
});
