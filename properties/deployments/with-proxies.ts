/**
 * Deployments with a reverse proxy. Alice and Bob visit the mailbox through it; the question is
 * whose upstream connection each of them gets.
 */
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import type { Bounds, Host, Topology, Upstream, User } from '../../machines/system/topology.ts';
import { host, SMALL, user } from './defaults.ts';

type Scene = {
  readonly paths: readonly Upstream[];
  readonly users?: readonly User[];
  readonly proxy?: Partial<Host>;
  readonly mailbox?: Partial<Host>;
  readonly bounds?: Partial<Bounds>;
};

const ALICE = user('alice', ['proxy']);
const BOB = user('bob', ['proxy']);

/** Each user has one connection to the proxy, which has one connection to the mailbox. */
const scene = (name: string, { paths, users, proxy, mailbox, bounds }: Scene): Topology => ({
  name,
  compare: [],
  users: users ?? [ALICE, BOB],
  hosts: [
    host('proxy', { callsOn: 'mailbox', paths, ...proxy }),
    host('mailbox', { accepts: 'NTLM', ...mailbox }),
  ],
  programs: [],
  adversary: null,
  bounds: { ...SMALL, ...bounds },
});

export const PINNED_PROXY = scene('pinned-proxy', { paths: ['pinned'] });
export const POOLING_PROXY = scene('pooling-proxy', { paths: ['pooled'] });
export const POOLING_PROXY_BASIC = scene('pooling-proxy-basic', {
  paths: ['pooled'],
  mailbox: { accepts: 'Basic' },
});
export const CLOSING_PROXY_BASIC = scene('closing-proxy-basic', {
  paths: ['closing'],
  mailbox: { accepts: 'Basic' },
});

/**
 * Alice uses the first path, Bob the second: HTTP/1.1 and HTTP/3, say. A path that does not pin can
 * use a connection that the other path has pinned. In Traefik, that path had a pool of its own,
 * which both users shared.
 */
export const TWO_PATHS_PINNED = scene('two-paths-pinned', { paths: ['pinned', 'pinned'] });
export const TWO_PATHS_ONE_POOLED = scene('two-paths-one-pooled', { paths: ['pinned', 'pooled'] });
export const TWO_PATHS_ONE_CLOSING = scene('two-paths-one-closing', {
  paths: ['pinned', 'closing'],
});

/**
 * Alice alone, with two connections to the proxy and two behind it: the messages of one handshake
 * can use different upstream connections. One challenge for each connection suffices, and none
 * needs to close.
 */
const ROTATING = {
  users: [ALICE],
  bounds: { connections: 2, challenges: 1, closing: false },
} as const;
export const ROTATING_PROXY = scene('rotating-proxy', { ...ROTATING, paths: ['pooled'] });
/** Connections close, so that a sign-in can still be reached. */
export const ROTATING_PROXY_CLOSING = scene('rotating-proxy, connections close', {
  ...ROTATING,
  paths: ['pooled'],
  bounds: { ...ROTATING.bounds, closing: true },
});
/** Each connection has its own behind the proxy. */
export const PINNED_PROXY_TWO_CONNECTIONS = scene('pinned-proxy, 2 connections', {
  ...ROTATING,
  paths: ['pinned'],
});

/** One user and one connection, so that no other user interferes. */
export const PINNED_PROXY_ALONE = scene('pinned-proxy, 1 user', {
  paths: ['pinned'],
  users: [ALICE],
});
export const POOLING_PROXY_ALONE = scene('pooling-proxy, 1 user', {
  paths: ['pooled'],
  users: [ALICE],
});

export const CLOSING_PROXY = scene('closing-proxy', { paths: ['closing'], users: [ALICE] });

/** The client takes its sign-in to last, and learns that it lapsed when its connection closes. */
export const PINNED_PROXY_TRUSTING_CLIENT = scene(
  'pinned-proxy, a client that trusts its sign-in',
  {
    paths: ['pinned'],
    users: [{ ...ALICE, initiator: { ...INITIATOR, afterLapse: 'repeats' } }],
  },
);

/** The mailbox requires channel binding, and TLS ends at the proxy. */
const BOUND = {
  users: [ALICE],
  mailbox: {
    certificate: 'mailbox',
    defences: { ...host('mailbox').defences, channelBinding: 'required' },
  },
} as const;
export const BOUND_BEHIND_PROXY = scene('proxy-own-certificate', {
  ...BOUND,
  paths: ['pinned'],
  proxy: { certificate: 'proxy' },
});
export const BOUND_BEHIND_SAME_CERTIFICATE = scene('proxy-same-certificate', {
  ...BOUND,
  paths: ['pinned'],
  proxy: { certificate: 'mailbox' },
});

export const WITH_PROXIES: readonly Topology[] = [
  PINNED_PROXY,
  POOLING_PROXY,
  CLOSING_PROXY,
  POOLING_PROXY_BASIC,
  CLOSING_PROXY_BASIC,
  TWO_PATHS_PINNED,
  TWO_PATHS_ONE_POOLED,
  TWO_PATHS_ONE_CLOSING,
  ROTATING_PROXY,
  ROTATING_PROXY_CLOSING,
  PINNED_PROXY_TWO_CONNECTIONS,
  PINNED_PROXY_ALONE,
  POOLING_PROXY_ALONE,
  PINNED_PROXY_TRUSTING_CLIENT,
  BOUND_BEHIND_PROXY,
  BOUND_BEHIND_SAME_CERTIFICATE,
];
