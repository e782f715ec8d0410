/** Properties of single states, as decision trees over the fields that they read. */
import type { Judged } from '../explore/evaluation.ts';
import type { Fields } from './memory/fields.ts';
import { type Item, type List, remembered } from './memory/lists.ts';

/** What is judged: a property, or one seen through a symmetry. */
export type Judging = Pick<Judged, 'reads' | 'holds' | 'kind'>;

/**
 * Says which states decide a property: break one that is always to hold, or bear witness of one
 * that is sometimes to hold.
 */
export class Judgement {
  readonly #fields: Fields;
  readonly #row: Int32Array;
  readonly #items: List[];

  constructor(undecided: readonly Judging[], fields: Fields, components: number) {
    this.#fields = fields;
    this.#row = new Int32Array(components);
    this.#items = undecided.map((judged, property) => this.#listOf(judged, property, new Map()));
  }

  /** @param isDecided - by property: whether it need not be asked about any more. */
  list(isDecided: (property: number) => boolean): List {
    return this.#items.flatMap((items, property) => (isDecided(property) ? [] : items));
  }

  #listOf(judged: Judging, property: number, known: ReadonlyMap<number, number>): List {
    const field = judged.reads
      .map((component) => this.#fields.of[component]!)
      .find((candidate) => !known.has(candidate));
    if (field === undefined) return this.#decide(judged, known) ? [{ kind: 'bad', property }] : [];
    const list = remembered((value) =>
      this.#listOf(judged, property, new Map([...known, [field, value]])),
    );
    return [{ kind: 'read', field, list } satisfies Item];
  }

  #decide(judged: Judging, known: ReadonlyMap<number, number>): boolean {
    for (const [field, value] of known) this.#fields.read(field, value, this.#row);
    return judged.holds(this.#row, 0) !== (judged.kind === 'always');
  }
}
