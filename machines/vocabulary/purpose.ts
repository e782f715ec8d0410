/**
 * The purpose of a request, and the attributes that a client compares before it reuses a
 * connection. Where a sign-in belongs to the connection, so do all of these.
 *
 * @source RFC 4559 6; RFC 9110 16.4.2; curl CVE-2014-0015 and later ones
 */
import { same } from './names.ts';
import type { HostName, UserName } from './terms.ts';

/** Attributes compared before a connection is reused. Leave one out, and requests share it. */
export const POOL_KEY = [
  'credentials',
  'ambientIdentity',
  'origin',
  'proxyCredentials',
  'delegation',
] as const;
export type PoolKeyComponent = (typeof POOL_KEY)[number];

/** The purpose of a request. */
export type Purpose = {
  readonly credentials: UserName | null; // explicit ones; null: those of `ambientIdentity`
  readonly ambientIdentity: UserName; // the account that the program runs as
  readonly origin: HostName;
  readonly proxyCredentials: UserName | null; // for a proxy; null: none
  readonly delegation: 'none' | 'policy' | 'always'; // how far the identity may be delegated
};

/** Whether two purposes agree in all attributes that `key` compares. */
export const areAlike = (key: readonly PoolKeyComponent[], one: Purpose, other: Purpose): boolean =>
  key.every((component) => same(one[component], other[component]));

/** The user for whom a request is sent. */
export const userOf = ({ credentials, ambientIdentity }: Purpose): UserName =>
  credentials ?? ambientIdentity;
