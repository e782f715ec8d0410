/** The server sides of a deployment as components, and the workers behind them. */
import type { frontEnd } from '../parties/front-end.ts';
import type { mailbox } from '../parties/mailbox.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import { type Component, component } from './component.ts';
import { clientOf, type Link, pageOf, serverOf, wireOf } from './links.ts';
import type { MechanismMachines } from './mechanism.ts';
import { mechanismOf } from './mechanisms.ts';
import type { Deployment } from './topology.ts';

type PageMachines = { readonly frontEnd: typeof frontEnd; readonly mailbox: typeof mailbox };

export const serverSide = (
  connection: ConnectionName,
  { to }: Link,
  { bounds }: Deployment,
  machines: MechanismMachines,
): Component =>
  mechanismOf(to).server(
    {
      name: serverOf(connection),
      connection,
      host: to,
      bounds,
      ports: {
        wire: { component: wireOf(connection), port: 'server' },
        page: { component: pageOf(connection), port: 'server' },
      },
    },
    machines,
  );

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
