/**
 * The system of a deployment. A connection `C` is four components: `C/client`, `C/wire`,
 * `C/server`, and `C/page`, the worker behind it; a user has one browser per host it visits. At a
 * reverse proxy `C/server` is a downstream connection without a page, `C/client` an upstream one.
 */
import { adversary } from '../adversary/adversary.ts';
import { basicClientConnection } from '../basic/basic-client.ts';
import { basicServerConnection } from '../basic/basic-server.ts';
import { wire } from '../http/wire.ts';
import { ntlmClientConnection } from '../ntlm/ntlm-client.ts';
import { ntlmServerConnection } from '../ntlm/ntlm-server.ts';
import { browser } from '../parties/browser.ts';
import { frontEnd } from '../parties/front-end.ts';
import { mailbox } from '../parties/mailbox.ts';
import { program } from '../parties/program.ts';
import { downstreamConnection } from '../proxy/downstream.ts';
import { upstreamConnection } from '../proxy/upstream.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import { adversaryOf } from './adversary-component.ts';
import { browserFor, refuseStrayRedirects } from './browsers.ts';
import { clientSide } from './clients.ts';
import { type Component, component, type Peer, type System } from './component.ts';
import { clientOf, keepsAlive, type Link, linksOf, serverOf, wireOf } from './links.ts';
import { programFor, programOf } from './programs.ts';
import { downstreamFor, isProxy, upstreamFor } from './proxies.ts';
import { page, serverSide } from './servers.ts';
import type { Deployment } from './topology.ts';

export const MACHINES = {
  browser,
  wire,
  ntlmClientConnection,
  ntlmServerConnection,
  basicClientConnection,
  basicServerConnection,
  frontEnd,
  mailbox,
  downstreamConnection,
  upstreamConnection,
  program,
  adversary,
};
/** The machines a system is made of. Replace some, through `provide`, to see what breaks. */
export type Machines = typeof MACHINES;

export function systemOf(deployment: Deployment, machines: Machines = MACHINES): System {
  refuseStrayRedirects(deployment);
  const links = linksOf(deployment);
  return [
    ...links.flatMap((link) => partsOf(link, deployment, machines)),
    ...adversaryOf(deployment, machines.adversary),
  ];
}

/** All of a link but for what the adversary plays itself. */
function partsOf(link: Link, deployment: Deployment, machines: Machines): Component[] {
  const links = linksOf(deployment);
  const inbound = links.filter(
    ({ to, adversary }) => to.name === link.caller?.name && adversary !== 'server',
  );
  const outbound = links.filter(({ caller }) => caller?.name === link.to.name);
  const isClient = link.adversary !== 'client';
  const isServer = link.adversary !== 'server';
  return [
    ...(link.caller === null && isClient ? [ownerOf(link, deployment, machines)] : []),
    ...link.connections.flatMap((connection) => [
      ...(isClient ? [clientEnd(connection, link, inbound, deployment, machines)] : []),
      wireFor(connection, link, deployment, machines),
      ...(isServer ? serverEnd(connection, link, outbound, deployment, machines) : []),
    ]),
  ];
}

/** The browser or the program that uses the connections of a link. */
function ownerOf(link: Link, deployment: Deployment, machines: Machines): Component {
  const owner = programOf(deployment, link);
  return owner === undefined
    ? browserFor(link, deployment, machines.browser)
    : programFor(owner, link, machines.program);
}

function clientEnd(
  connection: ConnectionName,
  link: Link,
  inbound: readonly Link[],
  deployment: Deployment,
  machines: Machines,
): Component {
  return link.caller !== null && isProxy(link.caller)
    ? upstreamFor(connection, link.caller, deployment, machines.upstreamConnection)
    : clientSide(connection, link, inbound, deployment, machines);
}

function serverEnd(
  connection: ConnectionName,
  link: Link,
  outbound: readonly Link[],
  deployment: Deployment,
  machines: Machines,
): readonly Component[] {
  return isProxy(link.to)
    ? [downstreamFor(connection, link, deployment, machines.downstreamConnection)]
    : [
        serverSide(connection, link, deployment, machines),
        page(connection, link, outbound, machines),
      ];
}

function wireFor(
  connection: ConnectionName,
  link: Link,
  deployment: Deployment,
  { wire }: Machines,
): Component {
  const { adversary, bounds } = deployment;
  const end = (role: Link['adversary'], honest: Peer): Peer =>
    adversary !== null && link.adversary === role
      ? { component: adversary.name, port: connection }
      : honest;
  const isCut = isInReach(link, adversary) && adversary?.may.includes('close');
  return component(
    wireOf(connection),
    wire,
    { keepAlive: link.adversary === 'client' || keepsAlive(deployment, link) },
    {
      client: end('client', { component: clientOf(connection), port: 'wire' }),
      server: end('server', { component: serverOf(connection), port: 'wire' }),
      tap:
        adversary !== null && link.adversary === 'tap'
          ? { component: adversary.name, port: connection }
          : null,
    },
    bounds.closing || isCut
      ? [{ type: 'wire.deliver' }, { type: 'wire.close' }]
      : [{ type: 'wire.deliver' }],
  );
}

const isInReach = ({ from, to, adversary: role }: Link, adversary: Deployment['adversary']) =>
  role !== 'none' || adversary?.controls.includes(`${from}>${to.name}`);
