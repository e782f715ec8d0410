/**
 * Whether an HTTP archive says on which connection each entry was. Its field "connection" may be
 * the port of the server, which several connections share; NTLM signs in connections, so such an
 * archive says nothing about it.
 *
 * @source HAR 1.2, entries: connection ("the client or server port number"), serverIPAddress,
 *   timings; Firefox, devtools/client/netmonitor/src/har/har-builder.js (connection is remotePort);
 *   RFC 9112 9.3.2 (a connection answers one request after another)
 */
import { BadRecording } from './recording.ts';

/** An entry as far as it says something about its connection. */
export type ConnectedEntry = {
  readonly number: number; // from 1
  readonly name: string | null; // of its connection; null: it has none
  readonly url: string;
  readonly server: string;
  readonly start: number; // milliseconds since 1970
  readonly time?: number | null | undefined;
  readonly timings?: Readonly<Record<string, unknown>> | null | undefined;
  readonly serverIPAddress?: string | null | undefined;
};

const ADVICE = 'Take a capture (tshark -w FILE) or a network log of a Chromium instead.';

/** Why the names of connections are ports of servers. Null: they are not. */
export function portsForNames(
  entries: readonly Pick<ConnectedEntry, 'name' | 'url'>[],
  programs: readonly string[],
): string | null {
  const named = entries.filter(({ name }) => name !== null);
  if (named.length === 0) return null;
  const [firefox] = programs.filter((program) => /firefox/i.test(program));
  const isPort = ({ name, url }: (typeof named)[number]) => name === portOf(url);
  if (firefox === undefined && !named.every(isPort)) return null;
  const who = firefox === undefined ? 'the archive has' : 'Firefox writes';
  return (
    `${who} the port of the server in "connection", so it does not say which entries were on one ` +
    `connection, and NTLM signs connections in. ${ADVICE}`
  );
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port !== '' ? port : protocol === 'https:' ? '443' : '80';
}

const MARGIN = 20; // milliseconds: clocks of archives are rounded

/** @throws BadRecording for two entries that cannot have been on the one connection they name */
export function refuseSharedNames(entries: readonly ConnectedEntry[]): void {
  const last = new Map<string, ConnectedEntry>();
  for (const entry of entries) {
    if (entry.name === null) continue;
    const key = `${entry.server} ${entry.name}`;
    const before = last.get(key);
    last.set(key, entry);
    if (before === undefined) continue;
    const clash = clashOf(before, entry);
    if (clash !== null)
      throw new BadRecording(
        `entry ${entry.number}`,
        `${clash} entry ${before.number}, and both are on one "connection": it does not tell ` +
          `connections apart, and NTLM signs connections in. ${ADVICE}`,
      );
  }
}

/** Null: one connection may have had both. */
function clashOf(before: ConnectedEntry, after: ConnectedEntry): string | null {
  const [one, other] = [before.serverIPAddress ?? '', after.serverIPAddress ?? ''];
  if (one !== '' && other !== '' && one !== other) return 'went to another address than';
  const answered = answeredAt(before);
  const sent = sentAt(after);
  return answered !== null && sent !== null && sent + MARGIN < answered
    ? 'was sent before the reply of'
    : null;
}

/** Null: the entry does not say. -1 stands for what did not happen. */
function spent(entry: ConnectedEntry, parts: readonly string[]): number | null {
  const { timings } = entry;
  if (timings === undefined || timings === null) return null;
  return parts.reduce<number | null>((sum, part) => {
    const milliseconds = timings[part] ?? -1;
    if (sum === null || typeof milliseconds !== 'number') return null;
    return sum + Math.max(milliseconds, 0);
  }, 0);
}

const at = (entry: ConnectedEntry, parts: readonly string[]) => {
  const milliseconds = spent(entry, parts);
  return milliseconds === null ? null : entry.start + milliseconds;
};
const BEFORE = ['blocked', 'dns', 'connect'];
const sentAt = (entry: ConnectedEntry) => at(entry, BEFORE);
const answeredAt = (entry: ConnectedEntry) => at(entry, [...BEFORE, 'send', 'wait']);
