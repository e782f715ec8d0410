/** The adversary of a deployment as a component: its connections and its offers. */
import type { adversary } from '../adversary/adversary.ts';
import type { AdversaryInput } from '../adversary/schemes.ts';
import { accountOf, type Ends, RESPONSES_MAX, schemesOf } from './adversary-schemes.ts';
import { type Component, component, type Peer } from './component.ts';
import { connectionsOf, type Link, linksOf, wireOf } from './links.ts';
import type { Adversary, Deployment } from './topology.ts';

/** The one component, or none. */
export function adversaryOf(
  deployment: Deployment,
  machine: typeof adversary,
): readonly Component[] {
  const party = deployment.adversary;
  if (party === null) return [];
  const links = linksOf(deployment);
  const playing = (role: Link['adversary']) => links.filter((link) => link.adversary === role);
  const ends = { inbound: playing('server'), outbound: playing('client'), tapped: playing('tap') };
  const ports = Object.fromEntries(
    (
      [
        [ends.inbound, 'server'],
        [ends.outbound, 'client'],
        [ends.tapped, 'tap'],
      ] as const
    ).flatMap(([some, port]) =>
      some.flatMap(({ connections }) =>
        connections.map((c): [string, Peer] => [c, { component: wireOf(c), port }]),
      ),
    ),
  );
  const input = inputOf(party, deployment, ends);
  return [component(party.name, machine, input, ports, schemesOf(party, deployment, ends))];
}

function inputOf(party: Adversary, { users }: Deployment, ends: Ends): AdversaryInput {
  const account = accountOf(party, users);
  return {
    name: party.name,
    account,
    inbound: connectionsOf(ends.inbound),
    outbound: Object.fromEntries(
      ends.outbound.flatMap(({ to, connections }) =>
        connections.map((c) => {
          const { name: server, names, accepts, certificate } = to;
          return [c, { server, target: names[0]!, accepts, certificate }];
        }),
      ),
    ),
    guessable: users.flatMap(({ name, password }) => (password === 'weak' ? [name] : [])),
    remembers: party.may.includes('replay') ? RESPONSES_MAX : 0,
    secrets: [...new Set([...party.knows, ...(account === null ? [] : [account])])].sort(),
  };
}
