/**
 * What theory says of a deployment with an adversary: which servers can be made to accept what. It
 * never asks the model.
 *
 * @source MS-NLMP 1.6 (spoofed servers), 3.2.5.1.1 (nonces); RFC 7617 4
 */

import { connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, receivesPasswords } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import {
  type Arrival,
  adversaryMay,
  arrivalsAt,
  choosesChallenge,
  isAccepted,
  isBoundRight,
  isChallenged,
  isChanged,
  isStatic,
  playing,
} from './delivered-responses.ts';
import { holdsPassword, isDirect } from './passing-hops.ts';

/** True of a direct deployment with an adversary. */
export const hasAdversary = (deployment: Deployment): boolean =>
  deployment.adversary !== null && isDirect(deployment);

type Delivered = {
  readonly host: AcceptingHost;
  readonly arrival: Arrival;
  readonly isAccepted: boolean;
};

/** Each response that the adversary can deliver, and whether the server accepts it. */
const delivered = (deployment: Deployment): readonly Delivered[] =>
  playing(deployment, 'client').flatMap((outbound) =>
    arrivalsAt(deployment, outbound).map((arrival) => ({
      host: outbound.to,
      arrival,
      isAccepted: isAccepted(outbound.to, arrival),
    })),
  );

/** Links by which the adversary can present a password that it was given, at any host. */
const passwordsPassedOn = (deployment: Deployment) =>
  playing(deployment, 'server')
    .filter(({ to }) => receivesPasswords(to) && adversaryMay(deployment, 'relay'))
    .filter(({ caller }) => caller === null || holdsPassword(deployment, caller))
    .flatMap((inbound) =>
      playing(deployment, 'client')
        .filter(({ to }) => receivesPasswords(to))
        .map((outbound) => ({ inbound, outbound })),
    );

/**
 * True where the adversary hears a user sign in over the link: on the wire, or at the host that it
 * owns, if that has a challenge to send.
 */
export const isHeard = (deployment: Deployment, link: Link): boolean =>
  link.adversary === 'server'
    ? receivesPasswords(link.to) || isChallenged(deployment, link)
    : link.adversary === 'tap';

/** Users whose secret the adversary learns by listening. */
export function exposed(deployment: Deployment): readonly string[] {
  const overheard = linksOf(deployment).filter((link) => isHeard(deployment, link));
  return deployment.users
    .filter(({ name, password }) =>
      overheard.some(
        ({ from, to }) => from === name && (receivesPasswords(to) || password === 'weak'),
      ),
    )
    .map(({ name }) => name);
}

/** True where the server accepts a current client: one that binds to its channel, if it has any. */
const isOpenTo = (to: AcceptingHost): boolean => isBoundRight(to, to.certificate);

/** True where the adversary can sign in with the secret of a user that it does not control. */
export const impersonates = (deployment: Deployment): boolean =>
  adversaryMay(deployment, 'inject') &&
  playing(deployment, 'client').some(({ to }) => receivesPasswords(to) || isOpenTo(to)) &&
  [...exposed(deployment), ...deployment.adversary!.knows].some(
    (name) => !deployment.adversary!.controls.includes(name),
  );

/**
 * True where the adversary can send the response in no run of its client. It replays it as it came;
 * whatever it passes on, changed or not, keeps its run.
 */
const isReplayable = (deployment: Deployment, { sent, covers, isAltered }: Arrival): boolean =>
  adversaryMay(deployment, 'replay') && !isAltered && (sent === 'no MIC' || covers !== null);

/**
 * True where the adversary can make a server accept a password given to another host, a response
 * computed for another server, or a replayed response: to a repeated challenge, or to one that its
 * client answers in between.
 */
export const isDeceived = (deployment: Deployment): boolean =>
  passwordsPassedOn(deployment).some(
    ({ inbound, outbound }) => outbound.to.name !== inbound.to.name,
  ) ||
  delivered(deployment).some(
    ({ host, arrival, isAccepted }) =>
      isAccepted && (arrival.inbound.to.name !== host.name || isReplayable(deployment, arrival)),
  );

/** True where a server can be made to accept a user whose own client was not signing in to it. */
export const isFooled = (deployment: Deployment): boolean =>
  impersonates(deployment) || isDeceived(deployment);

/** True where a server can be made to accept a user on a connection of the adversary. */
export const isHijacked = (deployment: Deployment): boolean =>
  isFooled(deployment) ||
  passwordsPassedOn(deployment).length > 0 ||
  delivered(deployment).some(({ isAccepted }) => isAccepted);

/** True where a server accepts a response sent with a MIC after the adversary changed a message. */
export const isTampered = (deployment: Deployment): boolean =>
  delivered(deployment).some(
    ({ host, arrival, isAccepted }) =>
      isAccepted && arrival.sent === 'a MIC' && isChanged(host, arrival),
  );

/** True where the adversary meets two challenges: with one, no response is to another. */
const meetsAnother = (deployment: Deployment): boolean =>
  deployment.bounds.challenges > 1 ||
  choosesChallenge(deployment) ||
  playing(deployment, 'tap').some(({ to }) => isChallenging(to)) ||
  connectionsOf(playing(deployment, 'client').filter(({ to }) => isChallenging(to))).length > 1;

/** True where the adversary can deliver a right response that a server refuses. */
export const isRefusedOnce = (deployment: Deployment): boolean =>
  delivered(deployment).some(({ isAccepted }) => !isAccepted) ||
  (adversaryMay(deployment, 'replay') &&
    linksOf(deployment).some((link) => isChallenging(link.to) && isHeard(deployment, link)) &&
    playing(deployment, 'client').some(({ to }) => isChallenging(to) && !isStatic(to)) &&
    meetsAnother(deployment));
