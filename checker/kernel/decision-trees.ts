/** Properties of single states, as decision trees over the fields that they read. */
import type { Evaluated } from '../explore/evaluation.ts';
import type { Fields } from './memory/fields.ts';
import { type Item, type List, remembered } from './memory/lists.ts';

/** What is evaluated: a property, or one seen through a symmetry. */
export type Evaluating = Pick<Evaluated, 'reads' | 'holds' | 'kind'>;

/**
 * Says which states decide a property: break one that is always to hold, or bear witness of one
 * that is sometimes to hold.
 */
export class EvaluationTrees {
  readonly #fields: Fields;
  readonly #row: Int32Array;
  readonly #items: List[];

  constructor(undecided: readonly Evaluating[], fields: Fields, components: number) {
    this.#fields = fields;
    this.#row = new Int32Array(components);
    this.#items = undecided.map((evaluated, property) =>
      this.#listOf(evaluated, property, new Map()),
    );
  }

  /** @param isDecided - by property: whether it need not be asked about any more. */
  list(isDecided: (property: number) => boolean): List {
    return this.#items.flatMap((items, property) => (isDecided(property) ? [] : items));
  }

  #listOf(evaluated: Evaluating, property: number, known: ReadonlyMap<number, number>): List {
    const field = evaluated.reads
      .map((component) => this.#fields.of[component]!)
      .find((candidate) => !known.has(candidate));
    if (field === undefined)
      return this.#decide(evaluated, known) ? [{ kind: 'bad', property }] : [];
    const list = remembered((value) =>
      this.#listOf(evaluated, property, new Map([...known, [field, value]])),
    );
    return [{ kind: 'read', field, list } satisfies Item];
  }

  #decide(evaluated: Evaluating, known: ReadonlyMap<number, number>): boolean {
    for (const [field, value] of known) this.#fields.read(field, value, this.#row);
    return evaluated.holds(this.#row, 0) !== (evaluated.kind === 'always');
  }
}
