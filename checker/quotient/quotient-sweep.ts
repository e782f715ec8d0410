/** The search over orbits as it is meant, row by row: the least row of each stands for it. */

import type { Evaluated } from '../explore/evaluation.ts';
import { edgesFor, roomIn, TURN, watchClock } from '../explore/explored.ts';
import { LimitReached, type Limits, type Progress } from '../explore/limits.ts';
import { Reached } from '../explore/reached.ts';
import { SearchProgress } from '../explore/search-progress.ts';
import type { Scouted } from '../kernel/packed.ts';
import type { Edges } from '../liveness/edges.ts';
import { AsymmetryError } from '../symmetry/symmetry.ts';
import type { SymmetricComposition } from '../symmetry/symmetry-cells.ts';
import type { Found, ReducedExplored } from './quotient-findings.ts';
import type { Orbits } from './quotient-orbits.ts';

const CLOCK_EVERY = 256; // states

/** One search. Throws AsymmetryError as soon as something is found that is not alike. */
export class QuotientSweep implements ReducedExplored {
  readonly orbits: Orbits;
  readonly edges: Edges | null;
  readonly found = new Map<Evaluated, Found>();
  deadlock = -1;
  readonly #composition: SymmetricComposition;
  readonly #evaluated: readonly Evaluated[];
  readonly #limits: Limits;
  readonly #reached: Reached;
  readonly #progress = new SearchProgress();
  readonly #sizes: number[] = []; // of orbits, by state
  #wholeTransitions = 0;

  constructor(
    composition: SymmetricComposition,
    orbits: Orbits,
    evaluated: readonly Evaluated[],
    limits: Limits,
  ) {
    this.#composition = composition;
    this.orbits = orbits;
    this.#evaluated = evaluated;
    this.#limits = limits;
    const room = roomIn(limits, () => this.progress());
    this.#reached = new Reached(composition.initial.length, room);
    this.edges = edgesFor(evaluated, room);
  }

  /** The states visited so far, as a sample of what there is. */
  get sample(): Omit<Scouted, 'groups'> {
    const { rows, count } = this.#reached;
    return { rows, count, began: this.#progress.began };
  }

  /** @returns whether it came to its end, and not just to this many states. */
  *run(states = Number.POSITIVE_INFINITY): Generator<Progress, boolean, void> {
    this.#reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.#reached.count; state += 1) {
      this.#progress.goOn(this.#reached.count);
      if (this.#reached.count > states) return false;
      if (state % TURN === TURN - 1) yield this.progress();
      if (state % CLOCK_EVERY === 0) watchClock(this.#limits, () => this.progress());
      this.#expand(state);
      this.#progress.expanded = state + 1;
    }
    return true;
  }

  get whole(): { readonly states: number; readonly transitions: number } {
    const states = this.#sizes.reduce((sum, size) => sum + size, 0);
    return { states, transitions: this.#wholeTransitions };
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

  #expand(state: number): void {
    const composition = this.#composition;
    const reached = this.#reached;
    const at = state * composition.initial.length;
    const before = this.#progress.transitions;
    for (let offer = 0; offer < composition.offers.length; offer += 1) {
      const isEnabled = composition.step(reached.rows, at, offer);
      composition.compare();
      if (!isEnabled) continue;
      this.#progress.transitions += 1;
      const { count } = reached;
      const end = reached.add(this.orbits.least(composition.next), state, offer);
      if (end === count) this.#meet(end);
      this.edges?.push(end, 0);
    }
    this.edges?.close();
    this.#wholeTransitions += this.#sizes[state]! * (this.#progress.transitions - before);
    if (this.#progress.transitions === before && this.deadlock < 0) this.deadlock = state;
  }

  /** Judges all that a new state stands for. */
  #meet(state: number): void {
    const { statesMax } = this.#limits;
    if (state >= statesMax)
      throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: state });
    const at = state * this.#composition.initial.length;
    this.#sizes.push(this.orbits.size(this.#reached.rows, at));
    const open = this.#evaluated.filter((evaluated) => !this.found.has(evaluated));
    if (open.length === 0) return;
    const held = open.map((evaluated) => evaluated.holds(this.#reached.rows, at));
    for (let element = 0; element < this.orbits.order; element += 1) {
      const member = this.orbits.member(element, this.#reached.rows, at);
      for (const [i, evaluated] of open.entries()) {
        const holds = evaluated.holds(member, 0);
        if (evaluated.kind === 'reachable') {
          if (holds !== held[i]) throw toldApart(evaluated, element, this.orbits);
        } else if (holds === (evaluated.kind === 'sometimes') && !this.found.has(evaluated)) {
          this.found.set(evaluated, { state, element });
        }
      }
    }
  }

  progress(): Progress {
    const bytes = this.#reached.bytes + (this.edges?.bytes ?? 0);
    return this.#progress.progress(this.#reached.count, bytes);
  }
}

/** The element before it, of which it is made, has not been told apart. */
export function toldApart({ name }: Evaluated, element: number, orbits: Orbits): AsymmetryError {
  const { renaming } = orbits.element(element).last!; // the identity tells nothing apart
  return new AsymmetryError(renaming, `property '${name}' holds of one alone`);
}
