/**
 * What theory says of a deployment in which users wait: whether the browser may prompt for a right
 * password without end, and whether workers compete for connections. It never asks the model.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (what weak fairness leaves out)
 */

import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import { keepsAlive, type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { isSpoiltByMoving, isSpoiltLater, moves } from './moving-handshakes.ts';
import { firstHops, isTyped, lastingLinks, lasts, passes, readableLinks } from './passing-hops.ts';

/**
 * True where a user who visits by `link` may be prompted for the right password for ever: a hop
 * refuses the user, or a mistyped password made the connection useless, and it need not close.
 */
const promptsForEver = (deployment: Deployment, link: Link): boolean =>
  !readableLinks(deployment).includes(link) ||
  (deployment.bounds.wrongPasswords && isChallenging(link.to) && isSpoilt(link.to.policy));

/**
 * True where a failed sign-in leaves the connection useless until it closes: at once, or because
 * the challenge stays outstanding, requests do not end it, and the next handshake is unexpected.
 */
export const isSpoilt = ({ afterFailure, secondNegotiate, requestMidway }: NtlmPolicy): boolean =>
  afterFailure === 'poisoned' ||
  (afterFailure === 'reusable' && secondNegotiate === 'poison' && requestMidway === 'allow');

/**
 * True where a mistyped password, or a response on another connection than its challenge, can leave
 * a connection to the mailbox server useless.
 */
export const canBeSpoilt = (deployment: Deployment): boolean =>
  lastingLinks(deployment).some(
    (link) =>
      (isTyped(deployment, link) && isSpoilt(link.to.policy)) ||
      (link.caller === null && moves(deployment, link) && isSpoiltByMoving(link.to)),
  );

/** True where such a response can do the same to a connection that a user signed in on. */
export const isUndone = (deployment: Deployment): boolean =>
  lastingLinks(deployment).some((link) => moves(deployment, link) && isSpoiltLater(link.to));

export const promptsWithoutEnd = (deployment: Deployment): boolean =>
  firstHops(deployment).some((link) => promptsForEver(deployment, link));

/**
 * True where one tab may be prompted for ever, and a second tab waits for the same connection. A
 * handshake that moves needs two connections, unless it leaves one of them useless.
 */
export const tabsWait = (deployment: Deployment): boolean =>
  deployment.bounds.connections > 1 &&
  (promptsWithoutEnd(deployment) ||
    firstHops(deployment).some(
      (link) =>
        moves(deployment, link) &&
        (deployment.bounds.connections > 2 ||
          isSpoiltByMoving(link.to) ||
          (lasts(link.to) && isSpoiltLater(link.to))),
    ));

/**
 * True where some host has more workers than connections to the next host. A pool without a queue
 * gives a free connection to any worker, and a signed-in NTLM connection to its own user only: one
 * worker may wait for ever.
 */
export const workersCompete = (deployment: Deployment): boolean =>
  deployment.hosts.some(({ name, callsOn }) => {
    const inbound = linksOf(deployment).filter(({ to }) => to.name === name);
    return callsOn !== null && inbound.filter((link) => passes(deployment, link)).length > 1;
  });

/**
 * True where a sign-in is good for one request and some client takes it to last: after a 401 it
 * repeats the request unchanged. A client without keep-alive has nothing to take to last.
 */
export const assumesPersistence = (deployment: Deployment): boolean =>
  firstHops(deployment).some(
    (link) =>
      isChallenging(link.to) &&
      link.to.policy.persistence === 'request' &&
      readableLinks(deployment).includes(link) &&
      keepsAlive(deployment, link) &&
      deployment.users.find(({ name }) => name === link.from)?.initiator.afterLapse === 'repeats',
  );
