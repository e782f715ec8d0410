/** The search over orbits: what `quotient.ts` returns is found here. */
import { confirmedTrace } from './confirm.ts';
import type { Edges } from './edges.ts';
import { edgesFor, roomIn, watchClock } from './explored.ts';
import type { Judged } from './judge.ts';
import { LimitReached, type Limits, type Progress } from './limits.ts';
import { lifted } from './quotient-lift.ts';
import type { Orbits } from './quotient-orbits.ts';
import { Reached } from './reached.ts';
import type { SearchResult } from './search.ts';
import { AsymmetryError } from './symmetry.ts';
import type { SymmetricComposition } from './symmetry-cells.ts';
import type { Trace } from './system.ts';

/** The counts of the search itself are of the states it visited; those of `whole`, of them all. */
export type ReducedResult = SearchResult & {
  readonly whole: { readonly states: number; readonly transitions: number };
  readonly order: number; // how many elements the group has; 1: nothing was exchanged
  readonly leftOut: readonly string[]; // what is declared, and could not be used, each with why
};

const CLOCK_EVERY = 256; // states

/** A state visited, and the element of the group that takes it to the one that is meant. */
type Found = { readonly state: number; readonly element: number };

/** One search. Throws AsymmetryError as soon as something is found that is not alike. */
export class QuotientSweep {
  readonly #composition: SymmetricComposition;
  readonly #orbits: Orbits;
  readonly #judged: readonly Judged[];
  readonly #limits: Limits;
  readonly #reached: Reached;
  readonly #edges: Edges | null;
  readonly #sizes: number[] = []; // of orbits, by state
  readonly #found = new Map<Judged, Found>(); // violated or witnessed
  readonly #began = performance.now();
  #stuck = -1;
  #expanded = 0;
  #transitions = 0;
  #wholeTransitions = 0;
  #depth = 0; // of the state being expanded
  #nextLevel = 1; // the first state that is deeper

  constructor(
    composition: SymmetricComposition,
    orbits: Orbits,
    judged: readonly Judged[],
    limits: Limits,
  ) {
    this.#composition = composition;
    this.#orbits = orbits;
    this.#judged = judged;
    this.#limits = limits;
    const room = roomIn(limits, () => this.#progress());
    this.#reached = new Reached(composition.initial.length, room);
    this.#edges = edgesFor(judged, room);
  }

  run(): void {
    this.#reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.#reached.count; state += 1) {
      if (state === this.#nextLevel) {
        this.#depth += 1;
        this.#nextLevel = this.#reached.count;
      }
      if (state % CLOCK_EVERY === 0) watchClock(this.#limits, () => this.#progress());
      this.#expand(state);
      this.#expanded = state + 1;
    }
    this.#lookBack();
  }

  findings(): Omit<ReducedResult, 'evaluations' | 'leftOut'> {
    const of = (isSought: (judged: Judged) => boolean) =>
      new Map(
        [...this.#found]
          .filter(([judged]) => isSought(judged))
          .map(([{ name }, found]) => [name, this.#trace(found)]),
      );
    const witnessed = of(({ kind }) => kind === 'sometimes');
    const sometimes = this.#judged.filter(({ kind }) => kind === 'sometimes');
    return {
      ...this.#progress(),
      exhausted: true,
      violated: of(({ kind }) => kind !== 'sometimes'),
      loops: new Map(),
      witnessed,
      unwitnessed: sometimes.map(({ name }) => name).filter((name) => !witnessed.has(name)),
      stuck: this.#stuck < 0 ? null : this.#trace({ state: this.#stuck, element: 0 }),
      refusals: this.#composition.refusals,
      order: this.#orbits.order,
      whole: {
        states: this.#sizes.reduce((sum, size) => sum + size, 0),
        transitions: this.#wholeTransitions,
      },
    };
  }

  #expand(state: number): void {
    const composition = this.#composition;
    const reached = this.#reached;
    const at = state * composition.initial.length;
    const before = this.#transitions;
    for (let offer = 0; offer < composition.offers.length; offer += 1) {
      const isEnabled = composition.step(reached.rows, at, offer);
      composition.compare();
      if (!isEnabled) continue;
      this.#transitions += 1;
      const { count } = reached;
      const end = reached.add(this.#orbits.least(composition.next), state, offer);
      if (end === count) this.#meet(end);
      this.#edges?.push(end, 0);
    }
    this.#edges?.close();
    this.#wholeTransitions += this.#sizes[state]! * (this.#transitions - before);
    if (this.#transitions === before && this.#stuck < 0) this.#stuck = state;
  }

  /** Judges all that a new state stands for. */
  #meet(state: number): void {
    const { statesMax } = this.#limits;
    if (state >= statesMax)
      throw new LimitReached(`${statesMax} states`, { ...this.#progress(), states: state });
    const at = state * this.#composition.initial.length;
    this.#sizes.push(this.#orbits.size(this.#reached.rows, at));
    const open = this.#judged.filter((judged) => !this.#found.has(judged));
    if (open.length === 0) return;
    const held = open.map((judged) => judged.holds(this.#reached.rows, at));
    for (let element = 0; element < this.#orbits.order; element += 1) {
      const member = this.#orbits.member(element, this.#reached.rows, at);
      for (const [i, judged] of open.entries()) {
        const holds = judged.holds(member, 0);
        if (judged.kind === 'possible') {
          if (holds !== held[i]) throw this.#tellsApart(judged, element);
        } else if (holds === (judged.kind === 'sometimes') && !this.#found.has(judged)) {
          this.#found.set(judged, { state, element });
        }
      }
    }
  }

  /** The element before it, of which it is made, has not been told apart. */
  #tellsApart({ name }: Judged, element: number): AsymmetryError {
    const { renaming } = this.#orbits.element(element).last!; // the identity tells nothing apart
    return new AsymmetryError(renaming, `property '${name}' holds of one alone`);
  }

  #lookBack(): void {
    const { rows, count } = this.#reached;
    const width = this.#composition.initial.length;
    for (const judged of this.#judged) {
      if (!this.#edges || judged.kind !== 'possible') continue;
      const goals = Uint8Array.from({ length: count }, (_, state) =>
        judged.holds(rows, state * width) ? 1 : 0,
      );
      const state = this.#edges.firstAstray(goals);
      if (state >= 0) this.#found.set(judged, { state, element: 0 });
    }
  }

  #trace({ state, element }: Found): Trace {
    const path = this.#reached.offersTo(state);
    return confirmedTrace(
      this.#composition,
      lifted(this.#composition, this.#orbits, path, element),
    );
  }

  #progress(): Progress {
    const states = this.#reached.count;
    return {
      states,
      frontier: states - this.#expanded,
      transitions: this.#transitions,
      depth: this.#depth + (states > this.#nextLevel ? 1 : 0),
      milliseconds: performance.now() - this.#began,
      bytes: this.#reached.bytes + (this.#edges?.bytes ?? 0),
    };
  }
}
