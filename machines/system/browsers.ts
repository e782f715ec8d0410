/** The browsers of a deployment as components: their connections, their prompts, and each other. */
import type { browser } from '../parties/browser.ts';
import type { BrowserEvent } from '../parties/browsing.ts';
import type { HostName, Secret } from '../vocabulary/terms.ts';
import { type Component, component, type Peer } from './component.ts';
import { browserOf, clientOf, type Link, linksOf, mayMove } from './links.ts';
import { type AcceptingHost, behind, type Deployment } from './topology.ts';

/** Whether the host, or the adversary in its place, may send a browser elsewhere. */
const redirects = ({ adversary }: Deployment, { to, adversary: role }: Link): boolean =>
  to.redirectsTo !== null || (role === 'server' && adversary?.may.includes('redirect') === true);

/** The same user's browsers to which this one may send on, or which may send on to it. */
function othersOf(deployment: Deployment, link: Link): readonly Link[] {
  return linksOf(deployment).filter(
    (other) =>
      other.from === link.from &&
      other.caller === null &&
      other.to.name !== link.to.name &&
      (redirects(deployment, link) || redirects(deployment, other)),
  );
}

/** Another request may have taken the connection of a visit over: then it goes on elsewhere. */
const typing = (link: Link, deployment: Deployment, secret: Secret): readonly BrowserEvent[] =>
  mayMove(deployment, link)
    ? link.connections.map((via) => ({ type: 'user.types', secret, via }))
    : [{ type: 'user.types', secret }];

export function browserFor(link: Link, deployment: Deployment, machine: typeof browser): Component {
  const { from, to, connections } = link;
  const { bounds, hosts } = deployment;
  const server = behind(hosts, to);
  const isDoor = server.callsOn === null || link.adversary === 'server';
  const pages = isDoor ? (['mailbox'] as const) : bounds.pages;
  const offers: BrowserEvent[] = [
    ...connections.flatMap((via) =>
      pages.map((path) => ({ type: 'user.visits' as const, via, path })),
    ),
    ...typing(link, deployment, { passwordOf: from }),
    ...(bounds.wrongPasswords ? typing(link, deployment, { passwordOf: null }) : []),
    { type: 'user.cancels' },
  ];
  const ports = Object.fromEntries([
    ...connections.map((c): [string, Peer] => [c, { component: clientOf(c), port: 'browser' }]),
    ...othersOf(deployment, link).map((other): [string, Peer] => [
      other.to.name,
      { component: browserOf(other), port: to.name },
    ]),
  ]);
  const input = { user: from, server: server.name, via: connections[0]! };
  return component(browserOf(link), machine, input, ports, offers);
}

/**
 * Only browsers follow redirects, each to another browser of its user.
 *
 * @throws TypeError for a redirect that goes in a circle, or where a user could not follow it.
 */
export function refuseStrayRedirects({ hosts, users }: Deployment): void {
  for (const { name, redirectsTo, callsOn } of hosts) {
    if (redirectsTo === null) continue;
    refuseCircle(hosts, name);
    if (callsOn !== null)
      throw new TypeError(`${name} redirects every request, so it cannot call on ${callsOn}`);
    const caller = hosts.find((host) => host.callsOn === name);
    if (caller !== undefined)
      throw new TypeError(`${caller.name} calls on ${name}, which redirects: only browsers follow`);
    const lost = users.find(({ visits }) => visits.includes(name) && !visits.includes(redirectsTo));
    if (lost !== undefined)
      throw new TypeError(
        `${name} redirects ${lost.name} to ${redirectsTo}, for which ${lost.name} has no browser`,
      );
  }
}

function refuseCircle(hosts: readonly AcceptingHost[], from: HostName): void {
  const trail: HostName[] = [];
  for (let at: HostName | null = from; at !== null; ) {
    if (trail.includes(at)) throw new TypeError(`redirects go in a circle at ${at}`);
    trail.push(at);
    const host = hosts.find(({ name }) => name === at);
    if (host === undefined)
      throw new TypeError(`${trail.at(-2)} redirects to ${at}, and no host is`);
    at = host.redirectsTo;
  }
}
