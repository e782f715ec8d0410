/** What comes of connections that are shared or used again too freely, and of redirects. */
import { POOL_KEY, type PoolKeyComponent } from '../../../machines/vocabulary/purpose.ts';
import { everyRequestCompletes } from '../../claims/liveness.ts';
import { persistentAuthFlag, upgradedWhileOpen } from '../../claims/persistence.ts';
import { poolKeepsApart } from '../../claims/pools.ts';
import { deadlockFree } from '../../claims/reachable.ts';
import { passwordStaysInItsSpace } from '../../claims/redirects.ts';
import { deploymentOf } from '../../deployments/deployments.ts';
import { ASSUMES_PERSISTENCE, SINGLE_REQUEST } from '../../deployments/lapsing.ts';
import {
  NONE_GIVEN,
  NONE_GIVEN_FULL_KEY,
  poolFor,
  poolWithout,
  SEEN_IN,
} from '../../deployments/with-pools.ts';
import { REDIRECT_TO_ADVERSARY } from '../../deployments/with-redirects.ts';
import { faultCalled } from '../faults.ts';
import { type Attack, between, through } from './attack.ts';

const AS: Readonly<Record<PoolKeyComponent, string>> = {
  credentials: "one user's request goes out as another's",
  ambientIdentity: 'a request goes out as whom the program ran as before',
  origin: 'a request to one origin goes out as it was signed in for at another',
  proxyCredentials: "a request goes through the proxy on somebody else's sign-in there",
  delegation: 'a request goes out with more of the identity handed on than it allows',
};

export const CONNECTION_ATTACKS: readonly Attack[] = [
  ...POOL_KEY.map((part) =>
    between(poolFor(part), poolWithout(part), {
      id: `pool-without-${part}`,
      name: AS[part],
      seenIn: `curl, ${SEEN_IN[part]}`,
      dropped: `${part}, out of what is compared before a connection is used again`,
      claim: poolKeepsApart,
    }),
  ),
  between(NONE_GIVEN_FULL_KEY, NONE_GIVEN, {
    id: 'pool-none-given',
    name: "a request without credentials goes out on a connection that is somebody's",
    seenIn: 'curl, CVE-2015-3143',
    dropped: 'credentials, as above, where some requests have none',
    claim: poolKeepsApart,
  }),
  through(faultCalled('never-upgraded'), {
    id: 'over-strict-reuse',
    name: "a connection that is nobody's yet is of no use to anybody",
    seenIn: 'curl issue 21307, test 338',
    dropped: "what is nobody's is free for all",
    claim: deadlockFree,
  }),
  through(faultCalled('never-upgraded'), {
    id: 'no-upgrade',
    name: 'the same, as what can never come about while the connection stays open',
    seenIn: 'as above',
    dropped: "what is nobody's is free for all",
    claim: upgradedWhileOpen,
  }),
  through(faultCalled('credentials-follow-redirect'), {
    id: 'redirect-takes-password',
    name: 'Basic sent beyond its protection space after a redirect',
    seenIn: 'curl, CVE-2026-86413, CVE-2026-94265',
    dropped: 'nothing goes along to another protection space',
    claim: passwordStaysInItsSpace,
  }),
  through(
    {
      ...faultCalled('credentials-follow-redirect'),
      deployment: deploymentOf(REDIRECT_TO_ADVERSARY, 'Basic'),
    },
    {
      id: 'redirect-steals-password',
      name: 'the same, and the other host is the adversary',
      seenIn: 'as above',
      dropped: 'nothing goes along to another protection space',
      claim: passwordStaysInItsSpace,
    },
  ),
  through(faultCalled('flag-outlives-401'), {
    id: 'stale-flag',
    name: 'a client that goes on believing, after a 401, that it is signed in',
    seenIn: 'MS-N2HT 3.2.5 forbids it',
    dropped: 'a 401 resets persistent-auth-value',
    claim: persistentAuthFlag,
  }),
  between(SINGLE_REQUEST, ASSUMES_PERSISTENCE, {
    id: 'assumed-persistence',
    name: 'endless 401: the request is repeated, and the sign-in never is',
    seenIn: 'curl issue 363; IIS with authPersistSingleRequest',
    dropped: 'clients know that a sign-in can lapse',
    claim: everyRequestCompletes,
  }),
];
