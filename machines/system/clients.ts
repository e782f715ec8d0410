/** The client sides of a deployment as components: who owns them, and from where they answer. */
import { INITIATOR } from '../ntlm/initiator.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import type { Component, Peer } from './component.ts';
import { browserOf, clientOf, keepsAlive, type Link, pageOf, siblingsOf, wireOf } from './links.ts';
import type { MechanismMachines } from './mechanism.ts';
import { mechanismOf } from './mechanisms.ts';
import { poolKeyOf, programOf } from './programs.ts';
import { behind, type Deployment } from './topology.ts';

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
  machines: MechanismMachines,
): Component {
  const { users, hosts } = deployment;
  const siblings = siblingsOf(deployment, link, connection);
  const user = link.caller === null ? users.find(({ name }) => name === link.from) : undefined;
  return mechanismOf(link.to).client(
    {
      name: clientOf(connection),
      input: {
        host: link.from,
        server: behind(hosts, link.to).name,
        connection,
        keepAlive: keepsAlive(deployment, link),
      },
      vantage: {
        initiator: user?.initiator ?? INITIATOR,
        machine: user?.at ?? link.from,
        target: link.to.name, // a proxy, where there is one: the client knows no other name
        certificate: link.to.certificate,
        poolKey: poolKeyOf(deployment, link),
      },
      siblings,
      ports: {
        wire: { component: wireOf(connection), port: 'client' },
        ...Object.fromEntries(
          siblings.map((c) => [c, { component: clientOf(c), port: connection }]),
        ),
        ...ownersOf(connection, link, inbound, deployment),
      },
    },
    machines,
  );
}
