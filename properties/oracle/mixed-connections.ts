/**
 * What theory says of connections that carry the requests of several users, whatever lies before
 * them: programs, proxies in a row, middle tiers. It never asks the model.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (a sign-in is a connection's); RFC 9110 16.4.2
 */
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, mechanismOf, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { programOf } from '../../machines/system/programs.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import { type AcceptingHost, behind, type Deployment } from '../../machines/system/topology.ts';
import { type Purpose, userOf } from '../../machines/vocabulary/purpose.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';
import { passesForbiddenOn } from './forbidden-refusals.ts';
import { lastingLinks, lasts, leadsThrough, passes } from './passing-hops.ts';

const into = (deployment: Deployment, { name }: AcceptingHost): readonly Link[] =>
  linksOf(deployment).filter(({ to }) => to.name === name);

/** The users whose requests can use the link. */
function causesOf(deployment: Deployment, link: Link): ReadonlySet<UserName> {
  const program = programOf(deployment, link);
  if (program !== undefined) return new Set(program.tasks.map(userOf));
  if (link.caller === null) return new Set([link.from]);
  return new Set(into(deployment, link.caller).flatMap((one) => [...causesOf(deployment, one)]));
}

/** True where a sign-in can be completed over the proxies between the link and its server. */
function canComplete(deployment: Deployment, { to }: Link): boolean {
  if (!isProxy(to) || !isChallenging(behind(deployment.hosts, to))) return true;
  const next = linksOf(deployment).find(({ caller }) => caller?.name === to.name);
  const isKept = to.paths.some((path) => path !== 'closing');
  return next !== undefined && (isProxy(next.to) ? canComplete(deployment, next) : isKept);
}

/** True where some user can be signed in over the link. */
function signsIn(deployment: Deployment, link: Link): boolean {
  const { caller } = link;
  if (caller !== null && isProxy(caller))
    return into(deployment, caller).some((one) => signsIn(deployment, one));
  const holds =
    caller === null ||
    (mechanismOf(caller).leaves(caller) === 'password' &&
      into(deployment, caller).some((one) => signsIn(deployment, one)));
  return holds && canComplete(deployment, link);
}

/**
 * True of a middle tier that keeps a sign-in whose page it refuses. Its client takes the 401 for
 * the end of the sign-in, and sends another user's request on the connection.
 *
 * @source MS-N2HT 3.2.5 (the client sets persistent-auth-value to 0)
 */
const keepsRefused = ({ callsOn, policy }: AcceptingHost): boolean =>
  callsOn !== null && policy.onPageRefusal === 'keep';

/** True where one connection of the link can carry several users' requests under one sign-in. */
function mixes(deployment: Deployment, link: Link): boolean {
  const program = programOf(deployment, link);
  if (program !== undefined) {
    const keyOf = (task: Purpose) => JSON.stringify(program.poolKey.map((part) => task[part]));
    return program.tasks.some((one) =>
      program.tasks.some(
        (other) =>
          userOf(one) !== userOf(other) && (keyOf(one) === keyOf(other) || keepsRefused(link.to)),
      ),
    );
  }
  const { caller } = link;
  if (caller === null) return false;
  if (!isProxy(caller)) return keepsRefused(link.to) && causesOf(deployment, link).size > 1;
  const isShared = caller.paths.some((path) => path !== 'pinned');
  return (
    (isShared && causesOf(deployment, link).size > 1) ||
    into(deployment, caller).some((one) => mixes(deployment, one))
  );
}

/** True of a server whose page lets some user through, or whose refusal does not end a sign-in. */
const letsThrough = (deployment: Deployment, host: AcceptingHost): boolean =>
  host.callsOn === null ||
  host.policy.onPageRefusal === 'keep' ||
  passesForbiddenOn(deployment, host) ||
  linksOf(deployment).some((link) => link.caller?.name === host.name && signsIn(deployment, link));

/**
 * True where a server may serve a request of one user under another user's sign-in. Where it is
 * false and there is no adversary, no server does.
 */
export const isMixed = (deployment: Deployment): boolean =>
  deployment.hosts.some(
    (host) =>
      !isProxy(host) &&
      isChallenging(host) &&
      lasts(host) &&
      letsThrough(deployment, host) &&
      into(deployment, host).some((link) => mixes(deployment, link) && signsIn(deployment, link)),
  );

/** True where some client sends a password to a host that receives passwords. */
export const sendsPasswords = (deployment: Deployment): boolean =>
  linksOf(deployment).some((link) => receivesPasswords(link.to) && signsIn(deployment, link));

/** True where a middle tier has a user's password to prove the user with at the next host. */
export const sendsPasswordsOn = (deployment: Deployment): boolean =>
  linksOf(deployment).some(
    (link) => link.caller !== null && !isProxy(link.caller) && signsIn(deployment, link),
  );

/** The users whom every host up to the far end of the link accepts, of a plain deployment. */
const passingUsers = (deployment: Deployment, link: Link): ReadonlySet<UserName> =>
  !passes(deployment, link)
    ? new Set()
    : link.caller === null
      ? new Set([link.from])
      : new Set(into(deployment, link.caller).flatMap((one) => [...passingUsers(deployment, one)]));

/** True of a plain deployment where a middle tier works on a request in another user's name. */
export const actsForAnother = (deployment: Deployment): boolean =>
  linksOf(deployment).some(
    (link) =>
      link.caller !== null &&
      isChallenging(link.to) &&
      lasts(link.to) &&
      keepsRefused(link.to) &&
      !leadsThrough(deployment, link.to) &&
      passingUsers(deployment, link).size > 1,
  );

/**
 * True where a connection to a mailbox server may stay signed in as a user whose requests come no
 * more: they reach the middle tier over shared connections alone, and other users' requests fill
 * these, and wait for a connection without a sign-in.
 */
export const isHeldUp = (deployment: Deployment): boolean =>
  lastingLinks(deployment).some(({ caller }) => {
    if (caller === null) return false;
    const groups = into(deployment, caller).map((link) => passingUsers(deployment, link));
    const isShut = (user: UserName) => groups.every((group) => !group.has(user) || group.size > 1);
    return groups.some((group) => [...group].some(isShut));
  });
