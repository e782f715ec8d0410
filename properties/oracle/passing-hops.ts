/**
 * What theory says of a deployment without an adversary: which links pass on a user's identity. It
 * never asks the model.
 *
 * @source KB 329986 (a primary token passes, a secondary one does not); KB Q183545
 */

import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import { keepsAlive, type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, mechanismOf, receivesPasswords } from '../../machines/system/mechanisms.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import { POOL_KEY, type PoolKeyComponent } from '../../machines/vocabulary/purpose.ts';
import type { HostName } from '../../machines/vocabulary/terms.ts';
import { absent, isBoundRight } from './delivered-responses.ts';

/**
 * True where each connection leads to the server that its client signs in to: there is no proxy, no
 * redirect, and no program with a pool.
 */
export const isDirect = ({ hosts, programs }: Deployment): boolean =>
  programs.length === 0 &&
  hosts.every(({ paths, redirectsTo }) => paths.length === 0 && redirectsTo === null);

/** True of a direct deployment without an adversary. */
export const isPlain = (deployment: Deployment): boolean =>
  deployment.adversary === null && isDirect(deployment);

/** True where programs share pools of connections to a mailbox server, without an adversary. */
export const isPooled = ({ hosts, adversary, programs }: Deployment): boolean =>
  adversary === null &&
  programs.length > 0 &&
  hosts.every(
    ({ name, callsOn, paths, redirectsTo }) =>
      paths.length === 0 &&
      redirectsTo === null &&
      (callsOn === null || programs.every(({ connectsTo }) => connectsTo !== name)),
  );

/**
 * True where each program's key tells its tasks apart, or no sign-in lasts at its server, or the
 * server accepts none.
 */
export const areTasksToldApart = (deployment: Deployment): boolean =>
  deployment.programs.every(({ name: program, poolKey, tasks, connectsTo }) => {
    const distinct = (parts: readonly PoolKeyComponent[]) =>
      new Set(tasks.map((task) => JSON.stringify(parts.map((part) => task[part])))).size;
    const server = deployment.hosts.find(({ name }) => name === connectsTo)!;
    const canSignIn = firstHops(deployment).some(
      (link) => link.from === program && passes(deployment, link),
    );
    return !canSignIn || !lasts(server) || distinct(poolKey) === distinct(POOL_KEY);
  });

/**
 * True where some host redirects its visitors to another, no host calls on another, and the
 * adversary, if there is one, owns hosts and only redirects visitors or cuts connections.
 */
export const hasRedirects = ({ hosts, adversary, programs }: Deployment): boolean =>
  programs.length === 0 &&
  (hosts.some(({ redirectsTo }) => redirectsTo !== null) ||
    adversary?.may.includes('redirect') === true) &&
  hosts.every(({ callsOn, paths }) => callsOn === null && paths.length === 0) &&
  (adversary === null ||
    (adversary.may.every((some) => some === 'redirect' || some === 'close') &&
      adversary.controls.every((some) => hosts.some(({ name }) => name === some)) &&
      adversary.knows.length === 0));

/** True of a host at which one sign-in is good for the whole connection. */
export const lasts = (host: AcceptingHost): boolean => mechanismOf(host).lasts(host);

/** NTLM links to a mailbox server that can accept a user. */
export const servingLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(
    (link) => isChallenging(link.to) && link.to.callsOn === null && passes(deployment, link),
  );

/** Those of them on which a sign-in lasts, so that the connection can be reused. */
export const lastingLinks = (deployment: Deployment): readonly Link[] =>
  servingLinks(deployment).filter(({ to }) => lasts(to));

/**
 * True where the checks of target name and loopback accept a client that means the host by this
 * name.
 */
export function isMeant(
  { name: own, names, defences }: AcceptingHost,
  { name, at, initiator }: Pick<Deployment['users'][number], 'name' | 'at' | 'initiator'>,
  meant: HostName,
): boolean {
  if (names.includes(meant)) return true;
  const isCompared = defences.targetName === 'checked' && initiator.trustsTarget;
  return !isCompared && !(defences.loopback === 'checked' && (at ?? name) === own);
}

/** The names by which a client of the link means its host: a program, those of its tasks. */
const namesMeant = ({ programs }: Deployment, { from, to }: Link): readonly HostName[] =>
  programs.find(({ name }) => name === from)?.tasks.map(({ origin }) => origin) ?? [to.name];

/** True where the host accepts the client's kind of response, provided that it is right. */
function isAccepted(deployment: Deployment, link: Link): boolean {
  const { users } = deployment;
  const { from, to } = link;
  if (receivesPasswords(to)) return true;
  if (!keepsAlive(deployment, link)) return false; // each message has a connection of its own
  const user = users.find(({ name }) => name === from);
  const { initiator } = user ?? { initiator: INITIATOR };
  const { version, bindsChannel } = initiator;
  if (version === 'NTLMv1') return to.defences.ntlmv1 === 'allowed';
  const client = user ?? { name: from, at: null, initiator: INITIATOR };
  if (!namesMeant(deployment, link).some((name) => isMeant(to, client, name))) return false;
  return isBoundRight(to, (bindsChannel ? to.certificate : null) ?? absent(initiator));
}

/** True when the server of `link` can accept a user. */
export function passes(deployment: Deployment, link: Link): boolean {
  const holds = link.caller === null || holdsPassword(deployment, link.caller);
  return holds && isAccepted(deployment, link);
}

/** True when a sign-in leaves `host` a password that it can present to the next host. */
export function holdsPassword(deployment: Deployment, host: AcceptingHost): boolean {
  return (
    mechanismOf(host).leaves(host) === 'password' &&
    linksOf(deployment).some((link) => link.to.name === host.name && passes(deployment, link))
  );
}

/** Links between hosts that pass on a user's identity, nearest first. */
export const passingHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => link.caller !== null && passes(deployment, link));

/** Links between hosts whose caller cannot authenticate as the user. */
export const stoppingHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => link.caller !== null && !passes(deployment, link));

/** Links of users to the hosts they visit. */
export const firstHops = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ caller }) => caller === null);

/** True where the link's own user may mistype; programs do not. */
export const isTyped = ({ bounds, users }: Deployment, { from, caller }: Link): boolean =>
  bounds.wrongPasswords && caller === null && users.some(({ name }) => name === from);

/** True when some user's request can reach `link`, even if the server refuses it. */
export function isAttempted(deployment: Deployment, { caller }: Link): boolean {
  return (
    caller === null ||
    linksOf(deployment).some((link) => link.to.name === caller.name && passes(deployment, link))
  );
}

/** True when some user's request can reach `link` without the adversary's help. */
export function isReached(deployment: Deployment, { caller }: Link): boolean {
  const reaches = (link: Link) =>
    (link.adversary === 'none' || link.adversary === 'tap') &&
    passes(deployment, link) &&
    isReached(deployment, link);
  return (
    caller === null ||
    linksOf(deployment).some((link) => link.to.name === caller.name && reaches(link))
  );
}

/** Links of users whom every hop lets through, up to the mailbox. */
export const readableLinks = (deployment: Deployment): readonly Link[] =>
  firstHops(deployment).filter(
    (link) => passes(deployment, link) && leadsThrough(deployment, link.to),
  );

/** True where every hop behind the host lets a user through. */
export function leadsThrough(deployment: Deployment, host: AcceptingHost): boolean {
  const next = linksOf(deployment).find(({ caller }) => caller?.name === host.name);
  return next === undefined || (passes(deployment, next) && leadsThrough(deployment, next.to));
}
