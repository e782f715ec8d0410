/** Who is who in a system: whose part each component is, and in which order parties are shown. */
import type { Component, System } from '../../machines/system/component.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import {
  browserIn,
  connectionIn,
  endIn,
  MOST_GENERAL_CLIENT,
} from '../../properties/story/cast.ts';
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

/** Those who have a component: whoever calls first, then hosts, each after all that call on it. */
export function partiesOf(
  components: readonly StoryComponent[],
  { users, hosts }: Deployment,
): readonly string[] {
  const present = new Set(components.map(({ party }) => party).filter((party) => party !== ''));
  const hops = (name: string): number =>
    Math.max(0, ...hosts.filter(({ callsOn }) => callsOn === name).map((h) => 1 + hops(h.name)));
  const byHop = hosts.map(({ name }) => name).toSorted((a, b) => hops(a) - hops(b));
  const known = [MOST_GENERAL_CLIENT, ...users.map(({ name }) => name), ...byHop];
  return [...known.filter((party) => present.delete(party)), ...present];
}
