/**
 * What theory says of a deployment in which users wait: whether a right password is asked for
 * without end, and whether workers compete for the connections of their host. As in `reach.ts`,
 * nothing here looks at the model.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (what weak fairness leaves out)
 */

import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { firstHops, lastingLinks, passes, readableLinks } from './passing-hops.ts';

/**
 * True where a user who visits by `link` can be asked for the right password again and again: a
 * hop stops it, or a mistyped one has spoilt the connection, which need not close for that.
 */
const asksForEver = (deployment: Deployment, link: Link): boolean =>
  !readableLinks(deployment).includes(link) ||
  (deployment.bounds.wrongPasswords && isChallenging(link.to) && isSpoilt(link.to.policy));

/**
 * True where a failed sign-in leaves the connection useless until it closes: at once, or because
 * the challenge stays outstanding, requests do not end it, and the next handshake is unexpected.
 */
export const isSpoilt = ({ afterFailure, secondNegotiate, requestMidway }: NtlmPolicy): boolean =>
  afterFailure === 'poisoned' ||
  (afterFailure === 'reusable' && secondNegotiate === 'poison' && requestMidway === 'allow');

/** True where a mistyped password can leave a connection to the mailbox server useless. */
export const canBeSpoilt = (deployment: Deployment): boolean =>
  deployment.bounds.wrongPasswords &&
  lastingLinks(deployment).some(({ caller, to }) => caller === null && isSpoilt(to.policy));

export const promptsWithoutEnd = (deployment: Deployment): boolean =>
  firstHops(deployment).some((link) => asksForEver(deployment, link));

/** True where the prompt that never ends belongs to one tab, and another waits behind it. */
export const tabsWait = (deployment: Deployment): boolean =>
  deployment.bounds.connections > 1 && promptsWithoutEnd(deployment);

/**
 * True where some host has more workers than connections to the next one. A pool without a queue
 * gives a connection to whoever comes when it is free, and an NTLM one to its user alone: one
 * worker can wait for ever while the others are served, or while nobody is.
 */
export const workersCompete = (deployment: Deployment): boolean =>
  deployment.hosts.some(({ name, callsOn }) => {
    const inbound = linksOf(deployment).filter(({ to }) => to.name === name);
    return callsOn !== null && inbound.filter((link) => passes(deployment, link)).length > 1;
  });

/**
 * True where a sign-in is good for one request, and some client believes that it lasts: told 401,
 * it repeats the request as it is.
 */
export const assumesPersistence = (deployment: Deployment): boolean =>
  firstHops(deployment).some(
    ({ from, to }) =>
      isChallenging(to) &&
      to.policy.persistence === 'request' &&
      deployment.users.find(({ name }) => name === from)?.initiator.afterLapse === 'repeats',
  );
