/** The search as it is meant: state after state, offer after offer, a row of numbers each. */

import type { Scouted } from '../kernel/packed.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Composition } from '../model/composition.ts';
import type { Evaluated } from './evaluation.ts';
import {
  type Explored,
  edgesFor,
  ofStates,
  roomIn,
  type SweepOptions,
  TURN,
  watchClock,
} from './explored.ts';
import { LimitReached, type Progress } from './limits.ts';
import { Reached } from './reached.ts';
import { SearchProgress } from './search-progress.ts';

const CLOCK_EVERY = 256; // states

export class PlainSweep implements Explored {
  readonly decided = new Map<Evaluated, number>();
  readonly edges: Edges | null;
  deadlock = -1;
  isExhausted = false;
  readonly #composition: Composition;
  readonly #options: SweepOptions;
  readonly #reached: Reached;
  readonly #progress = new SearchProgress();
  #undecided: readonly Evaluated[];
  #isViolated = false;

  constructor(composition: Composition, evaluated: readonly Evaluated[], options: SweepOptions) {
    const room = roomIn(options, () => this.progress());
    this.#composition = composition;
    this.#options = options;
    this.#reached = new Reached(composition.initial.length, room);
    this.edges = edgesFor(evaluated, room);
    this.#undecided = ofStates(evaluated);
  }

  /** The states so far, as a sample of what there is. */
  get sample(): Omit<Scouted, 'groups'> {
    const { rows, count } = this.#reached;
    return { rows, count, began: this.#progress.began };
  }

  /** @returns whether it came to its end, and not just to this many states. */
  *run(states = Number.POSITIVE_INFINITY): Generator<Progress, boolean, void> {
    this.#reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.#reached.count; state += 1) {
      if (this.#isDone()) return true;
      if (this.#reached.count > states) return false;
      this.#progress.goOn(this.#reached.count);
      if (state % CLOCK_EVERY === 0) watchClock(this.#options, () => this.progress());
      if (state % TURN === TURN - 1) yield this.progress();
      this.#expand(state);
      this.#progress.expanded = state + 1;
    }
    this.isExhausted = !this.#isDone();
    return true;
  }

  offersTo(state: number): readonly number[] {
    return this.#reached.offersTo(state);
  }

  holding(evaluated: Evaluated): Uint8Array {
    const { rows, count } = this.#reached;
    const width = this.#composition.initial.length;
    return Uint8Array.from({ length: count }, (_, state) =>
      evaluated.holds(rows, state * width) ? 1 : 0,
    );
  }

  progress(): Progress {
    const bytes = this.#reached.bytes + (this.edges?.bytes ?? 0);
    return this.#progress.progress(this.#reached.count, bytes);
  }

  #isDone(): boolean {
    return this.#options.stopAtViolation === true && this.#isViolated;
  }

  #expand(state: number): void {
    const composition = this.#composition;
    const reached = this.#reached;
    const at = state * composition.initial.length;
    const offers = composition.offers.length;
    const before = this.#progress.transitions;
    for (let offer = 0; offer < offers; offer += 1) {
      if (!composition.step(reached.rows, at, offer)) continue;
      this.#progress.transitions += 1;
      const { count } = reached;
      const end = reached.add(composition.next, state, offer);
      if (end === count) this.#meet(end);
      this.edges?.push(end, offer);
    }
    this.edges?.close();
    if (this.#progress.transitions === before && this.deadlock < 0) this.deadlock = state;
  }

  /** Judges a state that is new. */
  #meet(state: number): void {
    const { statesMax } = this.#options;
    if (state >= statesMax)
      throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: state });
    const at = state * this.#composition.initial.length;
    for (const evaluated of this.#undecided) {
      const always = evaluated.kind === 'always';
      if (evaluated.holds(this.#reached.rows, at) === always) continue;
      this.#isViolated ||= always;
      this.decided.set(evaluated, state);
      this.#undecided = this.#undecided.filter((other) => other !== evaluated);
    }
  }
}
