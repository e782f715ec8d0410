/** The same search over packed states, which it numbers as the plain one does. */

import type { Judged } from '../explore/evaluation.ts';
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
import { Course } from '../explore/search-progress.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Composition } from '../model/composition.ts';
import { Judgement } from './decision-trees.ts';
import type { Engine } from './kernel.ts';
import type { States } from './memory/states.ts';
import { noteEdges } from './note-edges.ts';
import { fieldsOf, Packed, type Scouted } from './packed.ts';
import { Coordinator, NOTHING } from './threads/coordinator.ts';
import { type ThreadOptions, threadsFor } from './threads/thread-options.ts';

export class KernelSweep implements Explored {
  readonly decided = new Map<Judged, number>();
  readonly edges: Edges | null;
  isExhausted = false;
  readonly #options: SweepOptions & ThreadOptions;
  readonly #engine: Engine;
  readonly #undecided: readonly Judged[];
  readonly #packed: Packed;
  readonly #states: States;
  readonly #course: Course;
  #count = 0;
  #coordinator: Coordinator | null = null;

  constructor(
    composition: Composition,
    judged: readonly Judged[],
    options: SweepOptions & ThreadOptions,
    engineIn: (room: Room) => Engine,
    scouted: Scouted,
  ) {
    const room = roomIn(options, () => this.progress());
    this.#options = options;
    this.#course = new Course(scouted.began);
    this.edges = edgesFor(judged, room);
    this.#engine = engineIn(room);
    const fields = fieldsOf(composition, scouted);
    const properties = ofStates(judged);
    const judgement = new Judgement(properties, fields, composition.initial.length);
    const isDecided = (property: number) => this.decided.has(properties[property]!);
    const asked = { undecided: () => judgement.list(isDecided) };
    const isNumbered = this.edges !== null;
    this.#undecided = properties;
    this.#packed = new Packed(composition, fields, this.#engine, asked, isNumbered, options);
    this.#states = this.#packed.states;
  }

  *run(): Generator<Progress, void, void> {
    this.#states.begin();
    this.#add(0);
    let reportAt = TURN;
    while (this.#course.expanded < this.#count) {
      if (this.#isCut) return;
      if (this.#course.goOn(this.#count)) {
        const threads = threadsFor(this.#options, this.#count);
        if (threads > 1 && this.#engine.share && !this.edges) return yield* this.#goOnIn(threads);
      }
      watchClock(this.#options, () => this.progress());
      if (this.#course.expanded >= reportAt) {
        reportAt = this.#course.expanded + TURN;
        yield this.progress();
      }
      this.#expand(Math.min(this.#course.levelEnd, this.#count));
    }
    this.isExhausted = !this.#isCut;
  }

  get stuck(): number {
    const state = this.#states.get('stuck');
    if (this.#coordinator !== null) return state;
    // A search that is cut has gone too far, by less than a batch.
    return state < this.#course.expanded ? state : -1;
  }

  offersTo(state: number): readonly number[] {
    return this.#states.offersTo(state);
  }

  holding(judged: Judged): Uint8Array {
    return this.#packed.holding(judged, this.#count);
  }

  progress(): Progress {
    const bytes = this.#engine.memory.bytes + (this.edges?.bytes ?? 0);
    const own = this.#course.progress(this.#count, bytes);
    const { found, expanded, steps, levels } = this.#coordinator?.tally ?? NOTHING;
    return {
      ...own,
      states: own.states + found,
      frontier: own.frontier + found - expanded,
      transitions: own.transitions + steps,
      depth: own.depth + levels,
    };
  }

  /** Expands the level that begins, and all that follow. */
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
      yield* coordinator.run(this.#course.expanded);
    } finally {
      coordinator.dismiss();
    }
    this.isExhausted = true;
  }

  get #isCut(): boolean {
    if (this.#options.stopAtViolation !== true) return false;
    return [...this.decided.keys()].some(({ kind }) => kind === 'always');
  }

  /** One batch: as many states as the buffer takes the successors of, and no further than `to`. */
  #expand(to: number): void {
    const states = this.#states;
    const from = this.#course.expanded;
    states.set('used', 0);
    let reached = states.kernel.expand(from, to);
    while (states.get('missed') !== 0) {
      // In another layout, nothing is in the buffer any more.
      if (!this.#packed.learn()) reached = from;
      reached = states.kernel.expand(reached, to);
    }
    this.#course.transitions += states.get('used');
    const before = this.#count;
    this.#course.expanded = reached;
    this.#add(before);
    if (this.edges) noteEdges(this.edges, states, from, reached);
  }

  /** Adds what is in the buffer, and judges what is new, from the state `from` on. */
  #add(from: number): void {
    this.#count = this.#states.insert();
    this.#judge(from);
    this.#watchStates();
  }

  #watchStates(): void {
    const { statesMax } = this.#options;
    if (this.progress().states <= statesMax) return;
    throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: statesMax });
  }

  #judge(from: number): void {
    const { kernel } = this.#states;
    for (let state = from; state < this.#count; ) {
      state = kernel.judge(state, this.#count);
      if (state >= this.#count) return;
      if (this.#states.get('missed') !== 0) this.#packed.learn();
      else this.#decide(this.#states.get('bad'), state);
    }
  }

  #decide(property: number, state: number): void {
    if (this.decided.has(this.#undecided[property]!)) return; // another thread was there before
    const wasCut = this.#isCut;
    this.decided.set(this.#undecided[property]!, state);
    this.#packed.ask();
    if (this.#isCut && !wasCut) this.#cutAfter(this.#states.parent(state));
  }

  /** As a search does that stops once it has taken all steps from `parent`. */
  #cutAfter(parent: number): void {
    const states = this.#states;
    while (states.parent(this.#count - 1) > parent) this.#count -= 1;
    for (let i = states.get('used') - 1; i >= 0 && states.record(i).parent > parent; i -= 1)
      this.#course.transitions -= 1;
    this.#course.expanded = Math.min(this.#course.expanded, parent + 1);
  }
}
