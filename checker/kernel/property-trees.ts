/** Properties of single states, as decision trees over the fields that they read. */
import type { CheckedProperty } from '../explore/checked-property.ts';
import type { Fields } from './memory/fields.ts';
import { type Item, type List, remembered } from './memory/lists.ts';

/** A property, or its image under an element of a group, as far as the trees need it. */
export type DecidableProperty = Pick<CheckedProperty, 'reads' | 'holds' | 'kind'>;

/** Finds the states that decide a property: violate an `always`, or witness a `sometimes`. */
export class PropertyTrees {
  readonly #fields: Fields;
  readonly #row: Int32Array;
  readonly #items: List[];

  constructor(undecided: readonly DecidableProperty[], fields: Fields, components: number) {
    this.#fields = fields;
    this.#row = new Int32Array(components);
    this.#items = undecided.map((property, index) => this.#listOf(property, index, new Map()));
  }

  /** @param isDecided - by property: whether it needs no more checks. */
  list(isDecided: (property: number) => boolean): List {
    return this.#items.flatMap((items, property) => (isDecided(property) ? [] : items));
  }

  #listOf(property: DecidableProperty, index: number, known: ReadonlyMap<number, number>): List {
    const field = property.reads
      .map((component) => this.#fields.of[component]!)
      .find((candidate) => !known.has(candidate));
    if (field === undefined)
      return this.#decide(property, known) ? [{ kind: 'bad', property: index }] : [];
    const list = remembered((value) =>
      this.#listOf(property, index, new Map([...known, [field, value]])),
    );
    return [{ kind: 'read', field, list } satisfies Item];
  }

  #decide(property: DecidableProperty, known: ReadonlyMap<number, number>): boolean {
    for (const [field, value] of known) this.#fields.read(field, value, this.#row);
    return property.holds(this.#row, 0) !== (property.kind === 'always');
  }
}
