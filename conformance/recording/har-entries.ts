/**
 * The entries of an HTTP archive: their schema, and where each was sent.
 *
 * @source HAR 1.2 (W3C draft of 2012-08-14): entries, connection, headers; RFC 9113 5 (HTTP/2,
 *   where requests share connections)
 */
import * as z from 'zod';
import { portsForNames } from './har-connections.ts';
import { parseAs } from './json.ts';
import { BadRecording } from './recording.ts';

const HEADERS = z.array(z.object({ name: z.string(), value: z.string() }));
const ENTRY = z.object({
  startedDateTime: z.string(),
  time: z.number().nullish(),
  connection: z.union([z.string(), z.number()]).nullish(),
  serverIPAddress: z.string().nullish(),
  timings: z.record(z.string(), z.unknown()).nullish(),
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

export type Entry = z.infer<typeof ENTRY> & {
  readonly number: number; // from 1
  readonly name: string | null; // of its connection; null: it does not say
  readonly url: string;
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

type Log = z.infer<typeof HAR>['log'];

/** The entries, and why their connections have no names that tell. Null: they have. */
function placedIn({ entries, creator, browser }: Log) {
  const found = entries.map((entry, i) => placed(entry, i + 1));
  const programs = [creator?.name, browser?.name].filter((name) => typeof name === 'string');
  const namesArePorts = portsForNames(found, programs);
  const named = namesArePorts === null ? found : found.map((entry) => ({ ...entry, name: null }));
  const proxied = new Set(named.flatMap(({ name, isProxy }) => (isProxy && name ? [name] : [])));
  const all = named.map((entry) => {
    const isSame = entry.name !== null && proxied.has(entry.name) && /^http:/i.test(entry.url);
    return isSame ? throughProxy(entry) : entry;
  });
  return { all, namesArePorts };
}

/** @throws BadRecording for data that is not an archive */
export function archiveIn(data: unknown) {
  const { log } = parseAs(HAR, data, placeOf);
  const saver = log.browser?.name ?? log.creator?.name ?? 'a program that does not say its name';
  return { ...placedIn(log), saver };
}

/** Whether the connections of an archive have names that tell them apart. */
export const namesConnections = (data: unknown): boolean => archiveIn(data).namesArePorts === null;

/** An archive does not say which proxy. */
const throughProxy = (entry: Entry): Entry => ({
  ...entry,
  server: 'http://proxy',
  target: entry.url,
  isProxy: true,
});

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
  const target = `${pathname}${search}`;
  const name = nameOf(entry);
  const found = { ...entry, number, name, url, start, server: origin, target, isProxy };
  return isProxy ? throughProxy(found) : found;
}

export const valuesOf = (headers: z.infer<typeof HEADERS>, name: string): readonly string[] =>
  headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);

/** HTTP/1.1 or not said, and answered: by 0 browsers note that there was no reply. */
export const isPlain = ({ request, response, server }: Entry): boolean =>
  /^https?:/.test(server) &&
  response.status >= 100 &&
  [request.httpVersion, response.httpVersion].every(
    (version) => !/^(?:h[23]|http\/[23])/i.test(version ?? ''),
  );

/** Null, or empty, or 0: it does not say. */
const nameOf = ({ connection }: z.infer<typeof ENTRY>): string | null =>
  connection === undefined || connection === null || `${connection}` === '' || connection === '0'
    ? null
    : `${connection}`;

/** A connection without a name speaks only Basic, which keeps no state: each entry gets its own. */
export const idOf = (entry: Entry): string => {
  const { name } = entry;
  if (name === null) return `entry ${entry.number}`;
  return entry.isProxy ? `proxy ${name}` : `${entry.server} ${name}`;
};
