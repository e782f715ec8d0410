/** Attacks on connections that are shared or reused too freely, and on redirects. */
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

const NAMES: Readonly<Record<PoolKeyComponent, string>> = {
  credentials: "a pool sends one user's request as another user",
  ambientIdentity: 'a pool sends a request as the account that the program ran as before',
  origin: 'a pool sends a request to one origin on a connection signed in for another',
  proxyCredentials: "a pool sends a request through a proxy on another user's sign-in there",
  delegation: 'a pool sends a request on a connection that delegates more than the request allows',
};

export const CONNECTION_ATTACKS: readonly Attack[] = [
  ...POOL_KEY.map((part) =>
    between(poolFor(part), poolWithout(part), {
      id: `pool-without-${part}`,
      name: NAMES[part],
      seenIn: `curl, ${SEEN_IN[part]}`,
      dropped: `${part} compared before a connection is reused`,
      claim: poolKeepsApart,
    }),
  ),
  between(NONE_GIVEN_FULL_KEY, NONE_GIVEN, {
    id: 'pool-none-given',
    name: 'a pool sends a request without credentials on a connection signed in as a user',
    seenIn: 'curl, CVE-2015-3143',
    dropped: 'credentials compared, where some requests have none',
    claim: poolKeepsApart,
  }),
  through(faultCalled('never-upgraded'), {
    id: 'over-strict-reuse',
    name: 'deadlock: the client uses no open connection that is not signed in yet',
    seenIn: 'curl issue 21307, test 338',
    dropped: 'a connection that is not signed in is free for every user',
    claim: deadlockFree,
  }),
  through(faultCalled('never-upgraded'), {
    id: 'no-upgrade',
    name: 'no sign-in on an open connection, while it stays open',
    seenIn: 'as above',
    dropped: 'a connection that is not signed in is free for every user',
    claim: upgradedWhileOpen,
  }),
  through(faultCalled('credentials-follow-redirect'), {
    id: 'redirect-takes-password',
    name: 'the browser sends a Basic password to the host of a redirect',
    seenIn: 'curl, CVE-2026-86413, CVE-2026-94265',
    dropped: 'credentials stay in their protection space',
    claim: passwordStaysInItsSpace,
  }),
  through(
    {
      ...faultCalled('credentials-follow-redirect'),
      deployment: deploymentOf(REDIRECT_TO_ADVERSARY, 'Basic'),
    },
    {
      id: 'redirect-steals-password',
      name: 'the browser sends a Basic password to the adversary after a redirect',
      seenIn: 'as above',
      dropped: 'credentials stay in their protection space',
      claim: passwordStaysInItsSpace,
    },
  ),
  through(faultCalled('flag-outlives-401'), {
    id: 'stale-flag',
    name: 'a client treats its connection as signed in after a 401',
    seenIn: 'MS-N2HT 3.2.5 forbids it',
    dropped: 'a 401 resets persistent-auth-value',
    claim: persistentAuthFlag,
  }),
  between(SINGLE_REQUEST, ASSUMES_PERSISTENCE, {
    id: 'assumed-persistence',
    name: 'endless 401: the client repeats the request and never the sign-in',
    seenIn: 'curl issue 363; IIS with authPersistSingleRequest',
    dropped: 'clients know that a sign-in can lapse',
    claim: everyRequestCompletes,
  }),
];
