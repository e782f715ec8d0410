/** The connections of a deployment, the ends that the adversary plays, and component names. */
import type { ConnectionName, HostName, UserName } from '../vocabulary/terms.ts';
import { isChallenging } from './mechanisms.ts';
import type { AcceptingHost, Adversary, Capability, Deployment, Host } from './topology.ts';

/** All connections from one party to one host. */
export type Link = {
  readonly from: UserName | HostName; // or a program's name
  readonly to: AcceptingHost;
  readonly caller: AcceptingHost | null; // null: a user, a program, or the adversary
  readonly connections: readonly ConnectionName[];
  /** The end that the adversary plays; `tap`: it hears the wire. */
  readonly adversary: 'none' | 'server' | 'client' | 'tap';
};

const known = new WeakMap<Deployment, readonly Link[]>();

/** Every link: of users, then from host to host, then of programs, then of the adversary. */
export function linksOf(deployment: Deployment): readonly Link[] {
  const links = known.get(deployment) ?? findLinks(deployment);
  known.set(deployment, links);
  return links;
}

/** Whether the client of the link keeps a connection for its next message. Hosts do. */
export const keepsAlive = ({ users, programs }: Deployment, { from, caller }: Link): boolean =>
  caller !== null ||
  [...users, ...programs].every(({ name, keepAlive }) => name !== from || keepAlive);

/**
 * The other connections on which the client of the link may answer a challenge of this one. A host
 * answers each challenge on its own connection, and a client without keep-alive on a new one.
 */
export const siblingsOf = (
  deployment: Deployment,
  link: Link,
  connection: ConnectionName,
): readonly ConnectionName[] =>
  isPerHost(deployment, link) && isChallenging(link.to) && keepsAlive(deployment, link)
    ? link.connections.filter((other) => other !== connection)
    : [];

const isPerHost = ({ users, programs }: Deployment, { from, caller }: Link): boolean =>
  caller === null &&
  [...users, ...programs].some(({ name, handshake }) => name === from && handshake === 'host');

/** Whether a request may move from one connection of the link to another, with its challenge. */
export const mayMove = (deployment: Deployment, link: Link): boolean =>
  link.connections.some((connection) => siblingsOf(deployment, link, connection).length > 0);

export const connectionsOf = (links: readonly Link[]): readonly ConnectionName[] =>
  links.flatMap(({ connections }) => connections);

/** Capabilities that need a position on the wire. To hear it, or to cut it, needs none. */
const IN_THE_MIDDLE: readonly Capability[] = ['redirect', 'relay', 'reflect', 'strip', 'inject'];

/** Whether the adversary controls the wire and no TLS protects it. */
const isOpen = ({ controls }: Adversary, from: string, to: Host): boolean =>
  to.certificate === null && controls.includes(`${from}>${to.name}`);

/** Whether the adversary plays the server end of the wire and calls the server itself. */
export const isIntercepted = (adversary: Adversary, from: string, to: Host): boolean =>
  isOpen(adversary, from, to) && adversary.may.some((some) => IN_THE_MIDDLE.includes(some));

function findLinks({ users, hosts, programs, adversary, bounds }: Deployment): readonly Link[] {
  const hostNamed = (name: HostName) => {
    const host = hosts.find((candidate) => candidate.name === name);
    if (host === undefined) throw new TypeError(`no host is named ${name}`);
    return host;
  };
  const isIts = (name: string) =>
    name === adversary?.name || (adversary?.controls.includes(name) ?? false);
  const roleIn = (from: string, to: Host): Link['adversary'] => {
    if (adversary === null) return 'none';
    if (isIts(from)) return 'client';
    if (isIts(to.name) || isIntercepted(adversary, from, to)) return 'server';
    const hears = adversary.may.includes('observe') && isOpen(adversary, from, to);
    return hears ? 'tap' : 'none';
  };
  const link = (from: string, caller: Link['caller'], name: HostName): Link => {
    const to = hostNamed(name);
    const connections = Array.from(
      { length: bounds.connections },
      (_, i) => `${from}>${name}#${i + 1}`,
    );
    return { from, to, caller, connections, adversary: roleIn(from, to) };
  };
  const declared = [
    ...users.flatMap(({ name, visits }) => visits.map((host) => link(name, null, host))),
    ...hosts.flatMap((host) =>
      host.callsOn === null ? [] : [link(host.name, host, host.callsOn)],
    ),
    ...programs.map(({ name, connectsTo }) => link(name, null, connectsTo)),
  ];
  const beyond = declared.flatMap(({ from, to, adversary: role }) => {
    if (adversary === null) return [];
    const replays = role === 'tap' && adversary.may.includes('replay');
    return replays || isIntercepted(adversary, from, to) ? [to.name] : [];
  });
  const own = [...new Set(beyond)].map((name) => link(adversary!.name, null, name));
  // The adversary needs no connection to itself.
  return [...declared, ...own].filter(({ from, to }) => !(isIts(from) && isIts(to.name)));
}

// The names of components.

export const browserOf = ({ from, to }: Link) => `${from}@${to.name}`;
export const clientOf = (connection: ConnectionName) => `${connection}/client`;
export const wireOf = (connection: ConnectionName) => `${connection}/wire`;
export const serverOf = (connection: ConnectionName) => `${connection}/server`;
export const pageOf = (connection: ConnectionName) => `${connection}/page`;
