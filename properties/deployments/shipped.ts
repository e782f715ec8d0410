/** The topologies that ship with the package as `topologies/*.yaml`. */
import type { Topology } from '../../machines/system/topology.ts';
import { SHIPPED as WITHOUT_ADVERSARY } from './plain.ts';
import * as adversary from './with-adversary.ts';
import * as pool from './with-pools.ts';
import * as proxies from './with-proxies.ts';
import * as redirect from './with-redirects.ts';

const CURL_LIKE_POOL_NO_CREDENTIALS: Topology = {
  ...pool.poolWithout('credentials'),
  name: 'curl-like-pool-no-credentials',
};

export const SHIPPED: readonly Topology[] = [
  ...WITHOUT_ADVERSARY,
  adversary.RELAY,
  adversary.RELAY_CHANNEL_BINDING,
  adversary.RELAY_SHARED_CERTIFICATE,
  adversary.STATIC_CHALLENGE,
  adversary.REFLECTION,
  proxies.PINNED_PROXY,
  proxies.POOLING_PROXY,
  proxies.CLOSING_PROXY,
  pool.CURL_LIKE_POOL,
  CURL_LIKE_POOL_NO_CREDENTIALS,
  redirect.REDIRECT,
  redirect.REDIRECT_TO_ADVERSARY,
];
