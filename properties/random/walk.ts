/** Random hop sequences: walks through a deployment, with every claim checked after every step. */
import type { AnyEventObject } from 'xstate';
import { type Walker, walker } from '../../checker/explore/walker.ts';
import { dutiesOf } from '../../checker/liveness/fairness.ts';
import { LassoWatch } from '../../checker/liveness/lasso.ts';
import type { Property, Response, Trace } from '../../checker/model/system.ts';
import type { MostGeneralClientEvent } from '../../machines/parties/most-general-client.ts';
import type { Component } from '../../machines/system/component.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { proves } from '../../machines/vocabulary/terms.ts';
import { CLAIMS } from '../catalogue.ts';
import type { Claim } from '../claim.ts';

export type Failure = {
  readonly claim: Claim;
  readonly trace: Trace;
  /** Steps before the loop that the walk closed; the loop is the rest. Null: there is no loop. */
  readonly loop: number | null;
};

export type Walk = {
  readonly steps: number;
  readonly failure: Failure | null;
  readonly reached: readonly string[]; // ids of the claims for which the walk is a witness
};

/**
 * The weight of a spontaneous action among the enabled ones. Closing is rare: when it was as likely
 * as the rest, 3,000 walks missed bugs that 64 walks find now.
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
    case 'client.says':
      return isToThePoint(event as MostGeneralClientEvent) ? 8 : 1;
    default:
      return 10; // deliveries and calls
  }
}

/** True of the few events of the most general client that lead on; it has very many others. */
const isToThePoint = (said: MostGeneralClientEvent): boolean =>
  said.type === 'client.says' &&
  (said.event.type === 'connection.opened' ||
    (said.event.type === 'AUTHENTICATE_MESSAGE' &&
      proves(said.event.response, said.event.response.challenge) &&
      said.event.response.challenge.connection === said.to));

type Goal = { readonly claim: Claim; readonly property: Property };
type Debt = Goal & { readonly property: Response };
type Observed = { readonly claim: Claim; readonly component: Component };

/** The claims that a walk checks. */
export type Checked = {
  readonly about?: Claim['about']; // default: 'deployment'
  readonly claims?: readonly Claim[]; // default: those that theory predicts to hold
};

/**
 * Takes many walks through one deployment, with the monitors of the claims that it checks.
 *
 * With `about: 'server'`, the walks are of the server of a deployment with one host, against the
 * most general client.
 */
export class Sampler {
  readonly #walker: Walker;
  readonly #weights: readonly number[];
  readonly #monitors: ReadonlyMap<string, Claim>;
  readonly #goals: readonly Goal[];
  readonly #laws: readonly Goal[]; // of kind `always`
  readonly #debts: readonly (Debt & { readonly watch: LassoWatch })[];
  readonly #actors: readonly string[]; // all components but the monitors
  readonly #deadlock: Claim | undefined; // violated by a walk without a next step

  constructor(
    deployment: Deployment,
    machines: Machines = MACHINES,
    { about = 'deployment', claims = expectedOf(deployment) }: Checked = {},
  ) {
    const checked = claims.filter((claim) => claim.about === about);
    const { system, monitors, goals, debts } = instrumented(deployment, machines, checked);
    this.#walker = walker(system);
    this.#weights = this.#walker.offers.map(({ event }) => weightOf(event));
    this.#monitors = new Map(monitors.map(({ claim, component }) => [component.name, claim]));
    this.#goals = goals.filter(({ property }) => property.kind !== 'always');
    this.#laws = goals.filter(({ property }) => property.kind === 'always');
    this.#debts = debts.map((debt) => ({
      ...debt,
      watch: new LassoWatch(dutiesOf(debt.property, this.#walker.offers)),
    }));
    this.#actors = system.filter(({ monitor }) => !monitor).map(({ name }) => name);
    this.#deadlock = checked.find(({ kind }) => kind === 'deadlock-free');
  }

  /** Takes one step for each choice, until a claim fails. */
  walk(choices: readonly number[]): Walk {
    const walk = this.#walker;
    walk.reset();
    const reached = new Set<string>();
    const end = (steps: number, claim: Claim | null, loop: number | null = null): Walk => ({
      steps,
      failure: claim === null ? null : { claim, trace: walk.trace(), loop },
      reached: [...reached],
    });
    for (const { watch } of this.#debts) watch.reset();
    for (const [steps, choice] of choices.entries()) {
      const lasso = this.#lasso();
      if (lasso !== null) return end(steps, lasso.claim, lasso.loop);
      const enabled = walk.enabled();
      if (enabled.length === 0) return end(steps, this.#deadlock ?? null);
      const offer = this.#choose(enabled, choice);
      walk.take(offer);
      for (const { watch } of this.#debts) watch.take(offer);
      const violated = walk.violated();
      if (violated !== null) return end(steps + 1, this.#monitors.get(violated)!);
      const broken = this.#laws.find(({ property }) => !property.holds(...this.#read(property)));
      if (broken !== undefined) return end(steps + 1, broken.claim);
      for (const { claim, property } of this.#goals)
        if (!reached.has(claim.id) && property.holds(...this.#read(property)))
          reached.add(claim.id);
    }
    const lasso = this.#lasso();
    return end(choices.length, lasso?.claim ?? null, lasso?.loop);
  }

  /** A claim whose wait never ends if the loop that is closed now is repeated for ever. */
  #lasso(): { readonly claim: Claim; readonly loop: number } | null {
    const walk = this.#walker;
    let actors: string | null = null; // computed once, as it is costly
    for (const { claim, property, watch } of this.#debts) {
      const owes = !property.holds(...this.#read(property));
      if (owes) actors ??= walk.key(this.#actors);
      const state = owes ? `${actors} ${walk.key(property.reads)}` : '';
      const loop = watch.visit(state, owes, owes ? walk.enabled() : []);
      if (loop !== null) return { claim, loop };
    }
    return null;
  }

  #read({ reads }: Property) {
    return reads.map(this.#walker.snapshot);
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

const expectedOf = (deployment: Deployment): readonly Claim[] =>
  CLAIMS.filter(
    (claim) =>
      claim.appliesTo(deployment) && (claim.kind === 'sometimes' || claim.given.is(deployment)),
  );

/** The system of the deployment with the monitors of all the claims, and their properties. */
function instrumented(deployment: Deployment, machines: Machines, claims: readonly Claim[]) {
  const components = new Map<string, Component>();
  const monitors: Observed[] = [];
  const goals: Goal[] = [];
  const debts: Debt[] = [];
  for (const claim of claims) {
    for (const [index, { system, properties }] of claim.subjects(deployment, machines).entries()) {
      const renamed = (name: string) => `${claim.id} ${index}: ${name}`;
      const own = new Set(system.filter(({ monitor }) => monitor).map(({ name }) => name));
      for (const component of system) {
        const name = component.monitor ? renamed(component.name) : component.name;
        if (!components.has(name)) components.set(name, { ...component, name });
        if (component.monitor) monitors.push({ claim, component: components.get(name)! });
      }
      for (const property of properties) {
        const reads = property.reads.map((name) => (own.has(name) ? renamed(name) : name));
        if (property.kind === 'response') debts.push({ claim, property: { ...property, reads } });
        else goals.push({ claim, property: { ...property, reads } });
      }
    }
  }
  return { system: [...components.values()], monitors, goals, debts };
}
