/** The search of one row per orbit, the least one; the faster search is compared with it. */

import type { CheckedProperty } from '../explore/checked-property.ts';
import type { Limits } from '../explore/limits.ts';
import { RowSweep } from '../explore/row-sweep.ts';
import { AsymmetryError } from '../symmetry/symmetry.ts';
import type { SymmetricComposition } from '../symmetry/symmetry-cells.ts';
import type { OrbitMember, ReducedExplored } from './quotient-findings.ts';
import type { Orbits } from './quotient-orbits.ts';

/** One search. Throws AsymmetryError as soon as it finds a difference within an orbit. */
export class QuotientSweep extends RowSweep implements ReducedExplored {
  readonly orbits: Orbits;
  readonly found = new Map<CheckedProperty, OrbitMember>();
  readonly #composition: SymmetricComposition;
  readonly #properties: readonly CheckedProperty[];
  readonly #sizes: number[] = []; // of orbits, by state
  #wholeTransitions = 0;

  constructor(
    composition: SymmetricComposition,
    orbits: Orbits,
    properties: readonly CheckedProperty[],
    limits: Limits,
  ) {
    super(composition, properties, limits);
    this.#composition = composition;
    this.orbits = orbits;
    this.#properties = properties;
  }

  get whole(): { readonly states: number; readonly transitions: number } {
    const states = this.#sizes.reduce((sum, size) => sum + size, 0);
    return { states, transitions: this.#wholeTransitions };
  }

  protected override successor(at: number, offer: number): Int32Array | null {
    const isEnabled = this.#composition.step(this.reached.rows, at, offer);
    this.#composition.compare();
    return isEnabled ? this.orbits.least(this.#composition.next) : null;
  }

  protected override expanded(state: number, steps: number): void {
    this.#wholeTransitions += this.#sizes[state]! * steps;
  }

  /** Checks every state of the orbit. */
  protected override check(state: number, at: number): void {
    const { rows } = this.reached;
    this.#sizes.push(this.orbits.size(rows, at));
    const open = this.#properties.filter((property) => !this.found.has(property));
    if (open.length === 0) return;
    const held = open.map((property) => property.holds(rows, at));
    for (let element = 0; element < this.orbits.order; element += 1) {
      const member = this.orbits.member(element, rows, at);
      for (const [i, property] of open.entries()) {
        const holds = property.holds(member, 0);
        if (property.kind === 'reachable') {
          if (holds !== held[i]) throw toldApart(property, element, this.orbits);
        } else if (holds === (property.kind === 'sometimes') && !this.found.has(property)) {
          this.found.set(property, { state, element });
        }
      }
    }
  }
}

/** The error for a property that differs between a state and its image under `element`. */
export function toldApart(
  { name }: CheckedProperty,
  element: number,
  orbits: Orbits,
): AsymmetryError {
  // Elements are products of generators: the ones before this one keep the property.
  const { renaming } = orbits.element(element).last!; // the identity has none, and differs nowhere
  return new AsymmetryError(renaming, `property '${name}' is not the same for each of them`);
}
