/** A breadth-first search in which each state is a row of numbers, one number per component. */

import type { Scouted } from '../kernel/packed.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Composition } from '../model/composition.ts';
import type { CheckedProperty } from './checked-property.ts';
import { edgesFor, roomIn, TURN, watchClock } from './explored.ts';
import { LimitReached, type Limits, type Progress } from './limits.ts';
import { Reached } from './reached.ts';
import { SearchProgress } from './search-progress.ts';

const CLOCK_EVERY = 256; // states
/** A state of a huge system takes long itself. Others have fewer offers. */
const OFFERS_AT_ONCE = 2_048;

/** Expands state after state, offer after offer. Subclasses say which rows count as the same. */
export abstract class RowSweep {
  readonly edges: Edges | null;
  deadlock = -1;
  protected readonly reached: Reached;
  readonly #composition: Composition;
  readonly #limits: Limits;
  readonly #progress = new SearchProgress();
  #steps = 0; // out of the state that is expanded

  constructor(composition: Composition, properties: readonly CheckedProperty[], limits: Limits) {
    const room = roomIn(limits, () => this.progress());
    this.#composition = composition;
    this.#limits = limits;
    this.reached = new Reached(composition.initial.length, room);
    this.edges = edgesFor(properties, room);
  }

  /** The state after `offer` in the state at `rows[at]`. Null: the offer is not enabled there. */
  protected abstract successor(at: number, offer: number): Int32Array | null;

  /** Checks the properties in a new state, whose row starts at `rows[at]`. */
  protected abstract check(state: number, at: number): void;

  /** Receives the number of steps out of a state once they are all taken. */
  protected expanded(_state: number, _steps: number): void {}

  protected get isCut(): boolean {
    return false;
  }

  /** The states found so far. */
  get sample(): Omit<Scouted, 'groups'> {
    const { rows, count } = this.reached;
    return { rows, count, began: this.#progress.began };
  }

  /**
   * Searches until more than `states` states have been found.
   *
   * @returns whether the search ended before that.
   */
  *run(states = Number.POSITIVE_INFINITY): Generator<Progress, boolean, void> {
    this.reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.reached.count; state += 1) {
      if (this.isCut) return true;
      if (this.reached.count > states) return false;
      this.#progress.goOn(this.reached.count);
      if (state % CLOCK_EVERY === 0) watchClock(this.#limits, () => this.progress());
      if (state % TURN === TURN - 1) yield this.progress();
      for (let offer = 0; ; ) {
        offer = this.#expand(state, offer);
        if (offer === this.#composition.offers.length) break;
        watchClock(this.#limits, () => this.progress());
        yield this.progress();
      }
      this.#close(state);
      this.#progress.expanded = state + 1;
    }
    return true;
  }

  offersTo(state: number): readonly number[] {
    return this.reached.offersTo(state);
  }

  holding(property: CheckedProperty): Uint8Array {
    const { rows, count } = this.reached;
    const width = this.#composition.initial.length;
    return Uint8Array.from({ length: count }, (_, state) =>
      property.holds(rows, state * width) ? 1 : 0,
    );
  }

  progress(): Progress {
    const bytes = this.reached.bytes + (this.edges?.bytes ?? 0);
    return this.#progress.progress(this.reached.count, bytes);
  }

  /** Takes some offers, from this one on. @returns the next one to take. */
  #expand(state: number, from: number): number {
    const { initial, offers } = this.#composition;
    const at = state * initial.length;
    const to = Math.min(from + OFFERS_AT_ONCE, offers.length);
    for (let offer = from; offer < to; offer += 1) {
      const next = this.successor(at, offer);
      if (next === null) continue;
      this.#steps += 1;
      this.#progress.transitions += 1;
      const { count } = this.reached;
      const end = this.reached.add(next, state, offer);
      if (end === count) this.#meet(end);
      this.edges?.push(end, offer);
    }
    return to;
  }

  /** After the last offer. */
  #close(state: number): void {
    const steps = this.#steps;
    this.#steps = 0;
    this.edges?.close();
    this.expanded(state, steps);
    if (steps === 0 && this.deadlock < 0) this.deadlock = state;
  }

  #meet(state: number): void {
    const { statesMax } = this.#limits;
    if (state >= statesMax)
      throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: state });
    this.check(state, state * this.#composition.initial.length);
  }
}
