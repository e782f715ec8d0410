/**
 * What theory says of a deployment with an adversary: what it can get accepted where. The claims
 * say it of the model; the verdicts they expect are computed from here, and never from the model.
 *
 * @source MS-NLMP 1.6 (spoofed servers), 3.2.5.1.1 (nonces); RFC 7617 4
 */

import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, receivesPasswords } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import {
  type Arrival,
  adversaryMay,
  arrivalsAt,
  isAccepted,
  isChallenged,
  isChanged,
  isStatic,
  playing,
} from './delivered-responses.ts';
import { isDirect } from './passing-hops.ts';

/** True where somebody is dishonest, and all else is plain. */
export const hasAdversary = (deployment: Deployment): boolean =>
  deployment.adversary !== null && isDirect(deployment);

type Delivered = {
  readonly host: AcceptingHost;
  readonly arrival: Arrival;
  readonly isAccepted: boolean;
};

/** Each response that comes to a server by the adversary, and whether the server takes it. */
const delivered = (deployment: Deployment): readonly Delivered[] =>
  playing(deployment, 'client').flatMap((outbound) =>
    arrivalsAt(deployment, outbound).map((arrival) => ({
      host: outbound.to,
      arrival,
      isAccepted: isAccepted(outbound.to, arrival),
    })),
  );

/** Servers to which a password comes that was given to the adversary's host. */
const passwordsPassedOn = (deployment: Deployment): readonly Link[] =>
  playing(deployment, 'server')
    .filter(({ to }) => receivesPasswords(to) && adversaryMay(deployment, 'relay'))
    .flatMap((inbound) =>
      playing(deployment, 'client').filter(
        ({ to }) => receivesPasswords(to) && to.name !== inbound.to.name,
      ),
    );

/**
 * True where a user proves something over the link that the adversary hears: on the wire, or to the
 * host that it owns, if that has a challenge to offer.
 */
export const isHeard = (deployment: Deployment, link: Link): boolean =>
  link.adversary === 'server'
    ? receivesPasswords(link.to) || isChallenged(deployment, link)
    : link.adversary === 'tap';

/** Users whose secret the adversary comes to have by listening. */
export function exposed(deployment: Deployment): readonly string[] {
  const heard = linksOf(deployment).filter((link) => isHeard(deployment, link));
  return deployment.users
    .filter(({ name, password }) =>
      heard.some(({ from, to }) => from === name && (receivesPasswords(to) || password === 'weak')),
    )
    .map(({ name }) => name);
}

/** True where a secret that it has signs the adversary in as somebody else. */
export const impersonates = (deployment: Deployment): boolean =>
  adversaryMay(deployment, 'inject') &&
  playing(deployment, 'client').length > 0 &&
  [...exposed(deployment), ...deployment.adversary!.knows].some(
    (name) => !deployment.adversary!.controls.includes(name),
  );

/** True where a server can be made to accept what was meant for another, or for another time. */
export const isDeceived = (deployment: Deployment): boolean =>
  passwordsPassedOn(deployment).length > 0 ||
  delivered(deployment).some(
    ({ host, arrival: { inbound }, isAccepted }) =>
      isAccepted && (inbound.to.name !== host.name || isStatic(host)),
  );

/** True where a server can be made to accept a user whose own client was not signing in to it. */
export const isFooled = (deployment: Deployment): boolean =>
  impersonates(deployment) || isDeceived(deployment);

/** True where the adversary can be served as a user, on a connection of its own. */
export const isHijacked = (deployment: Deployment): boolean =>
  isFooled(deployment) || delivered(deployment).some(({ isAccepted }) => isAccepted);

/** True where a message that a MIC covers can be changed, and is accepted all the same. */
export const isTampered = (deployment: Deployment): boolean =>
  delivered(deployment).some(
    ({ host, arrival, isAccepted }) =>
      isAccepted && arrival.sent === 'a MIC' && isChanged(host, arrival),
  );

/** True where a right response can come to a server by the adversary, and meet a guard. */
export const isRefusedOnce = (deployment: Deployment): boolean =>
  delivered(deployment).some(({ isAccepted }) => !isAccepted) ||
  (adversaryMay(deployment, 'replay') &&
    linksOf(deployment).some((link) => isChallenging(link.to) && isHeard(deployment, link)) &&
    playing(deployment, 'client').some(({ to }) => isChallenging(to) && !isStatic(to)));
