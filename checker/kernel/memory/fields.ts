/**
 * Fields: groups of components whose states are numbered together.
 *
 * The two ends of a connection and its wire have thousands of combinations of states, of which a
 * few dozen occur. So one number for all three is shorter than three numbers.
 */

/** By field: its components. Every component is in exactly one field. */
export type Grouping = readonly (readonly number[])[];

export class Fields {
  readonly groups: Grouping;
  readonly of: readonly number[]; // by component: its field
  readonly #values: Int32Array[][]; // by field, by value: the states of its components
  readonly #numbers: Map<string, number>[];

  constructor(groups: Grouping, components: number) {
    this.groups = groups;
    const of = new Array<number>(components).fill(-1);
    groups.forEach((group, field) => {
      for (const component of group) of[component] = field;
    });
    this.of = of;
    this.#values = groups.map(() => []);
    this.#numbers = groups.map(() => new Map());
  }

  /** The number of values of the field so far. */
  count(field: number): number {
    return this.#values[field]!.length;
  }

  counts(): readonly number[] {
    return this.#values.map(({ length }) => length);
  }

  /** The value of `field` in the state at `rows[at]`. */
  number(field: number, rows: Int32Array, at = 0): number {
    const states = Int32Array.from(this.groups[field]!, (component) => rows[at + component]!);
    const key = states.join();
    const numbers = this.#numbers[field]!;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, this.#values[field]!.length);
    return this.#values[field]!.push(states) - 1;
  }

  /** Numbers the field values of `count` states. */
  learn(rows: Int32Array, count: number): void {
    const width = this.of.length;
    for (let state = 0; state < count; state += 1)
      for (const field of this.groups.keys()) this.number(field, rows, state * width);
  }

  /** Writes to `row` the states of the field's components for this value. */
  read(field: number, value: number, row: Int32Array): void {
    const states = this.#values[field]![value]!;
    this.groups[field]!.forEach((component, i) => {
      row[component] = states[i]!;
    });
  }
}
