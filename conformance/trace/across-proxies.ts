/**
 * Both sides of a reverse proxy: which request of a client went out on which connection, and
 * whether another client had signed that connection in.
 *
 * A request that goes out belongs to a request that waits at the proxy with the same credentials
 * and the same path. Where several wait, it is a finding only if none of them is of the client that
 * signed the connection in.
 *
 * @source RFC 4559 6 (a proxy must not share a signed-in connection); RFC 9110 9.3, 7.6
 */
import type { Connection, ConnectionId, Observation, Recording } from '../recording/recording.ts';
import { userNamed } from '../terms/names.ts';
import { hostIn, pageOf } from './observation-sentences.ts';
import { responseSent } from './sent-messages.ts';

/** A reverse proxy and the server behind it, as origins. */
export type ProxyHop = { readonly proxy: string; readonly behind: string };

export type AcrossProxies = {
  readonly matched: number; // requests that were seen on both sides
  /** Sentences in lower case, without their full stops. */
  readonly findings: readonly string[];
};

type Asked = Extract<Observation, { readonly what: 'request' }>;
type Side = { readonly connection: Connection; readonly number: number };
/** A request that waits at the proxy. */
type Waiting = Side & { readonly request: Asked; forwarded: boolean };
type SignedIn = Side & { readonly user: string };
/** A request on its way behind the proxy, and the only one that it can belong to. */
type Sent = {
  readonly from: Waiting | null;
  readonly said: string | null;
  readonly request: Asked;
};

export function acrossProxies(
  { connections, observations }: Recording,
  hops: readonly ProxyHop[],
): AcrossProxies {
  const sides = new Map(
    connections.map((connection, i): [ConnectionId, Side] => [
      connection.id,
      { connection, number: i + 1 },
    ]),
  );
  const clients = new Set(connections.map(({ server, client }) => `${server} ${client}`));
  const isToProxy = ({ server }: Connection) => hops.some(({ proxy }) => proxy === server);
  const hopOut = ({ server, client }: Connection) =>
    hops.find(({ proxy, behind }) => behind === server && !clients.has(`${proxy} ${client}`));
  const waiting = new Map<ConnectionId, Waiting>();
  const sent = new Map<ConnectionId, Sent>();
  const signedIn = new Map<ConnectionId, SignedIn>();
  const findings: string[] = [];
  let matched = 0;

  const goesOut = (side: Side, hop: ProxyHop, request: Asked): void => {
    const all = candidates(waiting, hop, request);
    const from = all.length === 1 ? all[0]! : null;
    if (all.length > 0) matched += 1;
    if (from !== null) from.forwarded = true;
    const owner = signedIn.get(side.connection.id);
    const isMixedUp =
      owner !== undefined &&
      all.length > 0 &&
      all.every(({ connection: { client } }) => client !== owner.connection.client);
    const said = isMixedUp ? mixedUp(hop, side, all, owner) : null;
    sent.set(side.connection.id, { from, said, request });
  };

  const comesBack = (side: Side, status: number): void => {
    const { from, said, request } = sent.get(side.connection.id) ?? NOTHING;
    sent.delete(side.connection.id);
    if (said !== null) findings.push(`${said}, and is answered ${status}`);
    const message = request === null ? null : responseSent(request);
    if (from === null || message === null || message.user === '' || status >= 400) return;
    const { connection, number } = from;
    signedIn.set(side.connection.id, { connection, number, user: userNamed(message.user) });
  };

  const ends = ({ connection: { id } }: Side): void => {
    const { from, said } = sent.get(id) ?? NOTHING;
    if (from !== null) from.forwarded = false; // the proxy may send it again
    if (said !== null) findings.push(said);
    for (const each of [waiting, sent, signedIn]) each.delete(id);
  };

  for (const observation of observations) {
    const side = sides.get(observation.connection);
    if (side === undefined) continue;
    const out = hopOut(side.connection);
    const isIn = isToProxy(side.connection);
    if (observation.what === 'closed') ends(side);
    if (observation.what === 'request') {
      if (out !== undefined) goesOut(side, out, observation);
      if (isIn)
        waiting.set(side.connection.id, { ...side, request: observation, forwarded: false });
    }
    if (observation.what === 'reply') {
      if (out !== undefined) comesBack(side, observation.status);
      if (isIn) waiting.delete(side.connection.id);
    }
  }
  for (const { said } of sent.values()) if (said !== null) findings.push(said);
  return { matched, findings };
}

const NOTHING = { from: null, said: null, request: null } as const;

const pathOf = (target: string) =>
  target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');

/** Those that wait at the proxy with these credentials: of this path, if there are some. */
function candidates(
  waiting: ReadonlyMap<ConnectionId, Waiting>,
  hop: ProxyHop,
  { authorization, method, target }: Asked,
): readonly Waiting[] {
  const alike = [...waiting.values()].filter(
    ({ connection, request, forwarded }) =>
      !forwarded &&
      connection.server === hop.proxy &&
      request.authorization === authorization &&
      request.method === method,
  );
  const samePath = alike.filter(({ request }) => pathOf(request.target) === pathOf(target));
  return samePath.length > 0 ? samePath : alike;
}

function mixedUp(
  { proxy }: ProxyHop,
  side: Side,
  all: readonly Waiting[],
  owner: SignedIn,
): string {
  const [first] = all;
  const whose = [...new Set(all.map(({ connection: { client } }) => client))].join(' or ');
  const on = [...new Set(all.map(({ number }) => number))].join(' or ');
  return (
    `${hostIn(proxy)} sends the request of ${whose} on connection ${on} ` +
    `(${pageOf(first!.request)}) on connection ${side.number}, which ` +
    `${owner.connection.client} signed in as ${owner.user} from connection ${owner.number}`
  );
}
