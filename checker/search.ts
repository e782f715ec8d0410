/** Exhaustive breadth-first search, so that what it reports is shortest, or nearly so for loops. */
import { type Composition, compose, type Refusal } from './composition.ts';
import { confirmedLasso, confirmedTrace } from './confirm.ts';
import { Edges } from './edges.ts';
import { type Judged, judgedIn } from './judge.ts';
import { LimitReached, type Limits, type Progress } from './limits.ts';
import { Reached } from './reached.ts';
import { fairLoop, type Loop } from './response.ts';
import type { Property, System, Trace } from './system.ts';

export type SearchOptions = Limits & {
  readonly stopAtViolation?: boolean;
};

export type SearchResult = Progress & {
  readonly exhausted: boolean; // false: stopped at a violation, and absence means nothing
  readonly violated: ReadonlyMap<string, Trace>; // properties and monitors, by name
  /**
   * By violated response: how many steps of its trace come before the loop, which is the rest of
   * it. All of them: the loop is empty, and the last state can be kept for ever.
   */
  readonly loops: ReadonlyMap<string, number>;
  readonly witnessed: ReadonlyMap<string, Trace>; // each `sometimes` that holds somewhere
  readonly unwitnessed: readonly string[];
  readonly stuck: Trace | null; // to a state in which no offer is enabled
  readonly refusals: readonly Refusal[];
  readonly evaluations: number; // states and events XState was asked about for this search alone
};

const BYTES_MAX = 2 ** 31;
const TURN = 20_000; // states
const CLOCK_EVERY = 256; // states

/**
 * Visits every state the system can reach and judges `properties` and monitors in each.
 *
 * `transitions` counts pairs of a state and an offer enabled in it; `depth` is the number of steps
 * to the furthest state. Every trace has been replayed through XState itself. All are shortest but
 * that of a response: it comes to its loop by a shortest way, and goes round once (`fairLoop`).
 *
 * @throws LimitReached when a limit of the options is reached: nothing is then proved.
 * @throws TypeError for a system or a property that is not well formed.
 */
export function search(
  system: System,
  properties: readonly Property[],
  options: SearchOptions & { readonly onProgress?: (progress: Progress) => void },
): SearchResult {
  const turns = searching(system, properties, options);
  for (let turn = turns.next(); ; turn = turns.next()) {
    if (turn.done) return turn.value;
    options.onProgress?.(turn.value);
  }
}

/**
 * The same in turns, for whoever has something else to do meanwhile: it yields about every 20,000
 * states, and a search that is not resumed is given up.
 */
export function* searching(
  system: System,
  properties: readonly Property[],
  options: SearchOptions,
): Generator<Progress, SearchResult, void> {
  const composition = compose(system);
  const evaluated = composition.evaluations;
  const sweep = new Sweep(composition, judgedIn(composition, properties), options);
  yield* sweep.run();
  return { ...sweep.findings(), evaluations: composition.evaluations - evaluated };
}

class Sweep {
  readonly #composition: Composition;
  readonly #judged: readonly Judged[];
  readonly #options: SearchOptions;
  readonly #reached: Reached;
  readonly #edges: Edges | null;
  readonly #violated = new Map<string, number>(); // a property, and the first state against it
  readonly #loops = new Map<Judged, Loop>(); // of violated responses
  readonly #witnessed = new Map<string, number>();
  readonly #began = performance.now();
  #undecided: readonly Judged[];
  #stuck = -1;
  #expanded = 0; // states whose steps are all known
  #transitions = 0;
  #depth = 0; // of the state being expanded
  #nextLevel = 1; // the first state that is deeper
  #exhausted = false;

  constructor(composition: Composition, judged: readonly Judged[], options: SearchOptions) {
    this.#composition = composition;
    this.#judged = judged;
    this.#options = options;
    this.#reached = new Reached(composition.initial.length, this.#room);
    const responds = judged.some(({ kind }) => kind === 'response');
    const looksBack = responds || judged.some(({ kind }) => kind === 'possible');
    this.#edges = looksBack ? new Edges(responds, this.#room) : null;
    this.#undecided = judged.filter(({ kind }) => kind === 'always' || kind === 'sometimes');
  }

  *run(): Generator<Progress, void, void> {
    this.#reached.add(this.#composition.initial, 0, 0);
    this.#meet(0);
    for (let state = 0; state < this.#reached.count; state += 1) {
      if (this.#done()) return;
      if (state === this.#nextLevel) {
        this.#depth += 1;
        this.#nextLevel = this.#reached.count;
      }
      if (state % CLOCK_EVERY === 0) this.#watch();
      if (state % TURN === TURN - 1) yield this.#progress();
      this.#expand(state);
      this.#expanded = state + 1;
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
    const lassos = [...this.#loops].map(([judged, { start, offers }]) => {
      const prefix = this.#reached.offersTo(start);
      return { judged, start: prefix.length, offers: [...prefix, ...offers] };
    });
    return {
      ...this.#progress(),
      exhausted: this.#exhausted,
      violated: new Map([
        ...traces(this.#violated),
        ...lassos.map(({ judged, start, offers }): [string, Trace] => [
          judged.name,
          confirmedLasso(this.#composition, judged.response, offers, start),
        ]),
      ]),
      loops: new Map(lassos.map(({ judged, start }) => [judged.name, start])),
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
      this.#edges?.push(end, offer);
    }
    this.#edges?.close();
    if (this.#transitions === before && this.#stuck < 0) this.#stuck = state;
  }

  /** Judges a state that is new. */
  #meet(state: number): void {
    const { statesMax } = this.#options;
    if (state >= statesMax)
      throw new LimitReached(`${statesMax} states`, { ...this.#progress(), states: state });
    const at = state * this.#composition.initial.length;
    for (const judged of this.#undecided) {
      const always = judged.kind === 'always';
      if (judged.holds(this.#reached.rows, at) === always) continue;
      (always ? this.#violated : this.#witnessed).set(judged.name, state);
      this.#undecided = this.#undecided.filter((other) => other !== judged);
    }
  }

  readonly #room = (more: number) => {
    const { bytesMax = BYTES_MAX } = this.#options;
    const progress = this.#progress();
    if (progress.bytes + more > bytesMax)
      throw new LimitReached(`${Math.floor(bytesMax / 2 ** 20)} MiB of memory`, progress);
  };

  /** Judges what is not of one state, once all states and the steps between them are known. */
  #lookBack(): void {
    for (const judged of this.#judged) {
      if (!this.#edges) return;
      if (judged.kind === 'possible') {
        const astray = this.#edges.firstAstray(this.#holding(judged));
        if (astray >= 0) this.#violated.set(judged.name, astray);
      } else if (judged.kind === 'response') {
        const owes = this.#holding(judged).map((holds) => 1 - holds);
        const depthOf = (state: number) => this.#reached.offersTo(state).length;
        const loop = fairLoop(this.#edges, owes, judged.duties, depthOf);
        if (loop) this.#loops.set(judged, loop);
      }
    }
  }

  /** By state: 1 where it holds, else 0. */
  #holding(judged: Judged): Uint8Array {
    const { rows, count } = this.#reached;
    const width = this.#composition.initial.length;
    return Uint8Array.from({ length: count }, (_, state) =>
      judged.holds(rows, state * width) ? 1 : 0,
    );
  }

  #watch(): void {
    const { millisecondsMax = Number.POSITIVE_INFINITY } = this.#options;
    if (performance.now() - this.#began < millisecondsMax) return;
    throw new LimitReached(`${millisecondsMax} ms`, this.#progress());
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
