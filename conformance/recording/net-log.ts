/**
 * Network logs of Chromium and its kin: `--log-net-log=FILE --net-log-capture-
 * mode=IncludeSensitive`, or the page chrome://net-export with "Include cookies and credentials".
 * Of all that Chromium saves, only this has whole handshakes, also over TLS.
 *
 * A request is bound to a job, and the job to a socket. HTTP/2 is left out.
 *
 * @source Chromium, net/log/net_log_event_type_list.h; "NetLog: Chrome's network logging system"
 */
import * as z from 'zod';
import type { ReadOptions } from './har.ts';
import { parseAs } from './json.ts';
import {
  BadRecording,
  type Connection,
  type ConnectionId,
  type Observation,
  type Recording,
} from './recording.ts';

const NUMBERS = z.record(z.string(), z.number());
const LOG = z.object({
  constants: z.object({
    clientInfo: z.object({ name: z.string(), version: z.string() }).partial().nullish(),
    logCaptureMode: z.string().nullish(),
    logEventTypes: NUMBERS,
    logEventPhase: z.object({ PHASE_BEGIN: z.number(), PHASE_END: z.number() }),
  }),
  events: z.array(
    z.object({
      type: z.number(),
      phase: z.number(),
      source: z.object({ id: z.number() }),
      params: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
});

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `${step + 1}` : String(step)))
    .join(', ')
    .replace(/^events, (\d+)/, 'event $1');

/** @throws BadRecording for data that is not such a log, or has no HTTP/1.1 or no credentials */
export function netLogRecording(data: unknown, options: ReadOptions = {}): Recording {
  const { constants, events } = parseAs(LOG, data, placeOf);
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, id]) => [id, name]));
  const { PHASE_BEGIN: begin, PHASE_END: end } = constants.logEventPhase;
  const client = constants.clientInfo?.name ?? 'Chromium';
  const reader = reading(client, options);
  for (const { type, phase, source, params } of events)
    reader.hear(`${names.get(type)}${phase === begin ? ' begins' : phase === end ? ' ends' : ''}`, {
      id: source.id,
      params: params ?? {},
    });
  const { observations } = reader;
  if (observations.length === 0) throw new BadRecording('', 'the log has no HTTP/1.1 in it');
  if (observations.some(({ what, ...rest }) => what === 'request' && isStripped(rest)))
    throw new BadRecording(
      '',
      'the log was taken without credentials: take it with ' +
        '--net-log-capture-mode=IncludeSensitive',
    );
  const { tunnels, beyond } = reader;
  const program = `a network log of ${client} ${constants.clientInfo?.version ?? ''}`.trim();
  return {
    format: 'double-hop-recording/1',
    source:
      tunnels.size === 0
        ? program
        : `${program}; sign-ins at a proxy by CONNECT, ${tunnels.size} in all, left out`,
    connections: [...reader.connections.values()],
    observations,
    ...(beyond.size === 0
      ? {}
      : {
          omissions: [...beyond].map((connection) => ({
            connection,
            reason: 'beyondProxy' as const,
            frame: null,
          })),
        }),
  };
}

/** Chromium's replacement for a value that it leaves out: "[43 bytes were stripped]". */
const isStripped = (request: object): boolean =>
  'authorization' in request && /bytes were stripped\]$/.test(String(request.authorization));

type Heard = { readonly id: number; readonly params: Readonly<Record<string, unknown>> };

/** Hears events in their order, and fills both. */
function reading(client: string, { identityHeader }: ReadOptions) {
  const connections = new Map<number, Connection>(); // by socket
  const observations: Observation[] = [];
  const jobs = new Map<number, number>(); // of a request: the job it was last bound to
  const sockets = new Map<number, number>(); // of a job
  const addresses = new Map<number, string>(); // of a socket: where it is connected to
  const urls = new Map<number, string>(); // of a request
  const asked = new Map<number, number>(); // of a request: the socket that has to answer

  const tunnels = new Set<number>(); // opened by a CONNECT with credentials
  const beyond = new Set<ConnectionId>(); // with a sign-in at a server behind the proxy

  const linked = (links: Map<number, number>, { id, params }: Heard) => {
    const other = (params.source_dependency as { readonly id?: unknown } | undefined)?.id;
    if (typeof other === 'number') links.set(id, other);
  };

  const connectionFor = (socket: number, url: string, isProxy: boolean): Connection | null => {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const server = isProxy ? `http://${addresses.get(socket)}` : url;
    if (!URL.canParse(server)) return null;
    const { origin } = new URL(server);
    const connection = { id: `socket ${socket}`, client, server: origin, isProxy };
    connections.set(socket, connection);
    observations.push({ what: 'opened', connection: connection.id });
    return connection;
  };

  const request = ({ id, params }: Heard) => {
    const [, method, target] = /^(\S+) (\S+) HTTP\/1\.[01]\s*$/.exec(String(params.line)) ?? [];
    const socket = sockets.get(jobs.get(id) ?? -1);
    if (method === undefined || target === undefined || socket === undefined) return;
    const isProxy = /^[a-z]+:\/\//i.test(target);
    const connection = connectionFor(socket, urls.get(id) ?? '', isProxy);
    if (connection === null) return;
    asked.set(id, socket);
    const field = isProxy ? 'proxy-authorization' : 'authorization';
    const [authorization = null] = valuesIn(params.headers, field);
    const { id: name } = connection;
    if (isProxy && valuesIn(params.headers, 'authorization').length > 0) beyond.add(name);
    observations.push({
      what: 'request',
      connection: name,
      method,
      target,
      authorization,
      user: null,
    });
  };

  const reply = ({ id, params: { headers } }: Heard) => {
    const connection = connections.get(asked.get(id) ?? -1);
    const [, status] = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(linesIn(headers)[0] ?? '') ?? [];
    if (connection === undefined || status === undefined || status.startsWith('1')) return;
    asked.delete(id);
    const field = connection.isProxy ? 'proxy-authenticate' : 'www-authenticate';
    const [location = null] = valuesIn(headers, 'location');
    const [identity = null] =
      identityHeader === undefined ? [] : valuesIn(headers, identityHeader.toLowerCase());
    observations.push({
      what: 'reply',
      connection: connection.id,
      status: Number(status),
      authenticate: valuesIn(headers, field),
      location,
      identity,
    });
  };

  const tunnel = ({ id, params }: Heard) => {
    if (valuesIn(params.headers, 'proxy-authorization').length > 0) tunnels.add(id);
  };

  const closed = ({ id }: Heard) => {
    const connection = connections.get(id);
    if (connection !== undefined) observations.push({ what: 'closed', connection: connection.id });
  };

  const hearers: Readonly<Record<string, (heard: Heard) => void>> = {
    'URL_REQUEST_START_JOB begins': ({ id, params }) => urls.set(id, String(params.url)),
    HTTP_STREAM_REQUEST_BOUND_TO_JOB: (heard) => linked(jobs, heard),
    SOCKET_POOL_BOUND_TO_SOCKET: (heard) => linked(sockets, heard),
    'TCP_CONNECT ends': ({ id, params }) => addresses.set(id, String(params.remote_address)),
    HTTP_TRANSACTION_SEND_TUNNEL_HEADERS: tunnel,
    HTTP_TRANSACTION_SEND_REQUEST_HEADERS: request,
    HTTP_TRANSACTION_READ_RESPONSE_HEADERS: reply,
    'SOCKET_ALIVE ends': closed,
  };
  const hear = (what: string, heard: Heard) => {
    if (Object.hasOwn(hearers, what)) hearers[what]!(heard);
  };
  return { connections, observations, tunnels, beyond, hear };
}

const linesIn = (headers: unknown): readonly string[] =>
  Array.isArray(headers) ? headers.map(String) : [];

const valuesIn = (headers: unknown, name: string): readonly string[] =>
  linesIn(headers).flatMap((line) => {
    const colon = line.indexOf(':');
    return line.slice(0, colon).trim().toLowerCase() === name ? [line.slice(colon + 1).trim()] : [];
  });

/**
 * The log as JSON, also if the browser was killed while it wrote: there is one event on each line,
 * and an incomplete last one is dropped. Null: the text is not such a log.
 */
export function wholeNetLog(text: string): string | null {
  if (!/^\s*\{\s*"constants"/.test(text)) return null;
  const end = text.lastIndexOf('},\n');
  return end < 0 ? null : `${text.slice(0, end)}}\n]}`;
}
