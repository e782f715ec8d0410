/** Parts of deployments, with default settings where `options` gives none. */
import { DEFENCES } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import type { Bounds, Host, Mechanism, User } from '../../machines/system/topology.ts';

/** The smallest bounds in which every claim can fail. */
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
  defences: DEFENCES,
  logonMethod: 'ClearText',
  certificate: null,
  names: [name],
  redirectsTo: null,
  paths: [],
  ...options,
});

export const user = (
  name: string,
  visits: readonly string[],
  options: Partial<Omit<User, 'name' | 'visits'>> = {},
): User => ({
  name,
  visits,
  at: null,
  password: 'strong',
  initiator: INITIATOR,
  keepAlive: true,
  handshake: 'connection',
  ...options,
});

/** Hosts in a row, each calling on the next. */
export const chain = (...links: readonly (readonly [string, Mechanism | null])[]): Host[] =>
  links.map(([name, accepts], i) => host(name, { accepts, callsOn: links[i + 1]?.[0] ?? null }));

export const visitors = (visits: readonly string[], ...names: readonly string[]) =>
  names.map((name) => user(name, visits));
