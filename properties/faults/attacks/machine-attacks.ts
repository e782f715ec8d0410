/** Attacks that one fault in one machine makes possible. */

import { servedAsTheConnectionsIdentity } from '../../claims/agreement.ts';
import { ownChallengeOnly } from '../../claims/challenges.ts';
import { doubleHopStops } from '../../claims/double-hop.ts';
import { everyRequestCompletes, retriesAreBounded } from '../../claims/liveness.ts';
import { faultCalled } from '../faults.ts';
import { type Attack, through } from './attack.ts';

export const MACHINE_ATTACKS: readonly Attack[] = [
  through(faultCalled('token-keeps-password'), {
    id: 'token-keeps-password',
    name: 'the second hop passes: an NTLM sign-in leaves the password',
    seenIn: 'KB Q183545, as what Basic does',
    dropped: 'an NTLM sign-in leaves a token, and no password',
    claim: doubleHopStops,
  }),
  through(faultCalled('challenge-not-compared'), {
    id: 'type-3-interleave',
    name: "type-3 interleave: a response to one connection's challenge, accepted on another",
    seenIn: 'express-ntlm issue 17; node-http-proxy issue 1500',
    dropped: 'each connection has its own challenge',
    claim: ownChallengeOnly,
  }),
  through(faultCalled('pool-ignores-user'), {
    id: 'wrong-user-in-pool',
    name: "a front end sends one user's request on a connection signed in as another",
    seenIn: 'curl, CVE-2014-0015 and CVE-2015-3143; KB Q332142 and Q217144 are of this kind',
    dropped: 'a connection serves the user as whom it is signed in',
    claim: servedAsTheConnectionsIdentity,
  }),
  through(faultCalled('tries-for-ever'), {
    id: 'retry-loop',
    name: 'a client retries a wrong password without end, until the account is locked',
    seenIn: 'YARP issue 1285; axios-ntlm',
    dropped: 'one handshake per request',
    claim: retriesAreBounded,
  }),
  through(faultCalled('tries-for-ever'), {
    id: 'endless-request',
    name: 'a client retries a wrong password, and its request never completes',
    seenIn: 'as above',
    dropped: 'one handshake per request',
    claim: everyRequestCompletes,
  }),
];
