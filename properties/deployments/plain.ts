/** Deployments without an adversary, proxy, pool or redirect. */
import type { Bounds, Topology } from '../../machines/system/topology.ts';
import { chain, host, SMALL, user, visitors } from './defaults.ts';

/** Microsoft Q183545: a browser, a web server, and a mailbox on another server. */
export const ARTICLE: Topology = {
  name: 'article',
  compare: ['NTLM', 'Basic'],
  programs: [],
  adversary: null,
  users: visitors(['frontEnd'], 'alice'),
  hosts: chain(['frontEnd', null], ['mailbox', null]),
  bounds: { ...SMALL, wrongPasswords: true },
};

/** The user may visit the mailbox too: the second hop fails, although the user has access. */
export const DIRECT_LINK: Topology = {
  name: 'direct-link',
  compare: [],
  programs: [],
  adversary: null,
  users: visitors(['frontEnd', 'mailbox'], 'alice'),
  hosts: chain(['frontEnd', 'NTLM'], ['mailbox', 'NTLM']),
  bounds: SMALL,
};

/** Two users whose passwords pass through one front end, which shares its connections. */
export const BASIC_THEN_NTLM: Topology = {
  name: 'basic-then-ntlm',
  compare: [],
  programs: [],
  adversary: null,
  users: visitors(['frontEnd'], 'alice', 'bob'),
  hosts: chain(['frontEnd', 'Basic'], ['mailbox', 'NTLM']),
  bounds: SMALL,
};

/** The password passes the first hop, NTLM stops at the second. */
export const THREE_HOPS: Topology = {
  name: 'three-hops',
  compare: [],
  programs: [],
  adversary: null,
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
  programs: [],
  adversary: null,
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
  programs: [],
  adversary: null,
  users: visitors(['mailbox'], 'alice'),
  hosts: chain(['mailbox', 'NTLM']),
  bounds: { ...SMALL, wrongPasswords: true },
};

/** A client that answers the challenge of one connection on another. */
export const HANDSHAKES_PER_HOST: Topology = {
  name: 'handshakes-per-host',
  compare: [],
  programs: [],
  adversary: null,
  users: [user('alice', ['mailbox'], { handshake: 'host' })],
  hosts: chain(['mailbox', 'NTLM']),
  bounds: { ...SMALL, connections: 2 },
};

/** The topologies that ship as files. */
export const SHIPPED: readonly Topology[] = [
  ARTICLE,
  DIRECT_LINK,
  BASIC_THEN_NTLM,
  THREE_HOPS,
  TWO_USERS,
  NETWORK_LOGON,
  HANDSHAKES_PER_HOST,
];

const wider = (topology: Topology, name: string, bounds: Partial<Bounds>): Topology => ({
  ...topology,
  name,
  bounds: { ...topology.bounds, ...bounds },
});

export const STAYING_OPEN = wider(SINGLE, 'single, connections stay open', { closing: false });

export const SINGLE_2_CONNECTIONS = wider(SINGLE, 'single, 2 connections', { connections: 2 });

export const ARTICLE_EVERY_PAGE = wider(ARTICLE, 'article, every page', {
  pages: ['default', 'logonForm', 'mailbox'],
});

export const PLAIN: readonly Topology[] = [
  ...SHIPPED,
  SINGLE,
  STAYING_OPEN,
  SINGLE_2_CONNECTIONS,
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
