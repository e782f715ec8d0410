/** Programs that share a pool of connections, with the full key and with each part left out. */

import type { Topology } from '../../machines/system/topology.ts';
import {
  POOL_KEY,
  type PoolKeyComponent,
  type Purpose,
} from '../../machines/vocabulary/purpose.ts';
import { host, SMALL, user } from './defaults.ts';

/** As the program's own account, and without a proxy. */
const PLAIN: Purpose = {
  credentials: null,
  ambientIdentity: 'operator',
  origin: 'mailbox',
  proxyCredentials: null,
  delegation: 'none',
};

/** For each part of the key, two purposes that differ in nothing else. */
export const DIFFERING: Readonly<Record<PoolKeyComponent, readonly [Purpose, Purpose]>> = {
  credentials: [
    { ...PLAIN, credentials: 'alice' },
    { ...PLAIN, credentials: 'bob' },
  ],
  ambientIdentity: [
    { ...PLAIN, ambientIdentity: 'alice' },
    { ...PLAIN, ambientIdentity: 'bob' },
  ],
  origin: [PLAIN, { ...PLAIN, origin: 'archive' }], // two names of one host
  proxyCredentials: [
    { ...PLAIN, proxyCredentials: 'alice' },
    { ...PLAIN, proxyCredentials: 'bob' },
  ],
  delegation: [PLAIN, { ...PLAIN, delegation: 'always' }],
};

/** Advisories of curl for keys without this part. */
export const SEEN_IN: Readonly<Record<PoolKeyComponent, string>> = {
  credentials: 'CVE-2014-0015, CVE-2015-3143',
  ambientIdentity: 'CVE-2026-19931',
  origin: 'CVE-2026-87861',
  proxyCredentials: 'CVE-2016-0755, CVE-2026-3784',
  delegation: 'CVE-2023-27536',
};

export const pool = (
  name: string,
  poolKey: readonly PoolKeyComponent[],
  tasks: readonly Purpose[],
  connections = 1,
): Topology => ({
  name,
  compare: [],
  users: ['alice', 'bob', 'operator'].map((account) => user(account, [])),
  hosts: [host('mailbox', { accepts: 'NTLM' })],
  programs: [
    {
      name: 'service',
      connectsTo: 'mailbox',
      poolKey,
      tasks,
      keepAlive: true,
      handshake: 'connection',
    },
  ],
  adversary: null,
  bounds: { ...SMALL, challenges: 1, connections },
});

/** The pool compares every part, as Apache HttpClient does, and its tasks differ in every part. */
export const CURL_LIKE_POOL: Topology = pool(
  'curl-like-pool',
  POOL_KEY,
  [PLAIN, ...POOL_KEY.map((part) => DIFFERING[part][1])],
  2,
);

/** The smallest pool in which one user's sign-in could serve another user. */
export const TWO_USERS_POOL: Topology = pool('pool for two users', POOL_KEY, DIFFERING.credentials);

/** The full key, and tasks that differ in one part alone. */
export const poolFor = (part: PoolKeyComponent): Topology =>
  pool(`pool of requests that differ in ${part}`, POOL_KEY, DIFFERING[part]);

/** The key with one part left out, and tasks that differ in that part alone. */
export const poolWithout = (part: PoolKeyComponent): Topology =>
  pool(
    `pool key without ${part}`,
    POOL_KEY.filter((other) => other !== part),
    DIFFERING[part],
  );

/** A key of only the part in which the tasks differ: as good as the full key for these tasks. */
export const poolWithOnly = (part: PoolKeyComponent): Topology =>
  pool(`pool key of ${part} alone`, [part], DIFFERING[part]);

/** Some requests are given credentials, and some are not. */
const SOME_GIVEN: readonly Purpose[] = [DIFFERING.credentials[0], PLAIN];
export const NONE_GIVEN_FULL_KEY: Topology = pool(
  'pool of requests, some without credentials',
  POOL_KEY,
  SOME_GIVEN,
);
export const NONE_GIVEN: Topology = pool(
  'pool key without credentials, where some have none',
  POOL_KEY.filter((part) => part !== 'credentials'),
  SOME_GIVEN,
);

export const POOLS: readonly Topology[] = [
  CURL_LIKE_POOL,
  TWO_USERS_POOL,
  ...POOL_KEY.map(poolFor),
  ...POOL_KEY.map(poolWithout),
  NONE_GIVEN_FULL_KEY,
  NONE_GIVEN,
];
