/** Orbits of rows in the order of the kernel: field by field. */
import { Orbits } from '../quotient/quotient-orbits.ts';
import type { Element } from '../symmetry/symmetry-group.ts';
import type { Fields } from './memory/fields.ts';
import type { Image } from './memory/lists.ts';

export class FieldOrbits extends Orbits {
  readonly #fields: Fields;
  readonly #least: Int32Array;

  /** @param fields - every element maps each field to a field. */
  constructor(elements: readonly Element[], fields: Fields, components: number) {
    super(elements);
    this.#fields = fields;
    this.#least = new Int32Array(components);
  }

  override least(row: Int32Array): Int32Array {
    const least = this.#least;
    least.set(row);
    for (let index = 1; index < this.order; index += 1) {
      const member = this.member(index, row, 0);
      if (this.#isLess(member, least)) least.set(member);
    }
    return least;
  }

  /** The images of all fields under each element except the identity, in image order. */
  images(): readonly (readonly Image[])[] {
    const { groups, of } = this.#fields;
    return Array.from({ length: this.order - 1 }, (_, i) => {
      const { to } = this.element(i + 1);
      return groups
        .map((group, field) => ({ field, to: of[to[group[0]!]!]! }))
        .sort((a, b) => a.to - b.to)
        .map(({ field, to: image }): Image => {
          const next = (value: number) => this.#become(i + 1, field, image, value);
          return { tail: { field, next }, to: image };
        });
    });
  }

  #become(index: number, field: number, to: number, value: number): number {
    const element = this.element(index);
    const row = new Int32Array(this.#least.length);
    const member = new Int32Array(this.#least.length);
    this.#fields.read(field, value, row);
    for (const component of this.#fields.groups[field]!)
      member[element.to[component]!] = element.image(component, row[component]!);
    return this.#fields.number(to, member);
  }

  #isLess(one: Int32Array, other: Int32Array): boolean {
    for (const field of this.#fields.groups.keys()) {
      const difference = this.#fields.number(field, one) - this.#fields.number(field, other);
      if (difference !== 0) return difference < 0;
    }
    return false;
  }
}
