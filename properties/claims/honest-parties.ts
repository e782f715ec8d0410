/** The parties and links of a deployment that the adversary does not play. */
import { type Link, linksOf } from '../../machines/system/links.ts';
import { programOf } from '../../machines/system/programs.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import type { AcceptingHost, Deployment } from '../../machines/system/topology.ts';
import { userOf } from '../../machines/vocabulary/purpose.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';

/** Hosts that the adversary does not control, with the proxies among them. */
export const honestHosts = ({ hosts, adversary }: Deployment): readonly AcceptingHost[] =>
  hosts.filter(({ name }) => !adversary?.controls.includes(name));

/** Hosts that authenticate users themselves: all honest hosts but proxies. */
export const honestServers = (deployment: Deployment): readonly AcceptingHost[] =>
  honestHosts(deployment).filter((host) => !isProxy(host));

/** Links whose far end is a server that the adversary does not play. */
export const serverLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ adversary, to }) => adversary !== 'server' && !isProxy(to));

/** Links whose near end computes proofs: all but those of a proxy. */
export const provingLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ caller }) => caller === null || !isProxy(caller));

/** Links from an honest server to the next host. */
export const middleTierLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(
    ({ caller, adversary }) => caller !== null && !isProxy(caller) && adversary !== 'client',
  );

/** True where the adversary plays neither the far end nor any host that the far end calls. */
const isAnswered = (deployment: Deployment, { to, adversary }: Link): boolean =>
  adversary !== 'server' &&
  linksOf(deployment).every(
    (next) => next.caller?.name !== to.name || isAnswered(deployment, next),
  );

/** Links of honest clients whose requests only honest hosts answer. */
export const answeredLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => link.adversary !== 'client' && isAnswered(deployment, link));

export const answeredFirstLinks = (deployment: Deployment): readonly Link[] =>
  answeredLinks(deployment).filter(({ caller }) => caller === null);

/** Those of them that lead from the client itself to the server itself, without a proxy. */
export const directLinks = (deployment: Deployment): readonly Link[] =>
  answeredLinks(deployment).filter(
    ({ caller, to }) => !isProxy(to) && (caller === null || !isProxy(caller)),
  );

/** True where a host, or the adversary in its place, sends browsers to another host. */
export const mayRedirect = ({ hosts, adversary }: Deployment): boolean =>
  hosts.some(({ redirectsTo }) => redirectsTo !== null) ||
  adversary?.may.includes('redirect') === true;

/** The users whose own client is at the near end of the link. Of a host on the way: none. */
export function ownersOf(deployment: Deployment, link: Link): readonly UserName[] {
  const { users, adversary } = deployment;
  if (link.adversary === 'client')
    return users.map(({ name }) => name).filter((name) => adversary!.controls.includes(name));
  if (link.caller !== null) return [];
  const program = programOf(deployment, link);
  return program === undefined ? [link.from] : program.tasks.map(userOf);
}
