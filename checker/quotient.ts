/**
 * Breadth-first search of a system up to its symmetries: of the states that become each other when
 * names are exchanged, one is visited. What it says is of all of them, since each is reached in as
 * many steps, and has as many.
 *
 * @source Clarke, Grumberg and Peled, Model Checking, 14.2 (quotient models); Emerson and Sistla,
 *   Symmetry and Model Checking, 1996
 */
import { judgedIn } from './judge.ts';
import type { Limits } from './limits.ts';
import { Orbits } from './quotient-orbits.ts';
import { QuotientSweep, type ReducedResult } from './quotient-sweep.ts';
import { search } from './search.ts';
import { AsymmetryError, type Symmetry } from './symmetry.ts';
import { SymmetricComposition } from './symmetry-cells.ts';
import { groupOf } from './symmetry-group.ts';
import type { Property, System } from './system.ts';

export type { ReducedResult } from './quotient-sweep.ts';

/**
 * Judges as `search` does, whatever the properties are: `always` and `sometimes` in each state that
 * stands behind one visited, `possible` if it holds in all of these or in none. A renaming that
 * the system or a property does not keep is left out, and the search begins anew without it. A
 * `response` is of the way that single states take, so that nothing is exchanged.
 *
 * @throws LimitReached when a limit is reached: nothing is then proved.
 * @throws TypeError for a system or a property that is not well formed.
 */
export function searchReduced(
  system: System,
  properties: readonly Property[],
  symmetry: Symmetry,
  limits: Limits,
): ReducedResult {
  const response = properties.find(({ kind }) => kind === 'response');
  const leftOut = response ? [`nothing is exchanged: '${response.name}' is a response`] : [];
  let renamings = response ? [] : symmetry.renamings;
  while (renamings.length > 0) {
    try {
      const composition = new SymmetricComposition(system, { ...symmetry, renamings });
      const result = reducedBy(composition, properties, limits);
      return { ...result, leftOut: [...leftOut, ...result.leftOut] };
    } catch (error) {
      if (!(error instanceof AsymmetryError)) throw error;
      leftOut.push(error.message);
      renamings = renamings.filter((renaming) => renaming !== error.renaming);
    }
  }
  const found = search(system, properties, limits);
  const { states, transitions } = found;
  return { ...found, whole: { states, transitions }, order: 1, leftOut };
}

function reducedBy(
  composition: SymmetricComposition,
  properties: readonly Property[],
  limits: Limits,
): ReducedResult {
  const { generators, initial, offers } = composition;
  const evaluated = composition.evaluations;
  const { elements, beyond } = groupOf(generators, initial.length, offers.length);
  const orbits = new Orbits(elements);
  const sweep = new QuotientSweep(composition, orbits, judgedIn(composition, properties), limits);
  sweep.run();
  return {
    ...sweep.findings(),
    evaluations: composition.evaluations - evaluated,
    leftOut: beyond.map(({ renaming }) => `${renaming.name}: the group would be too large`),
  };
}
