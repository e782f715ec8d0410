/** The client sides of a deployment as components: who owns them, and from where they answer. */
import type { basicClientConnection } from '../basic/basic-client.ts';
import type { ClientInput } from '../http/client-side.ts';
import { INITIATOR } from '../ntlm/initiator.ts';
import type { ntlmClientConnection } from '../ntlm/ntlm-client.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import { type Component, component, type Peer } from './component.ts';
import type { Link } from './links.ts';
import { browserOf, clientOf, pageOf, wireOf } from './names.ts';
import { poolKeyOf, programOf } from './programs.ts';
import { behind, type Deployment } from './topology.ts';

type ClientMachines = {
  readonly ntlmClientConnection: typeof ntlmClientConnection;
  readonly basicClientConnection: typeof basicClientConnection;
};

/** The browser or program, or whichever worker of the calling host has something to ask. */
function ownersOf(
  connection: ConnectionName,
  link: Link,
  inbound: readonly Link[],
  deployment: Deployment,
): Readonly<Record<string, Peer>> {
  const program = programOf(deployment, link);
  if (program !== undefined) return { program: { component: program.name, port: connection } };
  if (link.caller === null) return { browser: { component: browserOf(link), port: connection } };
  return Object.fromEntries(
    inbound
      .flatMap(({ connections }) => connections)
      .map((c) => [c, { component: pageOf(c), port: connection }]),
  );
}

export function clientSide(
  connection: ConnectionName,
  link: Link,
  inbound: readonly Link[],
  deployment: Deployment,
  { ntlmClientConnection, basicClientConnection }: ClientMachines,
): Component {
  const { users, hosts } = deployment;
  const server = behind(hosts, link.to).name;
  const input: ClientInput = { host: link.from, server, connection };
  const user = link.caller === null ? users.find(({ name }) => name === link.from) : undefined;
  const vantage = {
    initiator: user?.initiator ?? INITIATOR,
    machine: user?.at ?? link.from,
    certificate: link.to.certificate,
    poolKey: poolKeyOf(deployment, link),
  };
  const ports = {
    wire: { component: wireOf(connection), port: 'client' },
    ...ownersOf(connection, link, inbound, deployment),
  };
  return link.to.accepts === 'NTLM'
    ? component(clientOf(connection), ntlmClientConnection, { ...input, ...vantage }, ports)
    : component(clientOf(connection), basicClientConnection, input, ports);
}
