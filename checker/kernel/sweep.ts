/** The same search over packed states, which it numbers as the plain one does. */
import type { Composition } from '../composition.ts';
import type { Edges } from '../edges.ts';
import {
  BYTES_MAX,
  type Explored,
  edgesFor,
  ofStates,
  roomIn,
  type SweepOptions,
  TURN,
  watchClock,
} from '../explored.ts';
import type { Judged } from '../judge.ts';
import { LimitReached, type Progress } from '../limits.ts';
import type { Room } from '../reached.ts';
import { Arena } from './arena.ts';
import { Coordinator, NOTHING } from './coordinator.ts';
import { Fields, type Grouping } from './fields.ts';
import { Footprints } from './footprints.ts';
import { Judgement } from './judgement.ts';
import type { Engine } from './kernel.ts';
import { layoutFor } from './layout.ts';
import type { List } from './lists.ts';
import { noteEdges } from './note-edges.ts';
import { States } from './states.ts';
import { type ThreadOptions, threadsFor } from './thread-options.ts';

/** What a plain search has found out before. */
export type Scouted = {
  readonly groups: Grouping;
  readonly rows: Int32Array; // states, one number a component
  readonly count: number;
  readonly began: number; // of `performance.now()`
};

export class KernelSweep implements Explored {
  readonly decided = new Map<Judged, number>();
  readonly edges: Edges | null;
  isExhausted = false;
  readonly #composition: Composition;
  readonly #options: SweepOptions & ThreadOptions;
  readonly #engine: Engine;
  readonly #fields: Fields;
  readonly #undecided: readonly Judged[];
  readonly #judgement: Judgement;
  readonly #successors: List;
  readonly #states: States;
  readonly #began: number;
  #arena: Arena;
  #count = 0;
  #expanded = 0;
  #transitions = 0;
  #depth = 0;
  #nextLevel = 1;
  #coordinator: Coordinator | null = null;

  constructor(
    composition: Composition,
    judged: readonly Judged[],
    options: SweepOptions & ThreadOptions,
    engineIn: (room: Room) => Engine,
    { groups, rows, count, began }: Scouted,
  ) {
    const room = roomIn(options, () => this.progress());
    this.#composition = composition;
    this.#options = options;
    this.#began = began;
    this.edges = edgesFor(judged, room);
    this.#engine = engineIn(room);
    this.#fields = new Fields(groups, composition.initial.length);
    this.#fields.learn(rows, count);
    this.#successors = new Footprints(composition, this.#fields).root();
    this.#undecided = ofStates(judged);
    this.#judgement = new Judgement(this.#undecided, this.#fields, composition.initial.length);
    const layout = layoutFor(this.#fields.counts());
    const { bytesMax = BYTES_MAX } = options;
    const isNumbered = this.edges !== null;
    const fanout = composition.offers.length;
    this.#states = new States(this.#engine, layout, fanout, isNumbered, bytesMax);
    this.#arena = this.#written();
  }

  *run(): Generator<Progress, void, void> {
    this.#states.begin();
    this.#add(0);
    let reportAt = TURN;
    while (this.#expanded < this.#count) {
      if (this.#isCut) return;
      if (this.#expanded === this.#nextLevel) {
        this.#depth += 1;
        this.#nextLevel = this.#count;
        const threads = threadsFor(this.#options, this.#count);
        if (threads > 1 && this.#engine.share && !this.edges) return yield* this.#goOnIn(threads);
      }
      watchClock(this.#options, () => this.progress());
      if (this.#expanded >= reportAt) {
        reportAt = this.#expanded + TURN;
        yield this.progress();
      }
      this.#expand(Math.min(this.#nextLevel, this.#count));
    }
    this.isExhausted = !this.#isCut;
  }

  get stuck(): number {
    const state = this.#states.get('stuck');
    if (this.#coordinator !== null) return state;
    return state < this.#expanded ? state : -1; // a search that is cut has gone too far by a batch
  }

  offersTo(state: number): readonly number[] {
    return this.#states.offersTo(state);
  }

  holding(judged: Judged): Uint8Array {
    const row = new Int32Array(this.#composition.initial.length);
    const fields = [...new Set(judged.reads.map((component) => this.#fields.of[component]!))];
    return Uint8Array.from({ length: this.#count }, (_, state) => {
      for (const field of fields) this.#fields.read(field, this.#states.value(state, field), row);
      return judged.holds(row, 0) ? 1 : 0;
    });
  }

  progress(): Progress {
    const { found, expanded, steps, levels } = this.#coordinator?.tally ?? NOTHING;
    const states = this.#count + found;
    return {
      states,
      frontier: states - this.#expanded - expanded,
      transitions: this.#transitions + steps,
      depth: this.#depth + (this.#count > this.#nextLevel ? 1 : levels),
      milliseconds: performance.now() - this.#began,
      bytes: this.#engine.memory.bytes + (this.edges?.bytes ?? 0),
    };
  }

  /** Expands the level that begins, and all that follow. */
  *#goOnIn(threads: number): Generator<Progress, void, void> {
    const coordinator = new Coordinator(this.#engine, this.#states, threads, {
      learn: (item, value) => this.#arena.learn(item, value),
      changeLayout: () => this.#changeLayout(),
      decide: (property, state) => this.#decide(property, state),
      watch: () => {
        watchClock(this.#options, () => this.progress());
        this.#watchStates();
      },
      progress: () => this.progress(),
    });
    this.#coordinator = coordinator;
    try {
      yield* coordinator.run(this.#expanded);
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
    const from = this.#expanded;
    states.set('used', 0);
    let reached = states.kernel.expand(from, to);
    while (states.get('missed') !== 0) {
      if (!this.#learn()) reached = from; // all is in another layout now, and the buffer is empty
      reached = states.kernel.expand(reached, to);
    }
    this.#transitions += states.get('used');
    const before = this.#count;
    this.#expanded = reached;
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
      if (this.#states.get('missed') !== 0) this.#learn();
      else this.#decide(this.#states.get('bad'), state);
    }
  }

  #decide(property: number, state: number): void {
    if (this.decided.has(this.#undecided[property]!)) return; // another thread was there before
    const wasCut = this.#isCut;
    this.decided.set(this.#undecided[property]!, state);
    this.#states.set('judgement', this.#arena.write(this.#listOfUndecided()));
    if (this.#isCut && !wasCut) this.#cutAfter(this.#states.parent(state));
  }

  /** As a search does that stops once it has taken all steps from `parent`. */
  #cutAfter(parent: number): void {
    const states = this.#states;
    while (states.parent(this.#count - 1) > parent) this.#count -= 1;
    for (let i = states.get('used') - 1; i >= 0 && states.record(i).parent > parent; i -= 1)
      this.#transitions -= 1;
    this.#expanded = Math.min(this.#expanded, parent + 1);
  }

  /** Finds out what a kernel did not know. False: the layout is another one now. */
  #learn(): boolean {
    const states = this.#states;
    const [item, value] = [states.get('missed') >>> 0, states.get('value')];
    states.set('missed', 0);
    if (this.#arena.learn(item, value)) return true;
    this.#changeLayout();
    return false;
  }

  #changeLayout(): void {
    this.#arena.release();
    this.#states.rewrite(layoutFor(this.#fields.counts()));
    this.#arena = this.#written();
  }

  #written(): Arena {
    const arena = new Arena(this.#engine.memory, this.#states.layout, this.#fields);
    this.#states.set('programme', arena.write(this.#successors));
    this.#states.set('judgement', arena.write(this.#listOfUndecided()));
    return arena;
  }

  #listOfUndecided(): List {
    return this.#judgement.list((property) => this.decided.has(this.#undecided[property]!));
  }
}
