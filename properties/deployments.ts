/** The deployments that the catalogue speaks of. Those that ship as files equal these. */
import { STANDARD } from '../machines/ntlm/policy.ts';
import type { Bounds, Deployment, Host, Mechanism, Topology } from '../machines/system/topology.ts';
import { deploymentsOf } from '../machines/system/topology.ts';

/** The smallest bounds in which nothing that the claims speak of is hidden. */
export const SMALL: Bounds = {
  connections: 1,
  challenges: 2,
  pages: ['mailbox'],
  wrongPasswords: false,
  closing: true,
};

export const host = (name: string, options: Partial<Omit<Host, 'name'>> = {}): Host => ({
  name,
  accepts: null,
  callsOn: null,
  policy: STANDARD,
  logonMethod: 'ClearText',
  ...options,
});

/** Hosts in a row, each calling on the next. */
export const chain = (...links: readonly (readonly [string, Mechanism | null])[]): Host[] =>
  links.map(([name, accepts], i) => host(name, { accepts, callsOn: links[i + 1]?.[0] ?? null }));

export const visitors = (visits: readonly string[], ...names: readonly string[]) =>
  names.map((name) => ({ name, visits }));

/** Microsoft Q183545: a browser, a web server, and a mailbox on another server. */
export const ARTICLE: Topology = {
  name: 'article',
  compare: ['NTLM', 'Basic'],
  users: visitors(['frontEnd'], 'alice'),
  hosts: chain(['frontEnd', null], ['mailbox', null]),
  bounds: { ...SMALL, wrongPasswords: true },
};

/** The user may visit the mailbox too, so that what stops is the hop and not the user. */
export const DIRECT_LINK: Topology = {
  name: 'direct-link',
  compare: [],
  users: visitors(['frontEnd', 'mailbox'], 'alice'),
  hosts: chain(['frontEnd', 'NTLM'], ['mailbox', 'NTLM']),
  bounds: SMALL,
};

/** Two users whose passwords come through one middle tier: whose connection is it? */
export const BASIC_THEN_NTLM: Topology = {
  name: 'basic-then-ntlm',
  compare: [],
  users: visitors(['frontEnd'], 'alice', 'bob'),
  hosts: chain(['frontEnd', 'Basic'], ['mailbox', 'NTLM']),
  bounds: SMALL,
};

/** The password passes the first hop, NTLM stops at the second. */
export const THREE_HOPS: Topology = {
  name: 'three-hops',
  compare: [],
  users: visitors(['frontEnd'], 'alice'),
  hosts: chain(['frontEnd', 'Basic'], ['middle', 'NTLM'], ['mailbox', 'NTLM']),
  bounds: SMALL,
};

export const TWO_USERS: Topology = {
  ...ARTICLE,
  name: 'two-users',
  users: visitors(['frontEnd'], 'alice', 'bob'),
  bounds: SMALL,
};

/** Basic whose logon keeps no password: the second hop stops, though the first learned it. */
export const NETWORK_LOGON: Topology = {
  name: 'network-logon',
  compare: [],
  users: visitors(['frontEnd'], 'alice'),
  hosts: [
    host('frontEnd', { accepts: 'Basic', callsOn: 'mailbox', logonMethod: 'Network' }),
    host('mailbox', { accepts: 'Basic' }),
  ],
  bounds: SMALL,
};

/** One server that accepts NTLM, and nothing behind it. */
export const SINGLE: Topology = {
  name: 'single',
  compare: [],
  users: visitors(['mailbox'], 'alice'),
  hosts: chain(['mailbox', 'NTLM']),
  bounds: { ...SMALL, wrongPasswords: true },
};

export const SHIPPED: readonly Topology[] = [
  ARTICLE,
  DIRECT_LINK,
  BASIC_THEN_NTLM,
  THREE_HOPS,
  TWO_USERS,
  NETWORK_LOGON,
];

const wider = (topology: Topology, name: string, bounds: Partial<Bounds>): Topology => ({
  ...topology,
  name,
  bounds: { ...topology.bounds, ...bounds },
});

export const STAYING_OPEN = wider(SINGLE, 'single, connections stay open', { closing: false });

export const ARTICLE_EVERY_PAGE = wider(ARTICLE, 'article, every page', {
  pages: ['default', 'logonForm', 'mailbox'],
});

/** Everything that is exhausted and pinned: what ships, and wider bounds. */
export const TOPOLOGIES: readonly Topology[] = [
  ...SHIPPED,
  SINGLE,
  STAYING_OPEN,
  ARTICLE_EVERY_PAGE,
  wider(ARTICLE, 'article, 2 connections', { connections: 2, wrongPasswords: false }),
  wider(
    { ...ARTICLE, hosts: chain(['frontEnd', null], ['middle', null], ['mailbox', null]) },
    '3 hops, 2 connections',
    {
      connections: 2,
      wrongPasswords: false,
    },
  ),
  {
    ...TWO_USERS,
    name: 'two users, 3 hops',
    hosts: chain(['frontEnd', null], ['middle', null], ['mailbox', null]),
  },
  { ...THREE_HOPS, name: 'three-hops, two users', users: TWO_USERS.users },
  {
    ...BASIC_THEN_NTLM,
    name: 'basic-then-ntlm, 1 user, 2 connections',
    users: ARTICLE.users,
    bounds: { ...SMALL, connections: 2 },
  },
];

export const DEPLOYMENTS: readonly Deployment[] = TOPOLOGIES.flatMap(deploymentsOf);

/** The only deployment of a topology that compares nothing, or the one with `mechanism`. */
export function deploymentOf(topology: Topology, mechanism?: Mechanism): Deployment {
  const found = deploymentsOf(topology)[mechanism ? topology.compare.indexOf(mechanism) : 0];
  if (found === undefined) throw new TypeError(`${topology.name} does not compare ${mechanism}`);
  return found;
}

export const SINGLE_OPEN: Deployment = deploymentOf(STAYING_OPEN);
