/** The search over packed states. It numbers states in the same order as the plain search. */

import type { CheckedProperty } from '../explore/checked-property.ts';
import {
  type Explored,
  edgesFor,
  ofStates,
  roomIn,
  type SweepOptions,
  TURN,
  watchClock,
} from '../explore/explored.ts';
import { LimitReached, type Progress } from '../explore/limits.ts';
import type { Room } from '../explore/reached.ts';
import { SearchProgress } from '../explore/search-progress.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Composition } from '../model/composition.ts';
import type { Engine } from './kernel.ts';
import type { States } from './memory/states.ts';
import { fieldsOf, Packed, type Scouted } from './packed.ts';
import { PropertyTrees } from './property-trees.ts';
import { Coordinator, NOTHING } from './threads/coordinator.ts';
import { type ThreadOptions, threadsFor } from './threads/thread-options.ts';

export class KernelSweep implements Explored {
  readonly decided = new Map<CheckedProperty, number>();
  readonly edges: Edges | null;
  isExhausted = false;
  readonly #options: SweepOptions & ThreadOptions;
  readonly #engine: Engine;
  readonly #undecided: readonly CheckedProperty[];
  readonly #packed: Packed;
  readonly #states: States;
  readonly #progress: SearchProgress;
  #count = 0;
  #coordinator: Coordinator | null = null;

  constructor(
    composition: Composition,
    properties: readonly CheckedProperty[],
    options: SweepOptions & ThreadOptions,
    engineIn: (room: Room) => Engine,
    scouted: Scouted,
  ) {
    const room = roomIn(options, () => this.progress());
    this.#options = options;
    this.#progress = new SearchProgress(scouted.began);
    this.edges = edgesFor(properties, room);
    this.#engine = engineIn(room);
    const fields = fieldsOf(composition, scouted);
    const undecided = ofStates(properties);
    const trees = new PropertyTrees(undecided, fields, composition.initial.length);
    const isDecided = (property: number) => this.decided.has(undecided[property]!);
    const asked = { undecided: () => trees.list(isDecided) };
    const isNumbered = this.edges !== null;
    this.#undecided = undecided;
    this.#packed = new Packed(composition, fields, this.#engine, asked, isNumbered, options);
    this.#states = this.#packed.states;
  }

  *run(): Generator<Progress, void, void> {
    this.#states.begin();
    this.#add(0);
    let reportAt = TURN;
    while (this.#progress.expanded < this.#count) {
      if (this.#isCut) return;
      if (this.#progress.goOn(this.#count)) {
        const threads = threadsFor(this.#options, this.#count);
        if (threads > 1 && this.#engine.share && !this.edges) return yield* this.#goOnIn(threads);
      }
      watchClock(this.#options, () => this.progress());
      if (this.#progress.expanded >= reportAt) {
        reportAt = this.#progress.expanded + TURN;
        yield this.progress();
      }
      this.#expand(Math.min(this.#progress.levelEnd, this.#count));
    }
    this.isExhausted = !this.#isCut;
  }

  get deadlock(): number {
    const state = this.#states.get('deadlock');
    if (this.#coordinator !== null) return state;
    // A search that stops at a violation has expanded more than it reports, by less than a batch.
    return state < this.#progress.expanded ? state : -1;
  }

  offersTo(state: number): readonly number[] {
    return this.#states.offersTo(state);
  }

  holding(property: CheckedProperty): Uint8Array {
    return this.#packed.holding(property, this.#count);
  }

  progress(): Progress {
    const bytes = this.#engine.memory.bytes + (this.edges?.bytes ?? 0);
    const own = this.#progress.progress(this.#count, bytes);
    const { found, expanded, steps, levels } = this.#coordinator?.tally ?? NOTHING;
    return {
      ...own,
      states: own.states + found,
      frontier: own.frontier + found - expanded,
      transitions: own.transitions + steps,
      depth: own.depth + levels,
    };
  }

  /** Expands this level and all later ones. */
  *#goOnIn(threads: number): Generator<Progress, void, void> {
    const coordinator = new Coordinator(this.#engine, this.#states, threads, {
      learn: (item, value) => this.#packed.learnEntry(item, value),
      changeLayout: () => this.#packed.changeLayout(),
      decide: (property, state) => this.#decide(property, state),
      watch: () => {
        watchClock(this.#options, () => this.progress());
        this.#watchStates();
      },
      progress: () => this.progress(),
    });
    this.#coordinator = coordinator;
    try {
      yield* coordinator.run(this.#progress.expanded);
    } finally {
      coordinator.dismiss();
    }
    this.isExhausted = true;
  }

  get #isCut(): boolean {
    if (this.#options.stopAtViolation !== true) return false;
    return [...this.decided.keys()].some(({ kind }) => kind === 'always');
  }

  /** One batch: the states up to `to` whose successors fit into the buffer. */
  #expand(to: number): void {
    const states = this.#states;
    const from = this.#progress.expanded;
    states.set('used', 0);
    let reached = states.kernel.expand(from, to);
    while (states.get('missed') !== 0) {
      // A change of layout empties the buffer.
      if (!this.#packed.learn()) reached = from;
      reached = states.kernel.expand(reached, to);
    }
    this.#progress.transitions += states.get('used');
    const before = this.#count;
    this.#progress.expanded = reached;
    this.#add(before);
    if (this.edges) this.#packed.noteEdges(this.edges, from, reached);
  }

  /** Adds the states in the buffer, and checks new states, which begin at `from`. */
  #add(from: number): void {
    this.#count = this.#states.insert();
    this.#check(from);
    this.#watchStates();
  }

  #watchStates(): void {
    const { statesMax } = this.#options;
    if (this.progress().states <= statesMax) return;
    throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: statesMax });
  }

  #check(from: number): void {
    const { kernel } = this.#states;
    for (let state = from; state < this.#count; ) {
      state = kernel.check(state, this.#count);
      if (state >= this.#count) return;
      if (this.#states.get('missed') !== 0) this.#packed.learn();
      else this.#decide(this.#states.get('bad'), state);
    }
  }

  #decide(property: number, state: number): void {
    if (this.decided.has(this.#undecided[property]!)) return; // another thread has decided it
    const wasCut = this.#isCut;
    this.decided.set(this.#undecided[property]!, state);
    this.#packed.ask();
    if (this.#isCut && !wasCut) this.#cutAfter(this.#states.parent(state));
  }

  /** Undoes all steps after those from `parent`, where the plain search would have stopped. */
  #cutAfter(parent: number): void {
    const states = this.#states;
    while (states.parent(this.#count - 1) > parent) this.#count -= 1;
    for (let i = states.get('used') - 1; i >= 0 && states.record(i).parent > parent; i -= 1)
      this.#progress.transitions -= 1;
    this.#progress.expanded = Math.min(this.#progress.expanded, parent + 1);
  }
}
