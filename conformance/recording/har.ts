/**
 * HTTP archives, as proxies, tools and browsers save them.
 *
 * NTLM signs connections in, so an archive must say on which connection each entry was. Some
 * browsers save no handshake: such an archive is refused with that reason.
 *
 * @source HAR 1.2 (W3C draft of 2012-08-14): entries, connection, headers; RFC 4559 6 (a sign-in is
 *   its connection's); RFC 9113 5 (HTTP/2, where requests share connections)
 */
import { refuseSharedNames } from './har-connections.ts';
import { archiveIn, type Entry, idOf, isPlain, valuesOf } from './har-entries.ts';
import {
  BadRecording,
  type Connection,
  type Observation,
  type Omission,
  type Recording,
} from './recording.ts';

export type ReadOptions = {
  /** Header of a response that names whom it was made for, as "X-User". Default: none does. */
  readonly identityHeader?: string | undefined;
};

/** @throws BadRecording for data that is not an archive, or lacks connections or credentials */
export function harRecording(data: unknown, options: ReadOptions = {}): Recording {
  const { all, namesArePorts, saver } = archiveIn(data);
  const entries = all.filter(isPlain).sort((one, other) => one.start - other.start);
  const others = all.length - entries.length;
  refuseWhatShowsNothing(entries, all.length, namesArePorts);
  const events = entries.flatMap((entry) => eventsOf(entry, options));
  const beyond = beyondProxies(entries);
  return {
    format: 'double-hop-recording/1',
    source: `an HTTP archive of ${saver}${
      others === 0 ? '' : `; ${others} entries that are not HTTP/1.1, or got no reply, left out`
    }`,
    connections: connectionsOf(entries, saver),
    observations: inOrder(events),
    ...(beyond.length === 0 ? {} : { omissions: beyond }),
  };
}

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

function refuseWhatShowsNothing(
  entries: readonly Entry[],
  count: number,
  namesArePorts: string | null,
): void {
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
  const lost = entries.find((entry) => servers.has(entry.server) && entry.name === null);
  if (lost !== undefined && namesArePorts !== null)
    throw new BadRecording(`entry ${lost.number}`, namesArePorts);
  if (lost !== undefined)
    throw new BadRecording(
      `entry ${lost.number}`,
      'does not say on which connection it was (HAR field "connection"), and NTLM signs ' +
        'connections in. Save it with a tool that does, or take a capture (tshark -w FILE).',
    );
  refuseSharedNames(entries.filter(({ server }) => servers.has(server)));
}

/** Sign-ins of clients at servers behind a proxy. */
function beyondProxies(entries: readonly Entry[]): readonly Omission[] {
  const isBeyond = ({ request, response }: Entry) =>
    valuesOf(request.headers, 'authorization').length > 0 ||
    (response.status === 401 && valuesOf(response.headers, 'www-authenticate').length > 0);
  const ids = new Set(entries.filter((one) => one.isProxy && isBeyond(one)).map(idOf));
  return [...ids].map((connection) => ({ connection, reason: 'beyondProxy', frame: null }));
}

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
