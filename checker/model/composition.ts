/** A system in integers: a state is a row of one number per component; a step rewrites a row. */
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import type { BuildWatch } from '../explore/limits.ts';
import { type Effect, isHeardBy, stamped } from './effects.ts';
import { type Refusal, Refusals } from './refusals.ts';
import type { Component, Delivery, Step, System, Trace } from './system.ts';
import { MachineError, type Table, tableOf } from './table.ts';
import { checkWiring } from './wiring.ts';

export type Offer = { readonly component: string; readonly event: AnyEventObject };

/** The reaction of one component to one event in one state, in numbers. */
export type Cell = {
  readonly next: number; // or REFUSED
  /** Pairs of an addressee and an event of its table, or of ALL and the number of a signal. */
  readonly effects: readonly number[];
  noted: boolean; // whether the refusal has been recorded
};

type Part = {
  readonly component: Component;
  readonly table: Table;
  readonly cells: Cell[][]; // by state, then by event
};

export const REFUSED = -1;
export const ALL = -1; // every monitor
export const CASCADE_MAX = 10_000; // deliveries in one step

/**
 * @param watch - called for each component; what it throws ends the composing.
 * @throws TypeError for a system that is not well formed or has machines without a table.
 */
export function compose(system: System, watch: BuildWatch = () => {}): Composition {
  checkWiring(system);
  return new Composition(system, watch);
}

/** A system with buffers for one caller. Compositions share the tables of the machines. */
export class Composition {
  readonly system: System;
  readonly initial: Int32Array; // all 0, the number of a table's initial state
  /** The state after the last step that was enabled. Overwritten by the next `step`. */
  readonly next: Int32Array;
  readonly offers: readonly Offer[];
  readonly #parts: readonly Part[];
  readonly #index: ReadonlyMap<string, number>;
  readonly #monitors: readonly number[];
  readonly movers: readonly number[]; // by offer: its component
  readonly moves: readonly number[]; // by offer: its event
  readonly #signals: AnyEventObject[] = [];
  readonly #signalIds = new Map<AnyEventObject, number>();
  readonly #audiences: (readonly number[])[] = []; // by signal: pairs of a monitor and an event
  readonly #refusals = new Refusals();
  // The cascade of the last step, as parallel arrays that are reused.
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #heard: number[] = [];
  #tail = 0;

  constructor(system: System, watch: BuildWatch = () => {}) {
    this.system = system;
    this.#parts = system.map((component) => {
      watch();
      return { component, table: tableOf(component.machine, component.input), cells: [] };
    });
    this.#index = new Map(system.map(({ name }, i) => [name, i]));
    this.#monitors = system.flatMap(({ monitor }, i) => (monitor ? [i] : []));
    this.initial = new Int32Array(system.length);
    this.next = new Int32Array(system.length);
    this.offers = system.flatMap(({ name, offers }) =>
      offers.map((event) => ({ component: name, event })),
    );
    this.movers = this.offers.map(({ component }) => this.indexOf(component));
    this.moves = this.offers.map(({ event }, offer) =>
      this.#parts[this.movers[offer]!]!.table.eventId(event),
    );
  }

  /** @throws TypeError when no component has this name. */
  indexOf(name: string): number {
    const index = this.#index.get(name);
    if (index === undefined) throw new TypeError(`no component is named ${name}`);
    return index;
  }

  /** The snapshot of the component numbered `component` in its state numbered `state`. */
  snapshot(component: number, state: number): AnyMachineSnapshot {
    return this.#parts[component]!.table.snapshots[state]!;
  }

  /** The number of a state of that component, whether reached or not. */
  stateId(component: number, snapshot: AnyMachineSnapshot): number {
    return this.#parts[component]!.table.stateId(snapshot);
  }

  /** The number of an event for that component, whether received or not. */
  eventId(component: number, event: AnyEventObject): number {
    return this.#parts[component]!.table.eventId(event);
  }

  /** The distinct refusals met by `step` so far, sorted. */
  get refusals(): readonly Refusal[] {
    return this.#refusals.list();
  }

  /** Those of messages that their addressee has accepted in no state so far. */
  get neverAccepted(): readonly Refusal[] {
    const accepted = new Set<string>();
    for (const { component, table, cells } of this.#parts)
      for (const row of Object.values(cells))
        for (const [event, cell] of Object.entries(row))
          if (cell !== undefined && cell.next !== REFUSED)
            accepted.add(`${component.machine.id} ${table.events[Number(event)]!.type}`);
    return this.refusals.filter(({ addressee, event }) => !accepted.has(`${addressee} ${event}`));
  }

  /** Pairs of a state and an event that XState has evaluated, for any system with these tables. */
  get evaluations(): number {
    const distinct = new Set(this.#parts.map(({ table }) => table));
    return [...distinct].reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  /**
   * Whether `offer` is enabled in the state at `rows[at]`. If so, `next` is the state after it.
   */
  step(rows: Int32Array, at: number, offer: number): boolean {
    const mover = this.movers[offer]!;
    const first = this.cell(mover, rows[at + mover]!, this.moves[offer]!);
    if (first.next === REFUSED) return false;
    const { next } = this;
    for (let i = 0; i < next.length; i += 1) next[i] = rows[at + i]!;
    next[mover] = first.next;
    this.#tail = 0;
    this.#enqueue(mover, first.effects);
    for (let head = 0; head < this.#tail; head += 1) {
      const to = this.#to[head]!;
      const event = this.#heard[head]!;
      if (to === ALL) {
        this.#tell(event);
        continue;
      }
      const cell = this.cell(to, next[to]!, event);
      if (cell.next === REFUSED) {
        this.note(cell, this.#from[head]!, to, next[to]!, event);
        return false;
      }
      next[to] = cell.next;
      this.#enqueue(to, cell.effects);
    }
    return true;
  }

  /** The trace of `offers` from the initial state. Its last state is then in `next`. */
  trace(offers: readonly number[]): Trace {
    const row = this.initial.slice();
    this.next.set(row);
    return offers.map((offer): Step => {
      const { component, event } = this.offers[offer]!;
      if (!this.step(row, 0, offer)) throw new RangeError(`offer ${offer} is not enabled here`);
      row.set(this.next);
      return { component, event, deliveries: this.#deliveries() };
    });
  }

  #deliveries(): readonly Delivery[] {
    return this.#heard.slice(0, this.#tail).map((event, i) => {
      const from = this.system[this.#from[i]!]!.name;
      const to = this.#to[i]!;
      const name = to === ALL ? '*' : this.system[to]!.name;
      return { from, to: name, event: this.eventOf(to, event) };
    });
  }

  #enqueue(from: number, effects: readonly number[]): void {
    for (let i = 0; i < effects.length; i += 2) {
      this.#from[this.#tail] = from;
      this.#to[this.#tail] = effects[i]!;
      this.#heard[this.#tail] = effects[i + 1]!;
      this.#tail += 1;
    }
    if (this.#tail > CASCADE_MAX) {
      throw new RangeError(`more than ${CASCADE_MAX} deliveries in one step: it does not end`);
    }
  }

  #tell(signal: number): void {
    const audience = this.audienceOf(signal);
    for (let i = 0; i < audience.length; i += 2) {
      const monitor = audience[i]!;
      const { next } = this.cell(monitor, this.next[monitor]!, audience[i + 1]!);
      if (next !== REFUSED) this.next[monitor] = next;
    }
  }

  /** Evaluates the event with XState, unless that was done before. */
  cell(component: number, state: number, event: number): Cell {
    return this.knownCell(component, state, event) ?? this.#resolve(component, state, event);
  }

  /** Undefined: this composition has not evaluated it yet. */
  knownCell(component: number, state: number, event: number): Cell | undefined {
    return this.#parts[component]!.cells[state]?.[event];
  }

  /** The monitors that hear a signal: pairs of a monitor and an event of its table. */
  audienceOf(signal: number): readonly number[] {
    return this.#audiences[signal]!;
  }

  /** The event with this number in the component's table, or the signal if `component` is ALL. */
  eventOf(component: number, event: number): AnyEventObject {
    return component === ALL ? this.#signals[event]! : this.#parts[component]!.table.events[event]!;
  }

  #resolve(index: number, state: number, event: number): Cell {
    const { component, table, cells } = this.#parts[index]!;
    const reaction = table.react(state, event);
    const effects = reaction?.effects.flatMap((effect) => this.#address(component, effect)) ?? [];
    const cell = { next: reaction?.next ?? REFUSED, effects, noted: false };
    cells[state] ??= [];
    cells[state][event] = cell;
    return cell;
  }

  /** An effect as an addressee and an event. Empty: the port leads nowhere. */
  #address({ name, ports, monitor }: Component, effect: Effect): readonly number[] {
    if (monitor) throw new TypeError(`monitor ${name} sends or emits, and it may only listen`);
    if ('signal' in effect) return [ALL, this.#signalId(effect.signal)];
    const peer = Object.hasOwn(ports, effect.to) ? ports[effect.to] : undefined;
    if (peer === undefined) {
      throw new MachineError(
        `${name} sends to its port ${effect.to}, which is not among its ports`,
      );
    }
    if (peer === null) return [];
    const to = this.indexOf(peer.component);
    return [to, this.#parts[to]!.table.eventId(stamped(effect, peer.port))];
  }

  #signalId(signal: AnyEventObject): number {
    const known = this.#signalIds.get(signal);
    if (known !== undefined) return known;
    this.#signalIds.set(signal, this.#signals.length);
    const audience = this.#monitors.filter((m) => isHeardBy(this.system[m]!, signal));
    this.#audiences.push(audience.flatMap((m) => [m, this.#parts[m]!.table.eventId(signal)]));
    return this.#signals.push(signal) - 1;
  }

  /** Records that the component `to` refuses an event in its state `state`. */
  note(cell: Cell, from: number, to: number, state: number, event: number): void {
    if (cell.noted) return;
    cell.noted = true;
    const [sender, addressee] = [this.system[from]!.machine, this.system[to]!.machine];
    this.#refusals.add(sender, addressee, this.snapshot(to, state), this.eventOf(to, event));
  }
}
