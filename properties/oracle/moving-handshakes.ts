/**
 * What theory says of clients whose handshakes belong to the host: such a client may answer a
 * challenge on another connection than the one it came on, where the server has issued no challenge
 * or another one. It never asks the model.
 *
 * @source MS-NTHT 2.2.2, 3.1.5.1 (the three messages use one connection); MS-NLMP 3.2.5.1.2
 */
import { type Link, linksOf, mayMove } from '../../machines/system/links.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import type { Given } from '../claim.ts';
import { isStatic } from './delivered-responses.ts';
import { unless } from './hypotheses.ts';

/** True where the client of the link may answer a challenge on another connection of the link. */
export const moves = (deployment: Deployment, link: Link): boolean =>
  link.adversary !== 'client' && mayMove(deployment, link);

export const someMoves = (deployment: Deployment): boolean =>
  linksOf(deployment).some((link) => moves(deployment, link));

/**
 * True of a server that such a response can leave with a connection on which no user was signed in
 * and no sign-in succeeds any more: the response itself does it, or the challenge that it leaves
 * behind.
 */
export const isSpoiltByMoving = (server: AcceptingHost): boolean => {
  const { afterFailure, secondNegotiate, requestMidway } = server.policy;
  return (
    (afterFailure === 'poisoned' && !isStatic(server)) ||
    (secondNegotiate === 'poison' && requestMidway === 'allow')
  );
};

/** The same of a connection on which a user was signed in. */
export const isSpoiltLater = ({ policy }: AcceptingHost): boolean =>
  policy.reauthentication === 'poison';

/** True of a server that may serve a signed-in user whom it has just answered with 401. */
export const servesAfterRefusal = ({ policy }: AcceptingHost): boolean =>
  policy.onPageRefusal === 'keep' && policy.reauthentication === 'ignore';

export const answersStay = unless(
  someMoves,
  'every client answers a challenge on the connection that it came on',
);

/** Theory does not say which requests behind a proxy a handshake that moves holds up. */
export const answersStayForProxies: Given = {
  says: answersStay.says,
  is: (deployment) => (someMoves(deployment) ? null : true),
};

/** Nor when a server that keeps a sign-in serves its user after a 401 and no new sign-in. */
export const answersStayForFlags: Given = {
  says: `${answersStay.says}, or no server keeps a sign-in that its page refuses`,
  is: (deployment) =>
    someMoves(deployment) && deployment.hosts.some(servesAfterRefusal) ? null : true,
};
