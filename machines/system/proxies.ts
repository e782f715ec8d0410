/**
 * A reverse proxy of a deployment as components: a downstream side of each inbound connection, and
 * an upstream connection before each one to the host behind.
 */

import type { downstreamConnection } from '../proxy/downstream.ts';
import type { Upstream } from '../proxy/proxy-effects.ts';
import type { upstreamConnection } from '../proxy/upstream.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import { type Component, component } from './component.ts';
import { clientOf, connectionsOf, type Link, linksOf, serverOf, wireOf } from './links.ts';
import type { Deployment, Host } from './topology.ts';

export const isProxy = ({ paths }: Host): boolean => paths.length > 0;

const inboundOf = (deployment: Deployment, { name }: Host) =>
  connectionsOf(linksOf(deployment).filter(({ to }) => to.name === name));

/** The inbound connections that end at the proxy, and not at the adversary in its place. */
const servedBy = (deployment: Deployment, { name }: Host) =>
  connectionsOf(
    linksOf(deployment).filter(({ to, adversary }) => to.name === name && adversary !== 'server'),
  );

/** What the path does by which `connection` comes in: they take the paths in turn. */
export function pathOf(deployment: Deployment, { to }: Link, connection: ConnectionName): Upstream {
  const nth = inboundOf(deployment, to).indexOf(connection);
  return to.paths[nth % to.paths.length]!; // a proxy has paths
}

/** Its upstream connections, and its offer to send a request over each. */
export function downstreamFor(
  connection: ConnectionName,
  link: Link,
  deployment: Deployment,
  machine: typeof downstreamConnection,
): Component {
  const outbound = linksOf(deployment).filter(({ caller }) => caller?.name === link.to.name);
  const upstreams = connectionsOf(outbound);
  return component(
    serverOf(connection),
    machine,
    { host: link.to.name, party: link.from, upstream: pathOf(deployment, link, connection) },
    {
      wire: { component: wireOf(connection), port: 'server' },
      ...Object.fromEntries(
        upstreams.map((u) => [u, { component: clientOf(u), port: connection }]),
      ),
    },
    upstreams.map((via) => ({ type: 'proxy.forward' as const, via })),
  );
}

/** It works for every downstream connection that the adversary does not serve in its place. */
export function upstreamFor(
  connection: ConnectionName,
  caller: Host,
  deployment: Deployment,
  machine: typeof upstreamConnection,
): Component {
  return component(clientOf(connection), machine, undefined, {
    wire: { component: wireOf(connection), port: 'client' },
    ...Object.fromEntries(
      servedBy(deployment, caller).map((c) => [c, { component: serverOf(c), port: connection }]),
    ),
  });
}
