/**
 * The system of a deployment. A connection `C` is four components: `C/client`, `C/wire`,
 * `C/server`, and `C/page`, the worker behind it; a user has one browser per host it visits.
 */
import { basicClientConnection } from '../basic/client-connection.ts';
import { basicServerConnection } from '../basic/server-connection.ts';
import { type BrowserEvent, browser } from '../browser.ts';
import type { ClientInput } from '../client-side.ts';
import { frontEnd } from '../front-end.ts';
import { mailbox } from '../mailbox.ts';
import { ntlmClientConnection } from '../ntlm/client-connection.ts';
import { ntlmServerConnection } from '../ntlm/server-connection.ts';
import type { ConnectionName } from '../terms.ts';
import { wire } from '../wire.ts';
import { type Component, component, type System } from './component.ts';
import { type Deployment, type Link, linksOf } from './topology.ts';

export const MACHINES = {
  browser,
  wire,
  ntlmClientConnection,
  ntlmServerConnection,
  basicClientConnection,
  basicServerConnection,
  frontEnd,
  mailbox,
};
/** The machines a system is made of. Replace some, through `provide`, to see what breaks. */
export type Machines = typeof MACHINES;

export const browserOf = ({ from, to }: Link) => `${from}@${to.name}`;
export const clientOf = (connection: ConnectionName) => `${connection}/client`;
export const wireOf = (connection: ConnectionName) => `${connection}/wire`;
export const serverOf = (connection: ConnectionName) => `${connection}/server`;
export const pageOf = (connection: ConnectionName) => `${connection}/page`;

export function systemOf(deployment: Deployment, machines: Machines = MACHINES): System {
  const links = linksOf(deployment);
  return links.flatMap((link) => {
    const inbound = links.filter(({ to }) => to.name === link.caller?.name);
    const outbound = links.filter(({ caller }) => caller?.name === link.to.name);
    return [
      ...(link.caller === null ? [browserFor(link, deployment, machines)] : []),
      ...link.connections.flatMap((connection) => [
        clientSide(connection, link, inbound, machines),
        component(
          wireOf(connection),
          machines.wire,
          undefined,
          {
            client: { component: clientOf(connection), port: 'wire' },
            server: { component: serverOf(connection), port: 'wire' },
          },
          deployment.bounds.closing
            ? [{ type: 'wire.deliver' }, { type: 'wire.close' }]
            : [{ type: 'wire.deliver' }],
        ),
        serverSide(connection, link, deployment, machines),
        page(connection, link, outbound, machines),
      ]),
    ];
  });
}

function browserFor(link: Link, { bounds }: Deployment, { browser }: Machines): Component {
  const pages = link.to.callsOn === null ? (['mailbox'] as const) : bounds.pages;
  const offers: BrowserEvent[] = [
    ...link.connections.flatMap((via) =>
      pages.map((path) => ({ type: 'user.visits' as const, via, path })),
    ),
    { type: 'user.types', secret: { passwordOf: link.from } },
    ...(bounds.wrongPasswords
      ? [{ type: 'user.types' as const, secret: { passwordOf: null } }]
      : []),
    { type: 'user.cancels' },
  ];
  const ports = Object.fromEntries(
    link.connections.map((c) => [c, { component: clientOf(c), port: 'browser' }]),
  );
  return component(
    browserOf(link),
    browser,
    { user: link.from, server: link.to.name },
    ports,
    offers,
  );
}

/** Its owners: the browser, or whichever worker of the calling host has something to ask. */
function clientSide(
  connection: ConnectionName,
  link: Link,
  inbound: readonly Link[],
  { ntlmClientConnection, basicClientConnection }: Machines,
): Component {
  const input: ClientInput = { host: link.from, server: link.to.name, connection };
  const owners =
    link.caller === null
      ? [['browser', { component: browserOf(link), port: connection }] as const]
      : inbound.flatMap(({ connections }) =>
          connections.map((c) => [c, { component: pageOf(c), port: connection }] as const),
        );
  const ports = {
    wire: { component: wireOf(connection), port: 'client' },
    ...Object.fromEntries(owners),
  };
  return link.to.accepts === 'NTLM'
    ? component(clientOf(connection), ntlmClientConnection, input, ports)
    : component(clientOf(connection), basicClientConnection, input, ports);
}

function serverSide(
  connection: ConnectionName,
  { to }: Link,
  { bounds }: Deployment,
  { ntlmServerConnection, basicServerConnection }: Machines,
): Component {
  const ports = {
    wire: { component: wireOf(connection), port: 'server' },
    page: { component: pageOf(connection), port: 'server' },
  };
  const input = { server: to.name, connection };
  if (to.accepts === 'Basic') {
    const { logonMethod } = to;
    return component(serverOf(connection), basicServerConnection, { ...input, logonMethod }, ports);
  }
  return component(
    serverOf(connection),
    ntlmServerConnection,
    { ...input, policy: to.policy, challenges: { max: bounds.challenges, restart: true } },
    ports,
  );
}

function page(
  connection: ConnectionName,
  { to }: Link,
  outbound: readonly Link[],
  { frontEnd, mailbox }: Machines,
): Component {
  const input = { server: to.name, connection };
  const server = { component: serverOf(connection), port: 'page' };
  if (to.callsOn === null) return component(pageOf(connection), mailbox, input, { server });
  const calls = outbound.flatMap(({ connections }) => connections);
  return component(
    pageOf(connection),
    frontEnd,
    input,
    {
      server,
      ...Object.fromEntries(calls.map((c) => [c, { component: clientOf(c), port: connection }])),
    },
    calls.map((via) => ({ type: 'call' as const, via })),
  );
}
