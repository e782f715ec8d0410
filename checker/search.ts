/** Exhaustive breadth-first search, so that every trace it reports is a shortest one. */
import { type Composition, compose, type Refusal } from './composition.ts';
import { confirmedTrace } from './confirm.ts';
import { Edges } from './edges.ts';
import { type Judged, judgedIn } from './judge.ts';
import { LimitReached, type Limits, type Progress } from './limits.ts';
import { Reached } from './reached.ts';
import type { Property, System, Trace } from './system.ts';

export type SearchOptions = Limits & {
  readonly onProgress?: (progress: Progress) => void; // about every 20,000 states
  readonly stopAtViolation?: boolean;
};

export type SearchResult = Progress & {
  readonly exhausted: boolean; // false: stopped at a violation, and absence means nothing
  readonly violated: ReadonlyMap<string, Trace>; // properties and monitors, by name
  readonly witnessed: ReadonlyMap<string, Trace>; // each `sometimes` that holds somewhere
  readonly unwitnessed: readonly string[];
  readonly stuck: Trace | null; // to a state in which no offer is enabled
  readonly refusals: readonly Refusal[];
  readonly evaluations: number; // states and events XState was asked about for this search alone
};

const PROGRESS_EVERY = 20_000; // states
const CLOCK_EVERY = 256; // states

/**
 * Visits every state the system can reach and judges `properties` and monitors in each.
 *
 * `transitions` counts pairs of a state and an offer enabled in it; `depth` is the number of steps
 * to the furthest state. Every trace has been replayed through XState itself.
 *
 * @throws LimitReached when a limit of the options is reached: nothing is then proved.
 * @throws TypeError for a system or a property that is not well formed.
 */
export function search(
  system: System,
  properties: readonly Property[],
  options: SearchOptions,
): SearchResult {
  const composition = compose(system);
  const evaluated = composition.evaluations;
  const sweep = new Sweep(composition, judgedIn(composition, properties), options);
  sweep.run();
  return { ...sweep.findings(), evaluations: composition.evaluations - evaluated };
}

class Sweep {
  readonly #composition: Composition;
  readonly #judged: readonly Judged[];
  readonly #options: SearchOptions;
  readonly #reached: Reached;
  readonly #edges: Edges | null;
  readonly #violated = new Map<string, number>(); // a property, and the first state against it
  readonly #witnessed = new Map<string, number>();
  readonly #began = performance.now();
  #undecided: readonly Judged[];
  #stuck = -1;
  #transitions = 0;
  #depth = 0; // of the state being expanded
  #nextLevel = 1; // the first state that is deeper
  #reportAt = PROGRESS_EVERY;
  #exhausted = false;

  constructor(composition: Composition, judged: readonly Judged[], options: SearchOptions) {
    this.#composition = composition;
    this.#judged = judged;
    this.#options = options;
    this.#reached = new Reached(composition.initial.length);
    this.#edges = judged.some(({ kind }) => kind === 'possible') ? new Edges() : null;
    this.#undecided = judged.filter(({ kind }) => kind !== 'possible');
  }

  run(): void {
    this.#reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.#reached.count; state += 1) {
      if (this.#done()) return;
      if (state === this.#nextLevel) {
        this.#depth += 1;
        this.#nextLevel = this.#reached.count;
      }
      if (state % CLOCK_EVERY === 0) this.#watch();
      this.#expand(state);
    }
    if (this.#done()) return;
    this.#exhausted = true;
    this.#lookBack();
  }

  findings(): Omit<SearchResult, 'evaluations'> {
    const trace = (state: number) =>
      confirmedTrace(this.#composition, this.#reached.offersTo(state));
    const traces = (found: ReadonlyMap<string, number>) =>
      new Map([...found].map(([name, state]) => [name, trace(state)]));
    const sometimes = this.#judged.filter(({ kind }) => kind === 'sometimes');
    return {
      ...this.#progress(),
      exhausted: this.#exhausted,
      violated: traces(this.#violated),
      witnessed: traces(this.#witnessed),
      unwitnessed: sometimes.map(({ name }) => name).filter((name) => !this.#witnessed.has(name)),
      stuck: this.#stuck < 0 ? null : trace(this.#stuck),
      refusals: this.#composition.refusals,
    };
  }

  #done(): boolean {
    return this.#options.stopAtViolation === true && this.#violated.size > 0;
  }

  #expand(state: number): void {
    const composition = this.#composition;
    const reached = this.#reached;
    const at = state * composition.initial.length;
    const offers = composition.offers.length;
    const before = this.#transitions;
    for (let offer = 0; offer < offers; offer += 1) {
      if (!composition.step(reached.rows, at, offer)) continue;
      this.#transitions += 1;
      const { count } = reached;
      const end = reached.add(composition.next, state, offer);
      if (end === count) this.#meet(end);
      this.#edges?.push(end);
    }
    this.#edges?.close();
    if (this.#transitions === before && this.#stuck < 0) this.#stuck = state;
  }

  /** Judges a state that is new. */
  #meet(state: number): void {
    const width = this.#composition.initial.length;
    this.#refuseTooMany(width);
    const at = state * width;
    for (const judged of this.#undecided) {
      const always = judged.kind === 'always';
      if (judged.holds(this.#reached.rows, at) === always) continue;
      (always ? this.#violated : this.#witnessed).set(judged.name, state);
      this.#undecided = this.#undecided.filter((other) => other !== judged);
    }
  }

  #refuseTooMany(width: number): void {
    const { statesMax, cellsMax = 2 ** 28 } = this.#options;
    const room = Math.floor(cellsMax / width);
    const { count } = this.#reached;
    if (count <= statesMax && count <= room) return;
    const limit =
      count > statesMax ? `${statesMax} states` : `${room} states of ${width} components`;
    throw new LimitReached(limit, { ...this.#progress(), states: count - 1 });
  }

  /** Judges each `possible`, once all states and the steps between them are known. */
  #lookBack(): void {
    const { rows, count } = this.#reached;
    const width = this.#composition.initial.length;
    for (const judged of this.#judged) {
      if (judged.kind !== 'possible' || !this.#edges) continue;
      const goals = Uint8Array.from({ length: count }, (_, state) =>
        judged.holds(rows, state * width) ? 1 : 0,
      );
      const astray = this.#edges.firstAstray(goals);
      if (astray >= 0) this.#violated.set(judged.name, astray);
    }
  }

  #watch(): void {
    const { millisecondsMax = Number.POSITIVE_INFINITY, onProgress } = this.#options;
    const progress = this.#progress();
    if (progress.milliseconds >= millisecondsMax) {
      throw new LimitReached(`${millisecondsMax} ms`, progress);
    }
    if (progress.states < this.#reportAt) return;
    this.#reportAt = progress.states + PROGRESS_EVERY;
    onProgress?.(progress);
  }

  #progress(): Progress {
    const states = this.#reached.count;
    return {
      states,
      transitions: this.#transitions,
      depth: this.#depth + (states > this.#nextLevel ? 1 : 0),
      milliseconds: performance.now() - this.#began,
    };
  }
}
