/** The subjects of exploration by hand: a deployment, and each kind of its servers alone. */
import { isUnviolated } from '../../../checker/explore/checked-property.ts';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { Property } from '../../../checker/model/system.ts';
import type { Component, System } from '../../../machines/system/component.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import { isChallenging } from '../../../machines/system/mechanisms.ts';
import type { AcceptingHost, Deployment } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import type { Claim, Subject } from '../../../properties/claim.ts';
import { connectionIn } from '../../../story/component-names.ts';

/** A claim, and its properties of a single state. Empty for `deadlock-free`. */
export type CheckableClaim = { readonly claim: Claim; readonly properties: readonly Property[] };

export type Explorable = {
  readonly id: string; // for a URL: "deployment", "server-1"
  readonly name: string; // "article (NTLM)", "the NTLM server of frontEnd and mailbox alone"
  readonly deployment: Deployment;
  readonly system: System; // with the monitors of every claim about it
  readonly claims: readonly CheckableClaim[]; // in the catalogue's order
};

/** The deployment first. Claims with separate searches are evaluated together here. */
export function explorablesOf(
  deployment: Deployment,
  machines: Machines = MACHINES,
): readonly Explorable[] {
  const grounds = new Map<string, Ground>();
  for (const claim of CLAIMS.filter(({ appliesTo }) => appliesTo(deployment))) {
    for (const subject of claim.subjects(deployment, machines)) {
      const parties = subject.system.filter(({ monitor }) => !monitor);
      const key = stateKey(parties.map(({ name, input }) => [name, input ?? null]));
      const ground = grounds.get(key) ?? new Ground(claim.about, parties);
      grounds.set(key, ground);
      ground.add(claim, subject);
    }
  }
  const whole = [...grounds.values()].filter(({ about }) => about === 'deployment');
  const servers = [...grounds.values()].filter(({ about }) => about === 'server');
  return [
    ...whole.map((ground) => ground.explorable('deployment', deployment.name, deployment)),
    ...servers.map((ground, i) =>
      ground.explorable(`server-${i + 1}`, serverNamed(ground.parties, deployment), deployment),
    ),
  ];
}

/** The parties of several claims, and the monitors of those claims. */
class Ground {
  readonly about: Claim['about'];
  readonly parties: System;
  readonly #monitors: Component[] = [];
  readonly #properties = new Map<Claim, Property[]>();

  constructor(about: Claim['about'], parties: System) {
    this.about = about;
    this.parties = parties;
  }

  add(claim: Claim, { system, properties }: Subject): void {
    const names = new Map<string, string>();
    for (const component of system.filter(({ monitor }) => monitor)) {
      const name = this.#unused(component.name, claim);
      names.set(component.name, name);
      this.#monitors.push({ ...component, name });
    }
    const own = properties.map((property) => ({
      ...property,
      reads: property.reads.map((name) => names.get(name) ?? name),
    }));
    const safety = claim.kind === 'always' ? [...names.values()].map(unviolated) : [];
    this.#properties.set(claim, [...(this.#properties.get(claim) ?? []), ...safety, ...own]);
  }

  explorable(id: string, name: string, deployment: Deployment): Explorable {
    const claims = [...this.#properties].map(([claim, properties]) => ({
      claim,
      properties: this.#toldApart(properties),
    }));
    return { id, name, deployment, system: [...this.parties, ...this.#monitors], claims };
  }

  /** "witnessed: alice>frontEnd#1": a claim may have one property for each connection or user. */
  #toldApart(properties: readonly Property[]): readonly Property[] {
    const count = (name: string) => properties.filter((property) => property.name === name).length;
    return properties.map((property) => {
      if (count(property.name) === 1) return property;
      const places = property.reads.map((name) => this.#placeOf(name));
      return { ...property, name: `${property.name}: ${[...new Set(places)].join(', ')}` };
    });
  }

  /** Of a monitor: the components that it observes. Of another component: its connection. */
  #placeOf(component: string): string {
    const monitor = this.#monitors.find(({ name }) => name === component);
    if (monitor === undefined) return connectionIn(component)?.name ?? component;
    const { connections = [] } = (monitor.input ?? {}) as { connections?: readonly string[] };
    return [...Object.values(monitor.hears ?? {}), ...connections].join(' at ') || component;
  }

  /** Monitors of two claims may share a name, as may those of one claim's two systems. */
  #unused(wanted: string, claim: Claim): string {
    const isTaken = (name: string) => this.#monitors.some((monitor) => monitor.name === name);
    if (!isTaken(wanted)) return wanted;
    let name = `${wanted}, ${claim.id}`;
    for (let number = 2; isTaken(name); number += 1) name = `${wanted}, ${claim.id} ${number}`;
    return name;
  }
}

const unviolated = (monitor: string): Property => ({
  kind: 'always',
  name: monitor,
  reads: [monitor],
  holds: isUnviolated,
});

type Kind = Pick<AcceptingHost, 'policy' | 'defences'>;
const kindOf = ({ policy, defences: { challenges } }: Kind) => stateKey({ policy, challenges });

/** Hosts whose policies and challenges are of one kind have one kind of server. */
function serverNamed(parties: System, { hosts }: Deployment): string {
  const kinds = parties.flatMap(({ input }) => {
    const { policy, defences } = (input ?? {}) as Partial<Kind>;
    return policy === undefined || defences === undefined ? [] : [kindOf({ policy, defences })];
  });
  const owners = hosts.filter((host) => isChallenging(host) && kinds.includes(kindOf(host)));
  const named = owners.map(({ name }) => name).join(' and ');
  return `the NTLM server of ${named} alone, against the most general client`;
}
