/** The components of a system: the party of each, the order of parties, and the bounds. */
import type { Component, System } from '../../machines/system/component.ts';
import { CONNECTIONS } from '../../machines/system/most-general-system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { boundsOf } from '../../properties/deployments/summary.ts';
import { browserIn, connectionIn, endIn } from '../../story/component-names.ts';
import { MOST_GENERAL_CLIENT } from '../../story/participants.ts';
import type { StoryComponent } from './story.ts';

export function componentsOf(system: System): readonly StoryComponent[] {
  return system.map((component) => ({
    name: component.name,
    machine: component.machine.id,
    connection: component.monitor ? null : (connectionIn(component.name)?.name ?? null),
    ...placeOf(component),
  }));
}

function placeOf({ name, machine, monitor }: Component): Pick<StoryComponent, 'party' | 'role'> {
  if (monitor) return { party: '', role: 'monitor' };
  if (machine.id === 'mostGeneralClient') return { party: MOST_GENERAL_CLIENT, role: 'client' };
  const browser = browserIn(name);
  if (browser !== null) return { party: browser.user, role: 'browser' };
  const connection = connectionIn(name);
  if (connection === null) return { party: name, role: 'other' };
  // Against the most general client there are servers alone, under their connections' names.
  const role = endIn(name) ?? 'server';
  const parties = { client: connection.from, wire: '', server: connection.to, page: connection.to };
  return { party: parties[role], role };
}

/**
 * Parties with a component, and those that the adversary plays: users and programs first, then
 * hosts, each after its callers. The adversary is before the hosts that it calls under its own
 * name, or at the end.
 */
export function partiesOf(
  components: readonly StoryComponent[],
  { users, hosts, programs, adversary }: Deployment,
): readonly string[] {
  const connections = components.flatMap(({ connection }) =>
    connection === null ? [] : (connectionIn(connection) ?? []),
  );
  const played = connections
    .flatMap(({ from, to }) => [from, to])
    .filter((name) => adversary?.controls.includes(name));
  const parties = components.map(({ party }) => party).filter((party) => party !== '');
  const present = new Set([...parties, ...played]);
  const hops = (name: string): number =>
    Math.max(0, ...hosts.filter(({ callsOn }) => callsOn === name).map((h) => 1 + hops(h.name)));
  const byHop = hosts.map(({ name }) => name).toSorted((a, b) => hops(a) - hops(b));
  const callers = [...users, ...programs].map(({ name }) => name);
  const between = connections.filter(({ from }) => from === adversary?.name);
  const known = [MOST_GENERAL_CLIENT, ...callers, ...between.map(({ from }) => from), ...byHop];
  return [...known.filter((party) => present.delete(party)), ...present];
}

/** The party's name; with its owner, where the adversary plays it. */
export function partyNamed(party: string, components: readonly StoryComponent[]): string {
  const adversary = components.find(({ machine }) => machine === 'adversary');
  const isPlayed = components.every((component) => component.party !== party);
  return adversary !== undefined && isPlayed ? `${party} (${adversary.party}'s)` : party;
}

/** In words. Against the most general client, a deployment's own bounds do not apply. */
export function boundsIn({ bounds }: Deployment, system: System): string {
  const client = system.find(({ machine }) => machine.id === 'mostGeneralClient');
  if (client === undefined) return boundsOf(bounds);
  const { challengesMax } = client.input as { readonly challengesMax: number };
  return (
    `Bounds: one server against the most general client, ${CONNECTIONS.length} connections, ` +
    `${challengesMax} challenges in all.`
  );
}
