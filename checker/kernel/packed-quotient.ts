/** The search up to symmetry over packed states. `quotient-sweep.ts` is its plain version. */

import type { CheckedProperty } from '../explore/checked-property.ts';
import { edgesFor, roomIn, TURN, watchClock } from '../explore/explored.ts';
import { LimitReached, type Limits, type Progress } from '../explore/limits.ts';
import { SearchProgress } from '../explore/search-progress.ts';
import type { Edges } from '../liveness/edges.ts';
import type { OrbitMember, ReducedExplored } from '../quotient/quotient-findings.ts';
import type { SymmetricComposition } from '../symmetry/symmetry-cells.ts';
import type { Element } from '../symmetry/symmetry-group.ts';
import { FieldOrbits } from './field-orbits.ts';
import type { Engine, OrbitsKernel } from './kernel.ts';
import { KEY_SIZES } from './memory/header.ts';
import type { States } from './memory/states.ts';
import { fieldsOf, Packed, type Scouted } from './packed.ts';
import { PropertyTrees } from './property-trees.ts';
import { isMonitor, type View, viewsOf } from './views.ts';
import { wasmEngine } from './wasm.ts';

const SUMS = 16; // bytes

export class PackedQuotient implements ReducedExplored {
  readonly found = new Map<CheckedProperty, OrbitMember>();
  readonly orbits: FieldOrbits;
  readonly edges: Edges | null;
  readonly #composition: SymmetricComposition;
  readonly #limits: Limits;
  readonly #engine: Engine;
  readonly #packed: Packed;
  readonly #states: States;
  readonly #views: readonly View[];
  readonly #scratch: number; // address
  readonly #progress: SearchProgress;
  readonly #whole = { states: 0, transitions: 0 };
  #count = 0;

  constructor(
    composition: SymmetricComposition,
    elements: readonly Element[],
    properties: readonly CheckedProperty[],
    limits: Limits,
    scouted: Scouted,
  ) {
    const room = roomIn(limits, () => this.progress());
    const components = composition.initial.length;
    const fields = fieldsOf(composition, scouted);
    const orbits = new FieldOrbits(elements, fields, components);
    const views = viewsOf(properties, orbits, composition.system);
    const trees = new PropertyTrees(views, fields, components);
    const isDecided = (view: number) => this.found.has(views[view]!.property);
    const asked = { undecided: () => trees.list(isDecided), elements: orbits.images() };
    this.#composition = composition;
    this.#limits = limits;
    this.#progress = new SearchProgress(scouted.began);
    this.orbits = orbits;
    this.#views = views;
    this.edges = edgesFor(properties, room);
    this.#engine = wasmEngine(room, 'orbits');
    const isNumbered = this.edges !== null;
    this.#packed = new Packed(composition, fields, this.#engine, asked, isNumbered, limits);
    this.#states = this.#packed.states;
    this.#scratch = this.#engine.memory.allocate(2 * KEY_SIZES.at(-1)! + SUMS);
    this.#states.set('scratch', this.#scratch);
  }

  /** @returns a property that holds in some states of an orbit and not in others, or null. */
  *run(): Generator<Progress, View | null, void> {
    this.#states.begin();
    const split = this.#add(0);
    if (split) return split;
    let reportAt = TURN;
    while (this.#progress.expanded < this.#count) {
      this.#progress.goOn(this.#count);
      watchClock(this.#limits, () => this.progress());
      if (this.#progress.expanded >= reportAt) {
        reportAt = this.#progress.expanded + TURN;
        yield this.progress();
      }
      const apart = this.#expand();
      if (apart) return apart;
    }
    return null;
  }

  get deadlock(): number {
    return this.#states.get('deadlock');
  }

  /** The totals over all states of the visited orbits. */
  get whole(): { readonly states: number; readonly transitions: number } {
    return this.#whole;
  }

  offersTo(state: number): readonly number[] {
    return this.#states.offersTo(state);
  }

  holding(property: CheckedProperty): Uint8Array {
    return this.#packed.holding(property, this.#count);
  }

  progress(): Progress {
    return this.#progress.progress(
      this.#count,
      this.#engine.memory.bytes + (this.edges?.bytes ?? 0),
    );
  }

  #expand(): View | null {
    const from = this.#progress.expanded;
    let reached = this.#batch(from);
    while (reached === null) reached = this.#batch(from);
    const { words } = this.#engine.memory;
    const [states, steps] = new Float64Array(
      words.slice(this.#scratch / 4, (this.#scratch + SUMS) / 4).buffer,
    );
    this.#whole.states += states!;
    this.#whole.transitions += steps!;
    this.#progress.transitions += this.#states.get('used');
    this.#progress.expanded = reached;
    const before = this.#count;
    const split = this.#add(before);
    if (this.edges) this.#packed.noteEdges(this.edges, from, reached);
    return split;
  }

  /** The first state not expanded. Null: the layout has changed, and the batch must start again. */
  #batch(from: number): number | null {
    const states = this.#states;
    const kernel = states.kernel as OrbitsKernel;
    states.set('used', 0);
    states.set('weighed', 0);
    this.#engine.memory.words.fill(0, this.#scratch / 4, (this.#scratch + SUMS) / 4);
    const to = Math.min(this.#progress.levelEnd, this.#count);
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

  /** Adds the states in the buffer, and checks new states, which begin at `from`. */
  #add(from: number): View | null {
    this.#count = this.#states.insert();
    const count = this.#count;
    for (let state = from; state < count; ) {
      state = this.#states.kernel.check(state, count);
      if (state >= count) break;
      if (this.#states.get('missed') !== 0) this.#learn();
      else {
        const view = this.#views[this.#states.get('bad')]!;
        if (view.property.kind === 'reachable') return view;
        this.#decide(view, state);
      }
    }
    const { statesMax } = this.#limits;
    if (count <= statesMax) return null;
    throw new LimitReached(`${statesMax} states`, { ...this.progress(), states: statesMax });
  }

  #decide({ property, element }: View, state: number): void {
    const { system } = this.#composition;
    if (isMonitor(property, system)) this.#decideAlike(property, state);
    else this.found.set(property, { state, element });
    this.#packed.ask();
  }

  /** Decides each image of the monitor too: it is violated in the image of the state. */
  #decideAlike({ reads: [component] }: CheckedProperty, state: number): void {
    const { system } = this.#composition;
    for (let element = 0; element < this.orbits.order; element += 1) {
      const { name } = system[this.orbits.element(element).to[component!]!]!;
      const other = this.#views.find(({ property }) => property.name === name)!.property;
      if (!this.found.has(other)) this.found.set(other, { state, element });
    }
  }

  /** Fills in the entry that the kernel missed. False: the layout has changed. */
  #learn(): boolean {
    const isAsBefore = this.#packed.learn();
    this.#composition.compare();
    return isAsBefore;
  }
}
