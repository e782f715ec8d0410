/**
 * The names that may be exchanged in a deployment: users who differ only in their names, and the
 * connections of one party to another. The checker verifies what is declared here.
 *
 * - Challenges are not exchanged. Serials are issued in turn and restart with the connection, so a
 *   server that issued the second one first would be another server.
 * - Connections to a reverse proxy take its paths in turn. Only those of one path are exchanged.
 * - Where hosts redirect, a browser follows on the user's first connection.
 * - Next to an adversary no names are exchanged: it keeps responses in the order of their texts and
 *   replays the first or the second.
 * - Hosts are not exchanged.
 */
import type { ConnectionName } from '../vocabulary/terms.ts';
import { type Link, linksOf } from './links.ts';
import { CONNECTIONS } from './most-general-system.ts';
import { isProxy, pathOf } from './proxies.ts';
import type { Deployment, User } from './topology.ts';

/** A permutation of names, with its description. */
export type Renaming = { readonly name: string; readonly of: ReadonlyMap<string, string> };

export type Symmetry = {
  readonly tokens: RegExp; // the names of parties and connections, wherever they stand in a text
  readonly renamings: readonly Renaming[];
  /** By machine: fields of its input that differ between its instances, and make no difference. */
  readonly keeps: Readonly<Record<string, readonly string[]>>;
};

/** A connection's name before a party's: `alice>frontEnd#1/wire` has no token `alice`. */
const TOKENS = /[\w.-]+(?:>[\w.-]+#\d+)?/g;

/** Without redirects, a browser does not use the connection on which it would follow one. */
const KEEPS = { browser: ['via'] } as const;

export function symmetryOf(deployment: Deployment): Symmetry {
  const renamings = [...exchangedUsers(deployment), ...exchangedConnections(deployment)];
  return {
    tokens: TOKENS,
    renamings: deployment.adversary === null ? renamings : [],
    keeps: KEEPS,
  };
}

/** The two connections of one server against the most general client. */
export const MOST_GENERAL_CLIENT_SYMMETRY: Symmetry = {
  tokens: TOKENS,
  renamings: [exchange(CONNECTIONS[0], CONNECTIONS[1])],
  keeps: {},
};

function exchange(
  one: string,
  other: string,
  along: readonly (readonly [string, string])[] = [],
): Renaming {
  const pairs = [[one, other] as const, ...along];
  const both = pairs.flatMap(([a, b]): [string, string][] => [
    [a, b],
    [b, a],
  ]);
  return { name: `${one} and ${other}`, of: new Map(both) };
}

const pairsOf = <Some>(all: readonly Some[]): readonly (readonly [Some, Some])[] =>
  all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other] as const));

function exchangedConnections(deployment: Deployment): readonly Renaming[] {
  const redirects = deployment.hosts.some(({ redirectsTo }) => redirectsTo !== null);
  return linksOf(deployment).flatMap((link) => {
    const isFollowed = redirects && deployment.users.some(({ name }) => name === link.from);
    return pairsOf(link.connections.slice(isFollowed ? 1 : 0))
      .filter(([one, other]) => comeAlike(deployment, [link, one], [link, other]))
      .map(([one, other]) => exchange(one, other));
  });
}

/** True unless they come by paths of a proxy that differ. */
const comeAlike = (
  deployment: Deployment,
  [link, one]: readonly [Link, ConnectionName],
  [otherLink, other]: readonly [Link, ConnectionName],
): boolean =>
  !isProxy(link.to) || pathOf(deployment, link, one) === pathOf(deployment, otherLink, other);

function exchangedUsers(deployment: Deployment): readonly Renaming[] {
  const { users, programs } = deployment;
  const named = new Set(programs.flatMap(({ tasks }) => tasks.flatMap((t) => Object.values(t))));
  const acting = users.filter(({ name, visits }) => visits.length > 0 || named.has(name));
  return pairsOf(acting)
    .filter(([one, other]) => areAlike(one, other))
    .flatMap(([one, other]) => {
      const connections = connectionsOfBoth(deployment, one, other);
      const renaming = exchange(one.name, other.name, connections ?? []);
      return connections !== null && isAskedAlike(deployment, renaming) ? [renaming] : [];
    });
}

/** Whether two users differ only in their names and in the order of their visits. */
const areAlike = (one: User, other: User): boolean => {
  const rest = ({ name: _, visits, ...user }: User) =>
    JSON.stringify({ ...user, visits: visits.toSorted() });
  return rest(one) === rest(other);
};

/** Each connection of one with the other's to the same host. Null: some are not alike. */
function connectionsOfBoth(
  deployment: Deployment,
  one: User,
  other: User,
): readonly (readonly [ConnectionName, ConnectionName])[] | null {
  const linksFrom = ({ name }: User) => linksOf(deployment).filter(({ from }) => from === name);
  const others = linksFrom(other);
  const pairs = linksFrom(one).flatMap((link) => {
    const otherLink = others.find(({ to }) => to === link.to)!; // they visit the same hosts
    return link.connections.map((connection, i) => ({
      link,
      connection,
      otherLink,
      other: otherLink.connections[i]!,
    }));
  });
  const isSo = pairs.every((p) =>
    comeAlike(deployment, [p.link, p.connection], [p.otherLink, p.other]),
  );
  return isSo ? pairs.map((p) => [p.connection, p.other] as const) : null;
}

/** True where each program would ask for the same, if the names were exchanged in all it asks. */
const isAskedAlike = ({ programs }: Deployment, { of }: Renaming): boolean =>
  programs.every(({ tasks }) => {
    const keys = tasks.map((task) => JSON.stringify(Object.entries(task).sort()));
    return tasks.every((task) => {
      const fields = Object.entries(task).map(([part, name]) => [part, of.get(name!) ?? name]);
      return keys.includes(JSON.stringify(fields.sort()));
    });
  });
