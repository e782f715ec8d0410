/** Hosts that redirect their visitors to another host. */
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

/** The front end redirects its visitors to the mailbox. */
export const REDIRECT: Topology = redirect('redirect', 'mailbox');

/** The front end redirects its visitors to mallory's host, which may redirect them back. */
export const REDIRECT_TO_ADVERSARY: Topology = {
  ...redirect('redirect-to-adversary', 'evil'),
  adversary: mallory(['evil'], ['redirect']),
};

/** Only mallory's host redirects, to the mailbox. */
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
