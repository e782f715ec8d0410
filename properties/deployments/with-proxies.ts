/**
 * Deployments with a reverse proxy on the way. Alice and Bob both mean the mailbox; what is at
 * stake is whose connection to it each of them gets.
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

/** Both come in over one connection each, and meet at the one connection behind the proxy. */
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
 * Alice comes by the first path, Bob by the second: over HTTP/1.1 and HTTP/3, say. A path that does
 * not pin gets at what another has pinned; in Traefik it had a pool of its own, and both users came
 * by it.
 */
export const TWO_PATHS_PINNED = scene('two-paths-pinned', { paths: ['pinned', 'pinned'] });
export const TWO_PATHS_ONE_POOLED = scene('two-paths-one-pooled', { paths: ['pinned', 'pooled'] });
export const TWO_PATHS_ONE_CLOSING = scene('two-paths-one-closing', {
  paths: ['pinned', 'closing'],
});

/**
 * Alice alone, over two connections, before two connections: the messages of one handshake can part
 * ways. One challenge for each connection will do, since it is not by their serials that these
 * differ; and none needs to close for it.
 */
const ROTATING = {
  users: [ALICE],
  bounds: { connections: 2, challenges: 1, closing: false },
} as const;
export const ROTATING_PROXY = scene('rotating-proxy', { ...ROTATING, paths: ['pooled'] });
/** Where they do close, what does not happen can still happen. */
export const ROTATING_PROXY_CLOSING = scene('rotating-proxy, connections close', {
  ...ROTATING,
  paths: ['pooled'],
  bounds: { ...ROTATING.bounds, closing: true },
});
/** The same where each connection has its own behind the proxy. */
export const PINNED_PROXY_TWO_CONNECTIONS = scene('pinned-proxy, 2 connections', {
  ...ROTATING,
  paths: ['pinned'],
});

/** Alone, and over one connection: what goes wrong here is nobody else's doing. */
export const PINNED_PROXY_ALONE = scene('pinned-proxy, 1 user', {
  paths: ['pinned'],
  users: [ALICE],
});
export const POOLING_PROXY_ALONE = scene('pooling-proxy, 1 user', {
  paths: ['pooled'],
  users: [ALICE],
});

export const CLOSING_PROXY = scene('closing-proxy', { paths: ['closing'], users: [ALICE] });

/** A client that never hears of a lapse has to be told of it by its connection's end. */
export const PINNED_PROXY_TRUSTING_CLIENT = scene(
  'pinned-proxy, a client that trusts its sign-in',
  {
    paths: ['pinned'],
    users: [{ ...ALICE, initiator: { ...INITIATOR, afterLapse: 'repeats' } }],
  },
);

/** Bound to the channel, which ends at the proxy: its certificate has to be the mailbox's. */
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
