/** Checks that a list of components is a well-formed system. */
import type { Component, System } from './system.ts';

/**
 * @throws TypeError for a name used twice, a monitor that offers or has ports, and a port that
 *   leads to no component or to one whose port does not lead back.
 */
export function checkWiring(system: System): void {
  const byName = new Map<string, Component>();
  for (const component of system) {
    const { name, monitor, offers, ports } = component;
    if (name === '*') throw new TypeError("'*' stands for all monitors: no component may be it");
    if (byName.has(name)) throw new TypeError(`two components are named ${name}`);
    if (monitor && offers.length > 0) throw new TypeError(`monitor ${name} has offers`);
    if (monitor && Object.keys(ports).length > 0) throw new TypeError(`monitor ${name} has ports`);
    byName.set(name, component);
  }
  for (const component of system) checkPorts(component, byName);
}

function checkPorts({ name, ports }: Component, byName: ReadonlyMap<string, Component>): void {
  for (const [port, peer] of Object.entries(ports)) {
    if (peer === null) continue;
    const other = byName.get(peer.component);
    const leads = `port ${port} of ${name} leads to`;
    if (!other) throw new TypeError(`${leads} ${peer.component}, which does not exist`);
    if (!Object.hasOwn(other.ports, peer.port)) {
      throw new TypeError(`${leads} port ${peer.port} of ${other.name}, which it does not have`);
    }
    const back = other.ports[peer.port];
    if (back?.component !== name || back.port !== port) {
      const found = back ? `port ${back.port} of ${back.component}` : 'nowhere';
      throw new TypeError(
        `${leads} port ${peer.port} of ${other.name}, which does not lead back but to ${found}`,
      );
    }
  }
}
