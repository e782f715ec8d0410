/** How long a sign-in lasts at the server, and how long the client believes that it does. */
import { INITIATOR, type Initiator } from '../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import type { Topology } from '../../machines/system/topology.ts';
import { host, SMALL, user } from './defaults.ts';

/** IIS with authPersistSingleRequest: each request is signed in for anew. */
const singleRequest = (name: string, afterLapse: Initiator['afterLapse']): Topology => ({
  name,
  compare: [],
  users: [user('alice', ['mailbox'], { initiator: { ...INITIATOR, afterLapse } })],
  hosts: [host('mailbox', { accepts: 'NTLM', policy: { ...STANDARD, persistence: 'request' } })],
  programs: [],
  adversary: null,
  bounds: SMALL,
});

export const SINGLE_REQUEST: Topology = singleRequest('single-request', 'authenticates');

/** Told 401, the client repeats its request, and so for ever (curl issue 363). */
export const ASSUMES_PERSISTENCE: Topology = singleRequest('assumes-persistence', 'repeats');

export const LAPSING: readonly Topology[] = [SINGLE_REQUEST, ASSUMES_PERSISTENCE];
