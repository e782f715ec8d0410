/**
 * HTTP archives, as proxies, tools and browsers save them.
 *
 * NTLM signs connections in, so an archive must say on which connection each entry was. Some
 * browsers save no handshake: such an archive is refused with that reason.
 *
 * @source HAR 1.2 (W3C draft of 2012-08-14): entries, connection, headers; RFC 4559 6 (a sign-in is
 *   its connection's); RFC 9113 5 (HTTP/2, where requests share connections)
 */
import * as z from 'zod';
import { parseAs } from './json.ts';
import { BadRecording, type Connection, type Observation, type Recording } from './recording.ts';

const HEADERS = z.array(z.object({ name: z.string(), value: z.string() }));
const ENTRY = z.object({
  startedDateTime: z.string(),
  time: z.number().nullish(),
  connection: z.union([z.string(), z.number()]).nullish(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    httpVersion: z.string().nullish(),
    headers: HEADERS,
  }),
  response: z.object({
    status: z.number().int(),
    httpVersion: z.string().nullish(),
    headers: HEADERS,
  }),
});
const NAMED = z.object({ name: z.string().nullish(), version: z.string().nullish() }).nullish();
const HAR = z.object({
  log: z.object({ creator: NAMED, browser: NAMED, entries: z.array(ENTRY) }),
});

export type ReadOptions = {
  /** Header of a response that names whom it was made for, as "X-User". Default: none does. */
  readonly identityHeader?: string | undefined;
};

type Entry = z.infer<typeof ENTRY> & {
  readonly number: number; // from 1
  readonly start: number; // milliseconds since 1970
  readonly server: string;
  readonly target: string;
  readonly isProxy: boolean;
};

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `${step + 1}` : String(step)))
    .join(', ')
    .replace(/^log, entries, (\d+)/, 'entry $1');

/** @throws BadRecording for data that is not an archive, or lacks connections or credentials */
export function harRecording(data: unknown, options: ReadOptions = {}): Recording {
  const { log } = parseAs(HAR, data, placeOf);
  const all = log.entries.map((entry, i) => placed(entry, i + 1));
  const entries = all.filter(isPlain).sort((one, other) => one.start - other.start);
  const others = all.length - entries.length;
  refuseWhatShowsNothing(entries, all.length);
  const events = entries.flatMap((entry) => eventsOf(entry, options));
  const saver = log.browser?.name ?? log.creator?.name ?? 'a program that does not say its name';
  return {
    format: 'double-hop-recording/1',
    source: `an HTTP archive of ${saver}${
      others === 0 ? '' : `; ${others} entries that are not HTTP/1.1, or got no reply, left out`
    }`,
    connections: connectionsOf(entries, saver),
    observations: inOrder(events),
  };
}

function placed(entry: z.infer<typeof ENTRY>, number: number): Entry {
  const start = Date.parse(entry.startedDateTime);
  if (Number.isNaN(start)) throw new BadRecording(`entry ${number}`, 'startedDateTime is no time');
  const { url } = entry.request;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url) || !URL.canParse(url))
    throw new BadRecording(`entry ${number}, request`, `url must be a whole URL`);
  const { origin, pathname, search } = new URL(url);
  const isProxy =
    entry.response.status === 407 ||
    valuesOf(entry.request.headers, 'proxy-authorization').length > 0;
  const server = isProxy ? 'http://proxy' : origin; // an archive does not say which
  const target = isProxy ? url : `${pathname}${search}`;
  return { ...entry, number, start, server, target, isProxy };
}

const valuesOf = (headers: z.infer<typeof HEADERS>, name: string): readonly string[] =>
  headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);

/** HTTP/1.1 or not said, and answered: by 0 browsers note that there was no reply. */
const isPlain = ({ request, response, server }: Entry): boolean =>
  /^https?:/.test(server) &&
  response.status >= 100 &&
  [request.httpVersion, response.httpVersion].every(
    (version) => !/^(?:h[23]|http\/[23])/i.test(version ?? ''),
  );

const isAbout = ({ request, response }: Entry): boolean =>
  ['authorization', 'proxy-authorization'].some((name) => valuesOf(request.headers, name)[0]) ||
  ['www-authenticate', 'proxy-authenticate'].some((name) => valuesOf(response.headers, name)[0]);

const NTLM = /(?:^|,)\s*(?:NTLM|Negotiate)\b/i;
const isAboutNtlm = ({ request, response }: Entry): boolean =>
  [
    ...['authorization', 'proxy-authorization'].flatMap((name) => valuesOf(request.headers, name)),
    ...['www-authenticate', 'proxy-authenticate'].flatMap((name) =>
      valuesOf(response.headers, name),
    ),
  ].some((value) => NTLM.test(value));

function refuseWhatShowsNothing(entries: readonly Entry[], count: number): void {
  if (entries.length === 0)
    throw new BadRecording(
      '',
      count === 0 ? 'the archive has no entries' : 'no entry is HTTP/1.1 with a reply',
    );
  if (!entries.some(isAbout))
    throw new BadRecording(
      '',
      'no entry has a header about signing in. Either the archive was saved without sensitive ' +
        'data: save it with ("Export HAR (with sensitive data)"). Or it is of a Chromium, which ' +
        'saves no NTLM handshake: take a network log (--log-net-log=FILE ' +
        '--net-log-capture-mode=IncludeSensitive) or a capture (tshark -w FILE) instead.',
    );
  const asked = entries.filter(({ response }) => [401, 407].includes(response.status));
  const hasCredentials = entries.some(({ request }) =>
    ['authorization', 'proxy-authorization'].some((name) => valuesOf(request.headers, name)[0]),
  );
  if (asked.length > 1 && !hasCredentials && asked.some(isAboutNtlm))
    throw new BadRecording(
      `entry ${asked[1]!.number}, request`,
      'has no Authorization, nor has any other, although servers ask for it: the archive was ' +
        'saved without sensitive data. Save it with ("Export HAR (with sensitive data)").',
    );
  const servers = new Set(entries.filter(isAboutNtlm).map(({ server }) => server));
  const lost = entries.find((entry) => servers.has(entry.server) && nameOf(entry) === null);
  if (lost !== undefined)
    throw new BadRecording(
      `entry ${lost.number}`,
      'does not say on which connection it was (HAR field "connection"), and NTLM signs ' +
        'connections in. Save it with a tool that does, or take a capture (tshark -w FILE).',
    );
}

/** Null, or empty, or 0: it does not say. */
const nameOf = ({ connection }: Entry): string | null =>
  connection === undefined || connection === null || `${connection}` === '' || connection === '0'
    ? null
    : `${connection}`;

/** A connection without a name speaks only Basic, which keeps no state: each entry gets its own. */
const idOf = (entry: Entry): string => {
  const name = nameOf(entry);
  if (name === null) return `entry ${entry.number}`;
  return entry.isProxy ? `proxy ${name}` : `${entry.server} ${name}`;
};

function connectionsOf(entries: readonly Entry[], client: string): readonly Connection[] {
  const found = new Map<string, Connection>();
  for (const entry of entries) {
    const { server, isProxy } = entry;
    const id = idOf(entry);
    if (!found.has(id)) found.set(id, { id, client, server, isProxy });
  }
  return [...found.values()];
}

type Event = { readonly at: number; readonly entry: number; readonly observation: Observation };

function eventsOf(entry: Entry, { identityHeader }: ReadOptions): readonly Event[] {
  const { request, response, isProxy, number, start, target } = entry;
  const connection = idOf(entry);
  const field = isProxy ? 'proxy-authorization' : 'authorization';
  const [authorization = null] = valuesOf(request.headers, field);
  const [location = null] = valuesOf(response.headers, 'location');
  const [identity = null] =
    identityHeader === undefined ? [] : valuesOf(response.headers, identityHeader.toLowerCase());
  const { method } = request;
  return [
    {
      at: start,
      entry: number,
      observation: { what: 'request', connection, method, target, authorization, user: null },
    },
    {
      at: start + Math.max(entry.time ?? 0, 0),
      entry: number,
      observation: {
        what: 'reply',
        connection,
        status: response.status,
        authenticate: valuesOf(
          response.headers,
          isProxy ? 'proxy-authenticate' : 'www-authenticate',
        ),
        location,
        identity,
      },
    },
  ];
}

/** By time; on one connection, entry after entry, whatever their clocks say. */
function inOrder(events: readonly Event[]): readonly Observation[] {
  const last = new Map<string, number>();
  return events
    .map((event) => {
      const { connection } = event.observation;
      const at = Math.max(event.at, last.get(connection) ?? 0);
      last.set(connection, at);
      return { ...event, at };
    })
    .sort((one, other) => one.at - other.at)
    .map(({ observation }) => observation);
}
