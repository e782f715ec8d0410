/** A system packed into one memory: states as keys, and the steps evaluated so far. */

import type { CheckedProperty } from '../explore/checked-property.ts';
import { BYTES_MAX, type Limits } from '../explore/limits.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Composition } from '../model/composition.ts';
import type { Engine } from './kernel.ts';
import { Arena } from './memory/arena.ts';
import { Fields, type Grouping } from './memory/fields.ts';
import { Footprints } from './memory/footprints.ts';
import { layoutFor } from './memory/layout.ts';
import type { Image, List } from './memory/lists.ts';
import { States } from './memory/states.ts';

/** The states that a plain search has found first. */
export type Scouted = {
  readonly groups: Grouping;
  readonly rows: Int32Array; // states, one number a component
  readonly count: number;
  readonly began: number; // of `performance.now()`
};

/** The properties that a search checks, and its symmetries. */
export type Asked = {
  /** The list that finds bad states. It changes when a property is decided. */
  readonly undecided: () => List;
  /** The images of the fields under each element of a group except the identity. */
  readonly elements?: readonly (readonly Image[])[];
};

/** The fields of a system, with their values in the sample. */
export function fieldsOf(composition: Composition, { groups, rows, count }: Scouted): Fields {
  const fields = new Fields(groups, composition.initial.length);
  fields.learn(rows, count);
  return fields;
}

export class Packed {
  readonly states: States;
  readonly #engine: Engine;
  readonly #fields: Fields;
  readonly #components: number;
  readonly #successors: List;
  readonly #asked: Asked;
  #arena: Arena;

  /** @param isNumbered - whether each record of the buffer gets the number of its state. */
  constructor(
    composition: Composition,
    fields: Fields,
    engine: Engine,
    asked: Asked,
    isNumbered: boolean,
    { bytesMax = BYTES_MAX }: Limits,
  ) {
    const layout = layoutFor(fields.counts());
    const fanout = composition.offers.length;
    this.#engine = engine;
    this.#fields = fields;
    this.#components = composition.initial.length;
    this.#successors = new Footprints(composition, fields).root();
    this.#asked = asked;
    this.states = new States(engine, layout, fanout, isNumbered, bytesMax);
    this.#arena = this.#written();
  }

  /** By state, of the first `count`: 1 where it holds, else 0. */
  holding(property: CheckedProperty, count: number): Uint8Array {
    const row = new Int32Array(this.#components);
    const fields = [...new Set(property.reads.map((component) => this.#fields.of[component]!))];
    return Uint8Array.from({ length: count }, (_, state) => {
      for (const field of fields) this.#fields.read(field, this.states.value(state, field), row);
      return property.holds(row, 0) ? 1 : 0;
    });
  }

  /** Adds all steps out of the states `from` up to `to`, whose successors are in the buffer. */
  noteEdges(edges: Edges, from: number, to: number): void {
    const { states } = this;
    const used = states.get('used');
    let record = 0;
    for (let state = from; state < to; state += 1) {
      for (; record < used; record += 1) {
        const { parent, label, end } = states.record(record);
        if (parent !== state) break;
        edges.push(end, label);
      }
      edges.close();
    }
  }

  /** Rewrites the list that finds bad states. */
  ask(): void {
    this.states.set('checks', this.#arena.write(this.#asked.undecided()));
  }

  /** Fills in the entry that the kernel missed. False: the layout has changed. */
  learn(): boolean {
    const { states } = this;
    const [item, value] = [states.get('missed') >>> 0, states.get('value')];
    states.set('missed', 0);
    if (this.learnEntry(item, value)) return true;
    this.changeLayout();
    return false;
  }

  /** As `Arena.learn`. */
  learnEntry(item: number, value: number): boolean {
    return this.#arena.learn(item, value);
  }

  /** Makes room for all values that the fields have had. */
  changeLayout(): void {
    this.#arena.release();
    this.states.rewrite(layoutFor(this.#fields.counts()));
    this.#arena = this.#written();
  }

  #written(): Arena {
    const arena = new Arena(this.#engine.memory, this.states.layout, this.#fields);
    const { elements, undecided } = this.#asked;
    this.states.set('programme', arena.write(this.#successors));
    this.states.set('checks', arena.write(undecided()));
    if (elements) this.states.set('elements', arena.writeElements(elements));
    return arena;
  }
}
