/** Random hop sequences: one walk through a deployment, with every claim judged in every step. */
import type { AnyEventObject } from 'xstate';
import type { Property, Trace } from '../checker/system.ts';
import { type Walker, walker } from '../checker/walker.ts';
import type { MostGeneralClientEvent } from '../machines/most-general-client.ts';
import type { Component } from '../machines/system/component.ts';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { proves } from '../machines/terms.ts';
import { CLAIMS } from './catalogue.ts';
import type { Claim } from './claim.ts';

export type Failure = {
  readonly claim: Claim;
  readonly trace: Trace;
};

export type Walk = {
  readonly steps: number;
  readonly failure: Failure | null;
  readonly reached: readonly string[]; // claims of which the walk came by a witness, by id
};

/**
 * How often an offer is taken, against others that are enabled. Closing is rare, or few walks would
 * get anywhere: bugs that took 64 walks were missed in 3,000 when it was as likely as the rest.
 */
export function weightOf(event: AnyEventObject): number {
  switch (event.type) {
    case 'wire.close':
      return 1;
    case 'user.cancels':
      return 2;
    case 'user.types':
      return (event as { secret?: { passwordOf: string | null } }).secret?.passwordOf ? 10 : 3;
    case 'user.visits':
      return 6;
    case 'says':
      return isToThePoint(event as MostGeneralClientEvent) ? 8 : 1;
    default:
      return 10; // deliveries and calls, which are how work gets done
  }
}

/** The most general client can say so much that little of it would ever have a chance. */
const isToThePoint = (said: MostGeneralClientEvent): boolean =>
  said.type === 'says' &&
  (said.event.type === 'connection.opened' ||
    (said.event.type === 'AUTHENTICATE_MESSAGE' &&
      proves(said.event.response, said.event.response.challenge) &&
      said.event.response.challenge.connection === said.to));

type Goal = { readonly claim: Claim; readonly property: Property };
type Observed = { readonly claim: Claim; readonly component: Component };

/**
 * A deployment made ready for many walks, with the monitors of every claim expected to hold.
 *
 * About `server`, it is the server of a deployment with one host, against the most general client.
 */
export class Course {
  readonly #walker: Walker;
  readonly #weights: readonly number[];
  readonly #monitors: ReadonlyMap<string, Claim>;
  readonly #goals: readonly Goal[];
  readonly #stuck: Claim | undefined; // what a walk without a next step refutes

  constructor(
    deployment: Deployment,
    machines: Machines = MACHINES,
    about: Claim['about'] = 'deployment',
  ) {
    const { system, monitors, goals } = courseOf(deployment, machines, about);
    this.#walker = walker(system);
    this.#weights = this.#walker.offers.map(({ event }) => weightOf(event));
    this.#monitors = new Map(monitors.map(({ claim, component }) => [component.name, claim]));
    this.#goals = goals;
    this.#stuck = CLAIMS.find((claim) => claim.kind === 'never stuck' && claim.about === about);
  }

  /** Takes one step for each choice, until a claim fails. */
  walk(choices: readonly number[]): Walk {
    const walk = this.#walker;
    walk.reset();
    const reached = new Set<string>();
    const end = (steps: number, claim: Claim | null): Walk => ({
      steps,
      failure: claim === null ? null : { claim, trace: walk.trace() },
      reached: [...reached],
    });
    for (const [steps, choice] of choices.entries()) {
      const enabled = walk.enabled();
      if (enabled.length === 0) return end(steps, this.#stuck ?? null);
      walk.take(this.#choose(enabled, choice));
      const violated = walk.violated();
      if (violated !== null) return end(steps + 1, this.#monitors.get(violated)!);
      for (const { claim, property } of this.#goals)
        if (!reached.has(claim.id) && property.holds(...property.reads.map(walk.snapshot)))
          reached.add(claim.id);
    }
    return end(choices.length, null);
  }

  #choose(enabled: readonly number[], choice: number): number {
    const total = enabled.reduce((sum, offer) => sum + this.#weights[offer]!, 0);
    let rest = choice % total;
    for (const offer of enabled) {
      rest -= this.#weights[offer]!;
      if (rest < 0) return offer;
    }
    throw new Error('the weights of the enabled offers do not add up');
  }
}

function courseOf(deployment: Deployment, machines: Machines, about: Claim['about']) {
  const components = new Map<string, Component>();
  const monitors: Observed[] = [];
  const goals: Goal[] = [];
  for (const claim of CLAIMS) {
    if (claim.about !== about || !claim.appliesTo(deployment)) continue;
    if (claim.expected(deployment) === 'violated') continue;
    for (const [index, { system, properties }] of claim.subjects(deployment, machines).entries()) {
      const renamed = (name: string) => `${claim.id} ${index}: ${name}`;
      const own = new Set(system.filter(({ monitor }) => monitor).map(({ name }) => name));
      for (const component of system) {
        const name = component.monitor ? renamed(component.name) : component.name;
        if (!components.has(name)) components.set(name, { ...component, name });
        if (component.monitor) monitors.push({ claim, component: components.get(name)! });
      }
      for (const property of properties)
        goals.push({
          claim,
          property: {
            ...property,
            reads: property.reads.map((name) => (own.has(name) ? renamed(name) : name)),
          },
        });
    }
  }
  return { system: [...components.values()], monitors, goals };
}
