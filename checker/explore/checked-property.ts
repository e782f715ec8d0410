/** Properties, evaluated state by state and remembered by what they read. */

import { type Duties, dutiesOf } from '../liveness/fairness.ts';
import type { Composition } from '../model/composition.ts';
import type { Property, Response, System } from '../model/system.ts';

type Memo = (Memo | boolean)[]; // by the state of the first component read, and so on

/** A property over rows. Asks `holds` once for each combination of the states it reads. */
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
      throw new TypeError(`property '${this.name}' reads ${unknown}, and no component is it`);
    }
    this.reads = property.reads.map((name) => composition.indexOf(name));
  }

  /** @throws TypeError where it is of another kind. */
  get response(): Response {
    if (this.#property.kind === 'response') return this.#property;
    throw new TypeError(`property '${this.name}' is no response`);
  }

  /** @throws TypeError where it is of another kind, and for a fairness there is not. */
  get duties(): Duties {
    return dutiesOf(this.response, this.#composition.offers);
  }

  /** Judges the state that starts at `rows[at]`. */
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
 * The properties themselves and, for each monitor, that it is never violated, under its name.
 *
 * @throws TypeError where two of them share a name, or one reads an unknown component.
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

/** The properties, after one for each monitor: that it is never violated. */
export const withMonitors = (
  system: System,
  properties: readonly Property[],
): readonly Property[] => [
  ...system
    .filter(({ monitor }) => monitor)
    .map(({ name }): Property => ({ kind: 'always', name, reads: [name], holds: isUnviolated })),
  ...properties,
];

/** What every monitor is asked. */
export function isUnviolated({ value }: { readonly value: unknown }): boolean {
  return value !== 'violated';
}
