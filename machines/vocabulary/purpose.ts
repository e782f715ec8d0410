/**
 * What a request of a program is for, and what a client has to tell apart before it uses a
 * connection again: where the sign-in is the connection's, all of this is.
 *
 * @source RFC 4559 6; RFC 9110 16.4.2; curl CVE-2014-0015 and later ones
 */
import type { HostName, UserName } from './terms.ts';

/** What one connection may have to differ in from another before a client keeps them apart. */
export const POOL_KEY = [
  'credentials',
  'ambientIdentity',
  'origin',
  'proxyCredentials',
  'delegation',
] as const;
export type PoolKeyComponent = (typeof POOL_KEY)[number];

/** What a request of a program is for, and in whose name. */
export type Purpose = {
  readonly credentials: UserName | null; // given explicitly; null: those of `ambientIdentity`
  readonly ambientIdentity: UserName; // whom the program runs as meanwhile
  readonly origin: HostName;
  readonly proxyCredentials: UserName | null; // for the proxy on the way; null: none
  readonly delegation: 'none' | 'policy' | 'always'; // how much of itself it hands on
};

/** True of two purposes between which nothing that `key` compares makes a difference. */
export const areAlike = (key: readonly PoolKeyComponent[], one: Purpose, other: Purpose): boolean =>
  key.every((component) => one[component] === other[component]);
