/** The search up to symmetry over packed states: what `quotient-sweep.ts` does plainly. */
import type { Edges } from '../edges.ts';
import { BYTES_MAX, edgesFor, roomIn, TURN, watchClock } from '../explored.ts';
import type { Judged } from '../judge.ts';
import { LimitReached, type Limits, type Progress } from '../limits.ts';
import type { Found, ReducedExplored } from '../quotient-findings.ts';
import type { SymmetricComposition } from '../symmetry-cells.ts';
import type { Element } from '../symmetry-group.ts';
import { Arena } from './arena.ts';
import { FieldOrbits } from './field-orbits.ts';
import { Fields } from './fields.ts';
import { Footprints } from './footprints.ts';
import { KEY_SIZES } from './header.ts';
import { Judgement } from './judgement.ts';
import type { Engine, OrbitsKernel } from './kernel.ts';
import { layoutFor } from './layout.ts';
import type { List } from './lists.ts';
import { noteEdges } from './note-edges.ts';
import { States } from './states.ts';
import type { Scouted } from './sweep.ts';
import { isMonitor, type View, viewsOf } from './views.ts';
import { wasmEngine } from './wasm.ts';

const SUMS = 16; // bytes

export class PackedQuotient implements ReducedExplored {
  readonly found = new Map<Judged, Found>();
  readonly orbits: FieldOrbits;
  readonly edges: Edges | null;
  readonly #composition: SymmetricComposition;
  readonly #limits: Limits;
  readonly #engine: Engine;
  readonly #fields: Fields;
  readonly #states: States;
  readonly #views: readonly View[];
  readonly #judgement: Judgement;
  readonly #successors: List;
  readonly #scratch: number; // address
  readonly #began: number;
  #arena: Arena;
  #count = 0;
  #expanded = 0;
  #transitions = 0;
  #wholeStates = 0;
  #wholeTransitions = 0;
  #depth = 0;
  #nextLevel = 1;

  constructor(
    composition: SymmetricComposition,
    elements: readonly Element[],
    judged: readonly Judged[],
    limits: Limits,
    { groups, rows, count, began }: Scouted,
  ) {
    const room = roomIn(limits, () => this.progress());
    const components = composition.initial.length;
    this.#composition = composition;
    this.#limits = limits;
    this.#began = began;
    this.edges = edgesFor(judged, room);
    this.#engine = wasmEngine(room, 'orbits');
    this.#fields = new Fields(groups, components);
    this.#fields.learn(rows, count);
    this.orbits = new FieldOrbits(elements, this.#fields, components);
    this.#views = viewsOf(judged, this.orbits, composition.system);
    this.#judgement = new Judgement(this.#views, this.#fields, components);
    this.#successors = new Footprints(composition, this.#fields).root();
    const { bytesMax = BYTES_MAX } = limits;
    this.#states = new States(
      this.#engine,
      layoutFor(this.#fields.counts()),
      composition.offers.length,
      this.edges !== null,
      bytesMax,
    );
    this.#scratch = this.#engine.memory.allocate(2 * KEY_SIZES.at(-1)! + SUMS);
    this.#arena = this.#written();
  }

  /** @returns the property that holds of some of what a state stands for, where there is one. */
  *run(): Generator<Progress, View | null, void> {
    this.#states.begin();
    const split = this.#add(0);
    if (split) return split;
    let reportAt = TURN;
    while (this.#expanded < this.#count) {
      if (this.#expanded === this.#nextLevel) {
        this.#depth += 1;
        this.#nextLevel = this.#count;
      }
      watchClock(this.#limits, () => this.progress());
      if (this.#expanded >= reportAt) {
        reportAt = this.#expanded + TURN;
        yield this.progress();
      }
      const apart = this.#expand();
      if (apart) return apart;
    }
    return null;
  }

  get stuck(): number {
    return this.#states.get('stuck');
  }

  /** What all that was visited stands for. */
  get whole(): { readonly states: number; readonly transitions: number } {
    return { states: this.#wholeStates, transitions: this.#wholeTransitions };
  }

  offersTo(state: number): readonly number[] {
    return this.#states.offersTo(state);
  }

  /** By state: 1 where it holds, else 0. */
  holding(judged: Judged): Uint8Array {
    const row = new Int32Array(this.#composition.initial.length);
    const fields = [...new Set(judged.reads.map((component) => this.#fields.of[component]!))];
    return Uint8Array.from({ length: this.#count }, (_, state) => {
      for (const field of fields) this.#fields.read(field, this.#states.value(state, field), row);
      return judged.holds(row, 0) ? 1 : 0;
    });
  }

  progress(): Progress {
    const states = this.#count;
    return {
      states,
      frontier: states - this.#expanded,
      transitions: this.#transitions,
      depth: this.#depth + (states > this.#nextLevel ? 1 : 0),
      milliseconds: performance.now() - this.#began,
      bytes: this.#engine.memory.bytes + (this.edges?.bytes ?? 0),
    };
  }

  #expand(): View | null {
    const from = this.#expanded;
    let reached = this.#batch(from);
    while (reached === null) reached = this.#batch(from);
    const { words } = this.#engine.memory;
    const [states, steps] = new Float64Array(
      words.slice(this.#scratch / 4, (this.#scratch + SUMS) / 4).buffer,
    );
    this.#wholeStates += states!;
    this.#wholeTransitions += steps!;
    this.#transitions += this.#states.get('used');
    this.#expanded = reached;
    const before = this.#count;
    const split = this.#add(before);
    if (this.edges) noteEdges(this.edges, this.#states, from, reached);
    return split;
  }

  /** The first state not expanded. Null: all is in another layout now, and it must begin anew. */
  #batch(from: number): number | null {
    const states = this.#states;
    const kernel = states.kernel as OrbitsKernel;
    states.set('used', 0);
    states.set('weighed', 0);
    this.#engine.memory.words.fill(0, this.#scratch / 4, (this.#scratch + SUMS) / 4);
    const to = Math.min(this.#nextLevel, states.count);
    let reached = kernel.expand(from, to);
    while (states.get('missed') !== 0) {
      if (!this.#learn()) return null;
      reached = kernel.expand(reached, to);
    }
    for (let state = from; state < reached; ) {
      state = kernel.weigh(state, reached);
      if (states.get('missed') !== 0 && !this.#learn()) return null;
    }
    for (let record = 0; record < states.get('used'); ) {
      record = kernel.canonize(record);
      if (states.get('missed') !== 0 && !this.#learn()) return null;
    }
    return reached;
  }

  /** Adds what is in the buffer, and judges what is new, from the state `from` on. */
  #add(from: number): View | null {
    this.#count = this.#states.insert();
    const count = this.#count;
    for (let state = from; state < count; ) {
      state = this.#states.kernel.judge(state, count);
      if (state >= count) break;
      if (this.#states.get('missed') !== 0) this.#learn();
      else {
        const view = this.#views[this.#states.get('bad')]!;
        if (view.judged.kind === 'possible') return view;
        this.#decide(view, state);
      }
    }
    const { statesMax } = this.#limits;
    if (count <= statesMax) return null;
    throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: statesMax });
  }

  #decide({ judged, element }: View, state: number): void {
    const { system } = this.#composition;
    if (isMonitor(judged, system)) this.#decideAlike(judged, state);
    else this.found.set(judged, { state, element });
    this.#states.set('judgement', this.#arena.write(this.#listOfUndecided()));
  }

  /** Every monitor that this one becomes is violated in what the state becomes. */
  #decideAlike({ reads: [component] }: Judged, state: number): void {
    const { system } = this.#composition;
    for (let element = 0; element < this.orbits.order; element += 1) {
      const { name } = system[this.orbits.element(element).to[component!]!]!;
      const other = this.#views.find(({ judged }) => judged.name === name)!.judged;
      if (!this.found.has(other)) this.found.set(other, { state, element });
    }
  }

  /** Finds out what a kernel did not know. False: the layout is another one now. */
  #learn(): boolean {
    const states = this.#states;
    const [item, value] = [states.get('missed') >>> 0, states.get('value')];
    states.set('missed', 0);
    const isLearnt = this.#arena.learn(item, value);
    this.#composition.compare();
    if (isLearnt) return true;
    this.#arena.release();
    states.rewrite(layoutFor(this.#fields.counts()));
    this.#arena = this.#written();
    return false;
  }

  #written(): Arena {
    const arena = new Arena(this.#engine.memory, this.#states.layout, this.#fields);
    this.#states.set('programme', arena.write(this.#successors));
    this.#states.set('judgement', arena.write(this.#listOfUndecided()));
    this.#states.set('elements', arena.writeElements(this.orbits.images()));
    this.#states.set('scratch', this.#scratch);
    return arena;
  }

  #listOfUndecided(): List {
    return this.#judgement.list((view) => this.found.has(this.#views[view]!.judged));
  }
}
