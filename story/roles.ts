/** The roles in a run that names do not show: the adversary's parties and ends, and proxies. */
import type { Delivery, Trace } from '../checker/model/system.ts';
import { linksOf } from '../machines/system/links.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { browserIn, connectionIn, endIn } from './component-names.ts';
import { isReply } from './story-events.ts';

export type Roles = {
  readonly adversary: string | null; // its name; null: there is none
  readonly ends: ReadonlySet<string>; // "alice>evil#1/server": those that it plays
  readonly owned: ReadonlySet<string>; // hosts, and accounts of users
  readonly proxies: ReadonlySet<string>; // hosts
};

/** No adversary and no proxy. */
export const NO_ROLES: Roles = {
  adversary: null,
  ends: new Set(),
  owned: new Set(),
  proxies: new Set(),
};

export const componentsIn = (trace: Trace): ReadonlySet<string> =>
  new Set(
    trace.flatMap(({ component, deliveries }) => [
      component,
      ...deliveries.flatMap(({ from, to }) => [from, to]),
    ]),
  );

/** As the deployment says. */
export function rolesOf(deployment: Deployment): Roles {
  const { adversary, hosts, users } = deployment;
  const links = linksOf(deployment);
  const ends = links.flatMap(({ connections, adversary: role }) =>
    connections.flatMap((connection) => [
      ...(role === 'client' ? [`${connection}/client`] : []),
      ...(role === 'server' ? [`${connection}/server`] : []),
    ]),
  );
  const owned = [...hosts, ...users]
    .map(({ name }) => name)
    .filter((name) => name !== adversary?.name && adversary?.controls.includes(name));
  const proxies = hosts.filter(({ paths }) => paths.length > 0);
  return {
    adversary: adversary?.name ?? null,
    ends: new Set(ends),
    owned: new Set(owned),
    proxies: new Set(proxies.map(({ name }) => name)),
  };
}

/**
 * As far as the trace shows. A host that only the adversary plays there counts as owned by it,
 * though it may only sit on the wire to that host. A host that forwards a request is a proxy.
 */
export function rolesIn(trace: Trace): Roles {
  const all = trace.flatMap(({ component, event, deliveries }): readonly Delivery[] => [
    { from: component, to: component, event },
    ...deliveries,
  ]);
  const played = all.flatMap(playedIn);
  const heard = all.find(({ event: { type } }) => type === 'wire.overheard');
  const adversary = played[0]?.name ?? heard?.to ?? schemerIn(trace);
  const ends = new Set(played.map(({ end }) => end));
  const honest = [...componentsIn(trace)].filter((name) => endIn(name) !== 'wire');
  const isHonest = (host: string) =>
    honest.some((name) => partyOf(name) === host) ||
    [...ends].some((end) => connectionIn(end)?.from === adversary && partyAt(end, 'to') === host);
  const faces = [...ends].map((end) => partyAt(end, end.endsWith('/server') ? 'to' : 'from'));
  const forwarded = all.filter(
    ({ event: { type } }) => type === 'proxy.forward' || type === 'upstream.forward',
  );
  return {
    adversary,
    ends,
    owned: new Set(faces.filter((face) => face !== adversary && !isHonest(face))),
    proxies: new Set(forwarded.map(({ from }) => partyAt(from, 'to'))),
  };
}

const partyAt = (component: string, which: 'from' | 'to') => connectionIn(component)?.[which] ?? '';

/** The honest party of a component. */
const partyOf = (component: string) =>
  browserIn(component)?.user ?? partyAt(component, endIn(component) === 'client' ? 'from' : 'to');

const schemerIn = (trace: Trace): string | null =>
  trace.find(({ event: { type } }) => type.startsWith('adversary.'))?.component ?? null;

/** A component that uses a wire and is neither of its ends is the adversary. */
function playedIn({ from, to, event }: Delivery): { name: string; end: string }[] {
  const wire = [from, to].find((name) => endIn(name) === 'wire');
  const name = [from, to].find((name) => connectionIn(name) === null && name !== '*');
  if (wire === undefined || name === undefined || event.type === 'wire.overheard') return [];
  const end = from === name ? event.from : endReached(event);
  return end === null ? [] : [{ name, end: `${connectionIn(wire)!.name}/${end}` }];
}

/** Null: the close of a connection reaches both ends. */
function endReached(event: Delivery['event']): 'client' | 'server' | null {
  if (event.type === 'connection.closed') return null;
  return isReply(event) ? 'client' : 'server';
}
