/** The traffic of a recording: its messages as bytes of HTTP/1.1, in TCP segments. */
import type {
  Connection,
  Observation,
  Recording,
} from '../../../../conformance/recording/recording.ts';
import { type Talk, talking } from './tcp.ts';

export type TrafficOptions = {
  /** From 0 to 1, the latter excluded. Default: 0, which leaves bodies and cuts out. */
  readonly random?: () => number;
};

const WRAPS = 2 ** 32 - 2000; // a sequence number that passes 2^32 soon

/** @returns a segment list in the order of the capture. */
export function trafficOf({ connections, observations }: Recording, options: TrafficOptions = {}) {
  const { random = () => 0 } = options;
  const { between, segments } = talking();
  const talks = new Map<string, { readonly talk: Talk; readonly connection: Connection }>();
  const upTo = (count: number) => Math.floor(random() * count);
  for (const [i, observation] of observations.entries()) {
    const connection = connections.find(({ id }) => id === observation.connection)!;
    const known = talks.get(connection.id);
    const { host } = new URL(connection.server);
    const starts = random() < 0.2 ? { client: WRAPS, server: WRAPS } : undefined;
    const { talk } = known ?? {
      talk: between(`10.0.0.${talks.size + 1}`, host.includes(':') ? host : `${host}:80`, starts),
    };
    if (known === undefined) talk.opens();
    talks.set(connection.id, { talk, connection });
    const next = observations
      .slice(i + 1)
      .find((one) => one.connection === connection.id && one.what !== 'opened');
    tell(talk, observation, connection, next, upTo);
  }
  return segments();
}

function tell(
  talk: Talk,
  observation: Observation,
  connection: Connection,
  next: Observation | undefined,
  upTo: (count: number) => number,
): void {
  const size = 1400 - upTo(1350);
  if (observation.what === 'request')
    talk.says('client', requestText(observation, connection, upTo), size);
  if (observation.what === 'reply') {
    const isLast = next === undefined || next.what === 'closed';
    if (upTo(4) === 1) talk.says('server', 'HTTP/1.1 100 Continue\r\n\r\n');
    talk.says('server', replyText(observation, connection, isLast, upTo), size);
  }
  if (observation.what !== 'closed') return;
  const first = upTo(2) === 0 ? 'server' : 'client';
  const second = first === 'client' ? 'server' : 'client';
  if (upTo(4) === 1) {
    talk.resets(first);
    return;
  }
  talk.ends(first);
  talk.acknowledges(second);
  talk.ends(second);
}

type Sent<What> = Extract<Observation, { readonly what: What }>;

const lines = (...some: readonly (string | null)[]) =>
  `${some.filter((line) => line !== null).join('\r\n')}\r\n\r\n`;

function requestText(
  { method, target, authorization }: Sent<'request'>,
  { server, isProxy }: Connection,
  upTo: (count: number) => number,
): string {
  const length = upTo(3) === 1 ? upTo(4000) : 0;
  return (
    lines(
      `${method} ${target} HTTP/1.1`,
      `Host: ${new URL(server).host}`,
      authorization && `${isProxy ? 'Proxy-Authorization' : 'AUTHORIZATION'}: ${authorization}`,
      length > 0 ? `Content-Length: ${length}` : null,
    ) + bodyOf(length)
  );
}

/** Text that looks like the beginning of a message, where a reader has lost its place. */
const bodyOf = (length: number) =>
  'HTTP/1.1 200 OK\r\nGET / HTTP/1.1\r\n'.repeat(Math.ceil(length / 33)).slice(0, length);

function replyText(
  { status, authenticate, location, identity }: Sent<'reply'>,
  { isProxy }: Connection,
  isLast: boolean,
  upTo: (count: number) => number,
): string {
  const field = isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate';
  const head = [
    `HTTP/1.1 ${status} Whatever`,
    ...authenticate.map((value) => `${field}: ${value}`),
    location && `Location: ${location}`,
    identity && `X-User: ${identity}`,
  ];
  const length = upTo(6000);
  const kind = upTo(3);
  if (kind === 1 && isLast) return lines(...head) + bodyOf(length);
  if (kind !== 2) return lines(...head, `Content-Length: ${length}`) + bodyOf(length);
  const half = Math.floor(length / 2) + 1;
  const chunk = (size: number) => `${size.toString(16)};a=b\r\n${bodyOf(size)}\r\n`;
  return `${lines(...head, 'Transfer-Encoding: chunked')}${chunk(half)}${chunk(half)}0\r\nA: b\r\n\r\n`;
}
