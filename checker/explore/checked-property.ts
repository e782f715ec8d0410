/** Properties as the search checks them: over rows of numbers, each combination only once. */

import { type Duties, dutiesOf } from '../liveness/fairness.ts';
import type { Composition } from '../model/composition.ts';
import type { Property, Response, System } from '../model/system.ts';

type Memo = (Memo | boolean)[]; // by the state of the first component read, and so on

/** A property over rows. Calls `holds` once for each combination of the states it reads. */
export class CheckedProperty {
  readonly kind: Property['kind'];
  readonly name: string;
  readonly #property: Property;
  readonly #composition: Composition;
  readonly reads: readonly number[]; // components
  readonly #memo: Memo = [];

  constructor(property: Property, composition: Composition) {
    this.kind = property.kind;
    this.name = property.name;
    this.#property = property;
    this.#composition = composition;
    const unknown = property.reads.find((name) => !composition.system.some((c) => c.name === name));
    if (unknown !== undefined) {
      throw new TypeError(`property '${this.name}' reads ${unknown}, which is not a component`);
    }
    this.reads = property.reads.map((name) => composition.indexOf(name));
  }

  /** @throws TypeError for a property of another kind. */
  get response(): Response {
    if (this.#property.kind === 'response') return this.#property;
    throw new TypeError(`property '${this.name}' is not a response`);
  }

  /** @throws TypeError for a property of another kind, and for an unknown fairness. */
  get duties(): Duties {
    return dutiesOf(this.response, this.#composition.offers);
  }

  /** Whether the property holds in the state at `rows[at]`. */
  holds(rows: Int32Array, at: number): boolean {
    let memo = this.#memo;
    const last = this.reads.length - 1;
    for (let i = 0; i < last; i += 1) {
      const state = rows[at + this.reads[i]!]!;
      memo[state] ??= [];
      memo = memo[state] as Memo; // only the last level holds booleans
    }
    const key = last < 0 ? 0 : rows[at + this.reads[last]!]!;
    const known = memo[key];
    if (known !== undefined) return known as boolean;
    const read = this.reads.map((index) => this.#composition.snapshot(index, rows[at + index]!));
    const held = this.#property.holds(...read);
    memo[key] = held;
    return held;
  }
}

/**
 * A property for each monitor, under its name: it is never violated. Then the given properties.
 *
 * @throws TypeError if two of them share a name, or one reads an unknown component.
 */
export function checkedProperties(
  composition: Composition,
  properties: readonly Property[],
): readonly CheckedProperty[] {
  const all = withMonitors(composition.system, properties);
  const names = all.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new TypeError(`two properties or monitors are named '${twice}'`);
  return all.map((property) => new CheckedProperty(property, composition));
}

/** An `always` property for each monitor, then the given properties. */
export const withMonitors = (
  system: System,
  properties: readonly Property[],
): readonly Property[] => [
  ...system
    .filter(({ monitor }) => monitor)
    .map(({ name }): Property => ({ kind: 'always', name, reads: [name], holds: isUnviolated })),
  ...properties,
];

/** Whether a monitor with this snapshot is not in its state `violated`. */
export function isUnviolated({ value }: { readonly value: unknown }): boolean {
  return value !== 'violated';
}
