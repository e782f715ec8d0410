/** Hosts that send their visitors to another one. */
import type { Topology } from '../../machines/system/topology.ts';
import { host, SMALL, user } from './defaults.ts';
import { mallory } from './with-adversary.ts';

const redirect = (name: string, to: string): Topology => ({
  name,
  compare: ['Basic', 'NTLM'],
  users: [user('alice', ['frontEnd', to])],
  hosts: [host('frontEnd', { redirectsTo: to }), host(to)],
  programs: [],
  adversary: null,
  bounds: SMALL,
});

/** The mailboxes have moved: whoever signs in at the front end is sent on. */
export const REDIRECT: Topology = redirect('redirect', 'mailbox');

/** They have moved to a host of mallory's, or somebody says so. It may send its visitors back. */
export const REDIRECT_TO_ADVERSARY: Topology = {
  ...redirect('redirect-to-adversary', 'evil'),
  adversary: mallory(['evil'], ['redirect']),
};

/** All hosts but mallory's stay where they are, and mallory's sends its visitors to one of them. */
export const REDIRECT_BY_ADVERSARY: Topology = {
  name: 'redirect-by-adversary',
  compare: ['Basic', 'NTLM'],
  users: [user('alice', ['evil', 'mailbox'])],
  hosts: [host('evil'), host('mailbox')],
  programs: [],
  adversary: mallory(['evil'], ['redirect']),
  bounds: SMALL,
};

export const REDIRECTING: readonly Topology[] = [
  REDIRECT,
  REDIRECT_TO_ADVERSARY,
  REDIRECT_BY_ADVERSARY,
];
