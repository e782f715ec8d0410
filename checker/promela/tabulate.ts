/** The tables of a system: every cell and property value that a search of all states needs. */
import type { AnyMachineSnapshot } from 'xstate';
import { withMonitors } from '../explore/checked-property.ts';
import { PlainSweep } from '../explore/plain-sweep.ts';
import { finished } from '../explore/search-progress.ts';
import { dutiesOf } from '../liveness/fairness.ts';
import { ALL, type Composition, compose, REFUSED } from '../model/composition.ts';
import type { Property, System } from '../model/system.ts';
import { decided } from './decision.ts';
import type { ModelCell, ModelProperty, TabulatedModel } from './tabulated-model.ts';

export type Tabulated = {
  readonly model: TabulatedModel;
  /** The counts of the search that filled the tables. */
  readonly states: number;
  readonly transitions: number;
};

const UNLIMITED = { statesMax: Number.POSITIVE_INFINITY, bytesMax: Number.POSITIVE_INFINITY };

/**
 * Visits every state with the plain search and tabulates only the cells that it has used. It has no
 * limit, so search the system first, with one.
 *
 * @throws TypeError for a system or a property that is not well formed.
 */
export function tabulate(system: System, properties: readonly Property[]): Tabulated {
  const composition = compose(system);
  const sweep = new PlainSweep(composition, [], UNLIMITED);
  finished(sweep.run());
  const numbering = new Numbering(composition);
  const model: TabulatedModel = {
    ...numbering.tables(),
    properties: withMonitors(system, properties).map((property): ModelProperty => {
      const { name, kind } = property;
      const reads = property.reads.map((read) => composition.indexOf(read));
      const decision = decided(property, reads, numbering, composition, sweep.sample);
      return kind === 'response'
        ? { kind, name, reads, decision, duties: dutiesOf(property, composition.offers) }
        : { kind, name, reads, decision };
    }),
  };
  const { states, transitions } = sweep.progress();
  return { model, states, transitions };
}

/** Numbers for states and events. Those of a table depend on the systems that shared it before. */
class Numbering {
  readonly #composition: Composition;
  readonly #inputs: { readonly component: number; readonly event: number }[] = [];
  readonly #inputIds: number[][] = []; // by component, then by event
  readonly #states: number[][]; // by component: the states of its table, in our order
  readonly #stateIds: number[][]; // by component, then by state of its table

  /** @param composition - has taken every step of the system. */
  constructor(composition: Composition) {
    this.#composition = composition;
    this.#states = composition.system.map(() => [0]);
    this.#stateIds = composition.system.map(() => [0]);
    for (const [offer, mover] of composition.movers.entries())
      this.#input(mover, composition.moves[offer]!);
    for (let size = -1; size !== this.#size; ) {
      size = this.#size;
      for (const { component, event } of this.#inputs)
        for (const state of this.#states[component]!) this.#meet(component, state, event);
    }
  }

  /** The number of states of a component, including those within a step. */
  states(component: number): number {
    return this.#states[component]!.length;
  }

  stateOf(component: number, state: number): number {
    return this.#stateIds[component]![state]!;
  }

  tables(): Omit<TabulatedModel, 'properties'> {
    const composition = this.#composition;
    return {
      components: composition.system.map(({ name, machine, monitor }, component) => ({
        name,
        machine: machine.id,
        isMonitor: monitor,
        states: texts(
          this.#states[component]!.map((state) => composition.snapshot(component, state)),
        ),
      })),
      inputs: this.#inputs.map(({ component, event }) => ({
        component,
        event: JSON.stringify(composition.eventOf(component, event)),
        cells: this.#states[component]!.map((state) => this.#cell(component, state, event)),
      })),
      offers: composition.movers.map((mover, offer) =>
        this.#input(mover, composition.moves[offer]!),
      ),
    };
  }

  get #size(): number {
    return this.#states.reduce((sum, { length }) => sum + length, this.#inputs.length);
  }

  #meet(component: number, state: number, event: number): void {
    const cell = this.#composition.knownCell(component, state, event);
    if (cell === undefined || cell.next === REFUSED) return;
    const ids = this.#stateIds[component]!;
    if (ids[cell.next] === undefined) ids[cell.next] = this.#states[component]!.push(cell.next) - 1;
    this.#effects(cell.effects);
  }

  #cell(component: number, state: number, event: number): ModelCell {
    const cell = this.#composition.knownCell(component, state, event);
    if (cell === undefined) return 'hole';
    if (cell.next === REFUSED) return 'refused';
    return { next: this.stateOf(component, cell.next), effects: this.#effects(cell.effects) };
  }

  /** Inputs for pairs of an addressee and an event. A signal is one input per monitor. */
  #effects(pairs: readonly number[]): readonly number[] {
    const effects: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const [to, event] = [pairs[i]!, pairs[i + 1]!];
      if (to === ALL) effects.push(...this.#effects(this.#composition.audienceOf(event)));
      else effects.push(this.#input(to, event));
    }
    return effects;
  }

  #input(component: number, event: number): number {
    this.#inputIds[component] ??= [];
    const ids = this.#inputIds[component];
    ids[event] ??= this.#inputs.push({ component, event }) - 1;
    return ids[event];
  }
}

/** Each state's value, with those fields of its context that vary among the states. */
function texts(snapshots: readonly AnyMachineSnapshot[]): readonly string[] {
  const fields = [...new Set(snapshots.flatMap(({ context }) => Object.keys(context)))];
  const varying = fields.filter(
    (field) => new Set(snapshots.map(({ context }) => JSON.stringify(context[field]))).size > 1,
  );
  return snapshots.map(({ value, context }) => {
    const known = Object.fromEntries(varying.map((field) => [field, context[field]]));
    return `${JSON.stringify(value)}${varying.length > 0 ? ` ${JSON.stringify(known)}` : ''}`;
  });
}
