/** The orbits of rows under a group. The least row represents its orbit. */
import type { Element } from '../symmetry/symmetry-group.ts';

type Acting = {
  readonly element: Element;
  readonly from: Int32Array; // by component: the component whose image it is
  readonly images: number[][]; // by component, then by state; filled on demand
};

export class Orbits {
  readonly #acting: readonly Acting[]; // the identity first
  readonly #least: Int32Array;
  readonly #member: Int32Array;

  /** @param elements - of a group, the identity first. */
  constructor(elements: readonly Element[]) {
    const width = elements[0]!.to.length;
    this.#least = new Int32Array(width);
    this.#member = new Int32Array(width);
    this.#acting = elements.map((element) => {
      const from = new Int32Array(width);
      element.to.forEach((image, component) => {
        from[image] = component;
      });
      return { element, from, images: Array.from({ length: width }, () => []) };
    });
  }

  /** The number of elements of the group. */
  get order(): number {
    return this.#acting.length;
  }

  element(index: number): Element {
    return this.#acting[index]!.element;
  }

  /** The image of the row at `rows[at]` under the element. Overwritten by the next call. */
  member(index: number, rows: Int32Array, at: number): Int32Array {
    const acting = this.#acting[index]!;
    for (let i = 0; i < this.#member.length; i += 1) this.#member[i] = imageAt(acting, rows, at, i);
    return this.#member;
  }

  /** The least row of the orbit. Overwritten by the next call. */
  least(row: Int32Array): Int32Array {
    const least = this.#least;
    least.set(row);
    for (let index = 1; index < this.#acting.length; index += 1) {
      const acting = this.#acting[index]!;
      for (let i = 0; i < least.length; i += 1) {
        const difference = imageAt(acting, row, 0, i) - least[i]!;
        if (difference > 0) break;
        if (difference === 0) continue;
        for (let j = i; j < least.length; j += 1) least[j] = imageAt(acting, row, 0, j);
        break;
      }
    }
    return least;
  }

  /** The number of rows of the orbit, by the orbit-stabilizer theorem. */
  size(rows: Int32Array, at: number): number {
    const fixing = this.#acting.filter((acting) => {
      for (let i = 0; i < this.#least.length; i += 1)
        if (imageAt(acting, rows, at, i) !== rows[at + i]) return false;
      return true;
    });
    return this.order / fixing.length;
  }
}

/** The state of component `i` in the image of the row at `rows[at]`. */
function imageAt({ element, from, images }: Acting, rows: Int32Array, at: number, i: number) {
  const component = from[i]!;
  const state = rows[at + component]!;
  const known = images[component]!;
  known[state] ??= element.image(component, state);
  return known[state];
}
