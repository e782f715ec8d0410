/**
 * What theory says of a deployment: which links carry a user's identity on. The claims say it of
 * the model; the verdicts they expect are computed from here, and never from the model.
 *
 * @source KB 329986 (a primary token passes, a secondary one does not); KB Q183545
 */
import { type Deployment, type Link, linksOf } from '../machines/system/topology.ts';

type Host = Deployment['hosts'][number];

/** True when the far end of `link` can come to accept a user. */
export function passes(deployment: Deployment, { caller }: Link): boolean {
  return caller === null || holdsPassword(deployment, caller);
}

/** True when a sign-in at `host` leaves it a password that it can present to the next one. */
export function holdsPassword(deployment: Deployment, host: Host): boolean {
  return (
    host.accepts === 'Basic' &&
    host.logonMethod === 'ClearText' &&
    linksOf(deployment).some((link) => link.to.name === host.name && passes(deployment, link))
  );
}

/** Links between hosts that a user's identity crosses, nearest first. */
export const passingHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => link.caller !== null && passes(deployment, link));

/** Links between hosts whose caller is left with nothing to present. */
export const stoppingHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => link.caller !== null && !passes(deployment, link));

/** Links of users to the hosts they visit. */
export const firstHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ caller }) => caller === null);

/** True when some user's request can get as far as to `link`, whether or not it is let through. */
export function isAttempted(deployment: Deployment, { caller }: Link): boolean {
  return (
    caller === null ||
    linksOf(deployment).some((link) => link.to.name === caller.name && passes(deployment, link))
  );
}

/** Links of users from which every further hop lets them through, to the mailbox. */
export const readableLinks = (deployment: Deployment): readonly Link[] =>
  firstHops(deployment).filter(({ to }) => leadsThrough(deployment, to));

function leadsThrough(deployment: Deployment, host: Host): boolean {
  const next = linksOf(deployment).find(({ caller }) => caller?.name === host.name);
  return next === undefined || (passes(deployment, next) && leadsThrough(deployment, next.to));
}
