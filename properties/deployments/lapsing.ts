/** A server at which a sign-in is good for one request, and clients that know this or do not. */
import { INITIATOR, type Initiator } from '../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../machines/ntlm/policy.ts';
import type { Topology } from '../../machines/system/topology.ts';
import { host, SMALL, user } from './defaults.ts';

/** IIS with authPersistSingleRequest: each request needs its own sign-in. */
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

/** After a 401 the client repeats its request, without end (curl issue 363). */
export const ASSUMES_PERSISTENCE: Topology = singleRequest('assumes-persistence', 'repeats');

export const LAPSING: readonly Topology[] = [SINGLE_REQUEST, ASSUMES_PERSISTENCE];
