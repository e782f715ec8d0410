/**
 * What theory says of servers that answer a failed sign-in with 403: a client takes it for success
 * and believes that its connection is signed in. It never asks the model.
 *
 * @source MS-NTHT 2.2.2 (any return code but 401 represents successful authentication)
 */
import { keepsAlive, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import { type AcceptingHost, behind, type Deployment } from '../../machines/system/topology.ts';
import type { Given } from '../claim.ts';
import { within } from './hypotheses.ts';
import { someMoves } from './moving-handshakes.ts';
import { isAttempted, isTyped, passes } from './passing-hops.ts';

const forbids = (host: AcceptingHost): boolean =>
  isChallenging(host) && host.policy.failureReply === 'forbidden';

/** True where there is no proxy and no adversary. */
const isHonestAndDirect = ({ adversary, hosts }: Deployment): boolean =>
  adversary === null && !hosts.some(isProxy);

/** True where a user who mistypes, or a proof that the server refuses, meets a 403. */
const isMet = (deployment: Deployment): boolean =>
  linksOf(deployment).some(
    (link) =>
      forbids(link.to) &&
      keepsAlive(deployment, link) && // else no connection has a challenge to fail
      isAttempted(deployment, link) &&
      (!passes(deployment, link) || isTyped(deployment, link)),
  );

/** True where each failed sign-in is answered with 401. Null: theory does not say. */
function areRefusalsTold(deployment: Deployment): boolean | null {
  if (!deployment.hosts.some(forbids)) return true;
  return isHonestAndDirect(deployment) && !someMoves(deployment) ? !isMet(deployment) : null;
}

export const refusalsAreTold: Given = {
  says: 'no server answers a failed sign-in with 403',
  is: areRefusalsTold,
};

/** The same words; theory says nothing where a client may take a refusal for a sign-in. */
export const whereTold = (given: Given): Given =>
  within((deployment) => areRefusalsTold(deployment) === true, given);

/** True where the page of the host may say 403, because the next host does. */
export const passesForbiddenOn = (deployment: Deployment, { name }: AcceptingHost): boolean =>
  linksOf(deployment)
    .filter(({ caller }) => caller?.name === name)
    .map(({ to }) => behind(deployment.hosts, to))
    .some((next) => forbids(next) || passesForbiddenOn(deployment, next));
