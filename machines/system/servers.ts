/** The server sides of a deployment as components, and the workers behind them. */
import type { basicServerConnection } from '../basic/basic-server.ts';
import type { ntlmServerConnection } from '../ntlm/ntlm-server.ts';
import type { frontEnd } from '../parties/front-end.ts';
import type { mailbox } from '../parties/mailbox.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import { type Component, component } from './component.ts';
import type { Link } from './links.ts';
import { clientOf, pageOf, serverOf, wireOf } from './names.ts';
import type { Deployment } from './topology.ts';

type ServerMachines = {
  readonly ntlmServerConnection: typeof ntlmServerConnection;
  readonly basicServerConnection: typeof basicServerConnection;
};
type PageMachines = { readonly frontEnd: typeof frontEnd; readonly mailbox: typeof mailbox };

export function serverSide(
  connection: ConnectionName,
  { to }: Link,
  { bounds }: Deployment,
  { ntlmServerConnection, basicServerConnection }: ServerMachines,
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
    {
      ...input,
      policy: to.policy,
      defences: to.defences,
      certificate: to.certificate,
      challenges: { max: bounds.challenges, restart: true },
    },
    ports,
  );
}

export function page(
  connection: ConnectionName,
  { to }: Link,
  outbound: readonly Link[],
  { frontEnd, mailbox }: PageMachines,
): Component {
  const input = { server: to.name, connection };
  const server = { component: serverOf(connection), port: 'page' };
  if (to.callsOn === null) {
    const { redirectsTo } = to;
    return component(pageOf(connection), mailbox, { ...input, redirectsTo }, { server });
  }
  const calls = outbound.flatMap(({ connections }) => connections);
  return component(
    pageOf(connection),
    frontEnd,
    input,
    {
      server,
      ...Object.fromEntries(calls.map((c) => [c, { component: clientOf(c), port: connection }])),
    },
    calls.map((via) => ({ type: 'page.call' as const, via })),
  );
}
