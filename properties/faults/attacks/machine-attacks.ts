/** What one mistake in one machine comes to, where the world has a name for it. */

import { servedAsTheConnectionsIdentity } from '../../claims/agreement.ts';
import { ownChallengeOnly } from '../../claims/challenges.ts';
import { doubleHopStops } from '../../claims/double-hop.ts';
import { everyRequestCompletes, retriesAreBounded } from '../../claims/liveness.ts';
import { faultCalled } from '../faults.ts';
import { type Attack, through } from './attack.ts';

export const MACHINE_ATTACKS: readonly Attack[] = [
  through(faultCalled('token-keeps-password'), {
    id: 'token-keeps-password',
    name: 'the second hop passes: a sign-in leaves what it was made with',
    seenIn: 'KB Q183545, as what Basic does',
    dropped: 'an NTLM sign-in leaves a token and no password',
    claim: doubleHopStops,
  }),
  through(faultCalled('challenge-not-compared'), {
    id: 'type-3-interleave',
    name: "type-3 interleave: an answer to one connection's challenge, accepted on another",
    seenIn: 'express-ntlm issue 17; node-http-proxy issue 1500',
    dropped: 'each connection has its own challenge',
    claim: ownChallengeOnly,
  }),
  through(faultCalled('pool-ignores-user'), {
    id: 'wrong-user-in-pool',
    name: "one user's request on a connection that a front end signed in as another",
    seenIn: 'curl, CVE-2014-0015 and CVE-2015-3143; KB Q332142 and Q217144 are of this kind',
    dropped: 'a connection is for the user it was signed in as',
    claim: servedAsTheConnectionsIdentity,
  }),
  through(faultCalled('tries-for-ever'), {
    id: 'retry-loop',
    name: 'a wrong password tried without end, until the account is locked',
    seenIn: 'YARP issue 1285; axios-ntlm',
    dropped: 'one handshake for one request',
    claim: retriesAreBounded,
  }),
  through(faultCalled('tries-for-ever'), {
    id: 'endless-request',
    name: 'the same, as a request that never ends',
    seenIn: 'as above',
    dropped: 'one handshake for one request',
    claim: everyRequestCompletes,
  }),
];
