/**
 * A search in threads, level by level. The coordinating thread expands states like the others. It
 * alone calls XState and allocates memory; the others ask it for both.
 *
 * The parent of a state depends on which thread finds it first. Its depth does not, because a level
 * begins only when the level above it is complete.
 */
import { TURN } from '../../explore/explored.ts';
import type { Progress } from '../../explore/limits.ts';
import type { Engine } from '../kernel.ts';
import { CHUNK, HEADER, KEY_SIZES, RECORD_TAIL } from '../memory/header.ts';
import type { Memory } from '../memory/memory.ts';
import type { States } from '../memory/states.ts';
import { sharedKernelIn } from '../wasm.ts';
import { Board } from './board.ts';
import { Expander } from './expander.ts';
import { ASK, type Ask, BLOCK, COMMON, OWN } from './shared.ts';
import { ThreadPool } from './thread-pool.ts';

/** The work that only the coordinating thread does. */
export type SearchHooks = {
  /** Computes an entry of a table. False: the layout has no room for it. */
  readonly learn: (item: number, value: number) => boolean;
  /** Changes to a layout that has room. */
  readonly changeLayout: () => void;
  readonly decide: (property: number, state: number) => void;
  /** @throws LimitReached */
  readonly watch: () => void;
  readonly progress: () => Progress;
};

/** The counts that the threads add to a search. */
export type Tally = {
  readonly found: number; // states
  readonly expanded: number; // states
  readonly steps: number;
  readonly levels: number;
};

export const NOTHING: Tally = { found: 0, expanded: 0, steps: 0, levels: 0 };

/** States: the first one, and the one after the last. */
type Range = readonly [first: number, end: number];

const SLICE_MIN = 64; // states; one thread expands a shorter level before the others wake
const SLICE_MAX = 512;
const SLICES = 8; // for each thread, so that all end at about the same time

const AHEAD = 2; // chunks kept ready for each thread

export class Coordinator {
  readonly #memory: Memory;
  readonly #board: Board;
  readonly #states: States;
  readonly #search: SearchHooks;
  readonly #bases: readonly number[]; // addresses of headers: 0, its own, then those of the others
  readonly #pool: ThreadPool;
  readonly #expander: Expander;
  readonly #open = new Map<number, number>(); // by chunk that is not full: its states so far
  #chunks: number; // full ones and those in `#open`
  #past = NOTHING; // before this level
  #reportAt = TURN; // states that have been expanded

  /**
   * @param engine - its memory can be shared, and it is about to expand a level.
   * @param threads - their number, including this one.
   */
  constructor(engine: Engine, states: States, threads: number, search: SearchHooks) {
    const { memory } = engine;
    const linear = engine.share!();
    this.#memory = memory;
    this.#board = new Board(memory);
    this.#states = states;
    this.#search = search;
    const { count, chunksMax } = states;
    this.#chunks = Math.ceil(count / CHUNK);
    if (count % CHUNK > 0) this.#open.set(this.#chunks - 1, count % CHUNK);
    const words = {
      [COMMON.ranges]: memory.allocate(8 * chunksMax),
      [COMMON.fills]: memory.allocate(4 * chunksMax),
      [COMMON.keyBytes]: states.layout.keyBytes,
      [COMMON.pool]: this.#chunks,
      [COMMON.poolEnd]: states.fills.length,
      [OWN.next]: count,
      [OWN.end]: this.#chunks * CHUNK,
    };
    for (const [address, value] of Object.entries(words)) this.#board.set(Number(address), value);
    states.fillAt(words[COMMON.fills]!);
    const others = Array.from({ length: threads - 1 }, () => this.#header());
    this.#bases = [0, ...others];
    const kernelFor = (keyBytes: number) => sharedKernelIn(linear, keyBytes, 0);
    this.#expander = new Expander(this.#board, 0, kernelFor);
    this.#pool = new ThreadPool(this.#board, linear, others);
  }

  /**
   * Searches until no new state is found. A caller that stops before must `dismiss` the threads.
   *
   * @param first - the first state that is not expanded.
   */
  *run(first: number): Generator<Progress, void, void> {
    let ranges = rangesOf(first, this.#states.count);
    while (ranges.length > 0) {
      this.#post(ranges);
      yield* this.#level();
      ranges = this.#collect();
    }
  }

  /** Ends the threads. */
  dismiss(): void {
    this.#pool.dismiss();
  }

  get tally(): Tally {
    const { found, expanded, steps, levels } = this.#past;
    const sum = (address: number) =>
      this.#bases.reduce((total, base) => total + (this.#board.get(base + address) >>> 0), 0);
    const more = sum(OWN.found);
    return {
      found: found + more,
      expanded: expanded + sum(OWN.expanded),
      steps: steps + sum(OWN.steps),
      levels: levels + (more > 0 ? 1 : 0),
    };
  }

  /** Allocates a header, and a buffer that is long enough for keys of any size. */
  #header(): number {
    const base = this.#memory.allocate(BLOCK);
    const record = KEY_SIZES.at(-1)! + RECORD_TAIL;
    const buffer = this.#memory.allocate(record * this.#board.get(HEADER.capacity));
    this.#board.set(base + HEADER.buffer, buffer);
    this.#board.set(base + HEADER.deadlock, -1);
    return base;
  }

  /** Posts the ranges from which all threads take slices, and wakes them if it pays. */
  #post(ranges: readonly Range[]): void {
    this.#memory.words.set(ranges.flat(), this.#board.get(COMMON.ranges) >>> 2);
    this.#board.store(COMMON.length, ranges.length);
    const states = ranges.reduce((sum, [first, end]) => sum + end - first, 0);
    let slice = SLICE_MIN;
    while (slice < SLICE_MAX && states > slice * SLICES * this.#bases.length) slice *= 2;
    this.#board.store(COMMON.slice, slice);
    this.#board.store(COMMON.cursor, 0);
    if (states > slice) this.#pool.wake();
  }

  *#level(): Generator<Progress, void, void> {
    for (;;) {
      const heard = this.#pool.bell;
      this.#fillPool();
      this.#pool.serve((base, ask) => this.#answer(base, ask));
      const outcome = this.#expander.batch();
      if (outcome === 'nothing left') {
        if (!this.#pool.areBusy) return;
        this.#pool.listen(heard);
      } else if (outcome !== 'done') this.#answer(0, outcome);
      this.#search.watch();
      const { expanded } = this.tally;
      if (expanded < this.#reportAt) continue;
      this.#reportAt = expanded + TURN;
      yield this.#search.progress();
    }
  }

  /** The states found in this level, as ranges within chunks. All threads rest. */
  #collect(): Range[] {
    const board = this.#board;
    for (const end = board.load(COMMON.pool); this.#chunks < end; this.#chunks += 1)
      this.#open.set(this.#chunks, 0);
    this.#past = this.tally;
    const deadlock = this.#bases.map((base) => board.get(base + HEADER.deadlock));
    for (const base of this.#bases) {
      for (const name of ['found', 'expanded', 'steps'] as const) board.set(base + OWN[name], 0);
      board.set(base + HEADER.deadlock, deadlock.find((state) => state >= 0) ?? -1);
    }
    return [...this.#open].flatMap(([chunk, before]): Range[] => {
      const fill = board.get((board.get(COMMON.fills) >>> 0) + 4 * chunk);
      if (fill === CHUNK) this.#open.delete(chunk);
      else this.#open.set(chunk, fill);
      return fill > before ? [[chunk * CHUNK + before, chunk * CHUNK + fill]] : [];
    });
  }

  #answer(base: number, ask: Ask): void {
    const get = (address: number) => this.#board.get(base + address);
    if (ask === ASK.chunk) this.#fillPool();
    else if (ask === ASK.verdict) this.#search.decide(get(HEADER.bad), get(OWN.subject));
    else {
      const [item, value] = [get(HEADER.missed) >>> 0, get(HEADER.value)];
      this.#board.set(base + HEADER.missed, 0);
      if (!this.#search.learn(item, value)) this.#alone(() => this.#changeLayout());
    }
  }

  #changeLayout(): void {
    this.#search.changeLayout();
    this.#board.store(COMMON.keyBytes, this.#states.layout.keyBytes);
    this.#board.add(COMMON.version, 1);
    // Questions about the old tables are void; threads ask again about the new ones.
    this.#pool.drop(ASK.entry);
    for (const base of this.#bases) this.#board.set(base + HEADER.missed, 0);
  }

  /** Keeps chunks ready, as far as the table has room for their states. */
  #fillPool(): void {
    const wanted = this.#board.load(COMMON.pool) + AHEAD * this.#bases.length;
    for (let end = this.#board.load(COMMON.poolEnd); end < wanted; end += 1) {
      if (!this.#states.hasSlotsFor((end + 1) * CHUNK)) this.#alone(() => this.#double());
      this.#states.addChunk();
      this.#board.store(COMMON.poolEnd, end + 1);
    }
  }

  #double(): void {
    this.#states.double((old) => {
      const cursor = this.#board.load(COMMON.cursor);
      this.#board.store(COMMON.cursor, 0);
      this.#board.store(COMMON.old, old);
      this.#pool.resume();
      while (this.#expander.batch() === 'done') this.#search.watch();
      this.#pool.halt(this.#search.watch);
      this.#board.store(COMMON.old, 0);
      this.#board.store(COMMON.cursor, cursor);
    });
  }

  /** Runs a task while all other threads rest. */
  #alone(task: () => void): void {
    this.#pool.halt(this.#search.watch);
    task();
    this.#pool.resume();
  }
}

/** A range of states, split at the borders of chunks. */
function rangesOf(first: number, end: number): Range[] {
  const chunk = Math.floor(first / CHUNK);
  return Array.from({ length: Math.ceil(end / CHUNK) - chunk }, (_, i) => {
    const start = (chunk + i) * CHUNK;
    return [Math.max(start, first), Math.min(start + CHUNK, end)];
  });
}
