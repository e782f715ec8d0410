/**
 * Breadth-first search of a system up to its symmetries. States that an exchange of names maps to
 * each other form an orbit, and the search visits one state of each orbit. The states of an orbit
 * have the same depth and the same number of steps, so the result holds for all states.
 *
 * @source Clarke, Grumberg and Peled, Model Checking, 14.2 (quotient models); Emerson and Sistla,
 *   Symmetry and Model Checking, 1996
 */
import { type CheckedProperty, checkedProperties } from '../explore/checked-property.ts';
import { buildWatch, type Limits, type Progress } from '../explore/limits.ts';
import { finished } from '../explore/search-progress.ts';
import { groupingFor } from '../kernel/memory/grouping.ts';
import { PackedQuotient } from '../kernel/packed-quotient.ts';
import { hasWasm } from '../kernel/wasm.ts';
import type { Property, System } from '../model/system.ts';
import { OFFERS_MAX, SCOUT, searching } from '../search.ts';
import { AsymmetryError, type Symmetry } from '../symmetry/symmetry.ts';
import { SymmetricComposition } from '../symmetry/symmetry-cells.ts';
import { type Element, groupOf } from '../symmetry/symmetry-group.ts';
import { type ReducedExplored, type ReducedResult, reducedFindings } from './quotient-findings.ts';
import { Orbits } from './quotient-orbits.ts';
import { QuotientSweep, toldApart } from './quotient-sweep.ts';

export type { ReducedResult } from './quotient-findings.ts';

export type ReducedOptions = Limits & {
  readonly engine?: 'plain' | 'wasm'; // default: `wasm`, where the project has been built
  readonly scout?: number; // as of `SearchOptions`
  readonly onBuilding?: (milliseconds: number) => void; // as of `SearchOptions`
};

/**
 * Gives the same verdicts as `search`. It checks `always` and `sometimes` in every state of each
 * orbit; a `reachable` property must hold in all states of an orbit or in none. The search leaves
 * out a renaming that the system or a property does not keep, and starts again without it. With a
 * `response`, which depends on the paths of single states, it exchanges no names.
 *
 * @throws LimitReached when a limit is reached; the search then proves nothing.
 * @throws TypeError for a system or a property that is not well formed.
 */
export function searchReduced(
  system: System,
  properties: readonly Property[],
  symmetry: Symmetry,
  options: ReducedOptions,
): ReducedResult {
  return finished(searchingReduced(system, properties, symmetry, options));
}

/** The same search in turns, as `searching`. */
export function* searchingReduced(
  system: System,
  properties: readonly Property[],
  symmetry: Symmetry,
  options: ReducedOptions,
): Generator<Progress, ReducedResult, void> {
  const response = properties.find(({ kind }) => kind === 'response');
  const leftOut = response ? [`no names are exchanged: '${response.name}' is a response`] : [];
  let renamings = response ? [] : symmetry.renamings;
  while (renamings.length > 0) {
    try {
      const watch = buildWatch(options, options.onBuilding);
      const composition = new SymmetricComposition(system, { ...symmetry, renamings }, watch);
      const result = yield* reducing(composition, properties, options);
      return { ...result, leftOut: [...leftOut, ...result.leftOut] };
    } catch (error) {
      if (!(error instanceof AsymmetryError)) throw error;
      leftOut.push(error.message);
      renamings = renamings.filter((renaming) => renaming !== error.renaming);
    }
  }
  const found = yield* searching(system, properties, options);
  const { states, transitions } = found;
  return { ...found, whole: { states, transitions }, order: 1, leftOut };
}

function* reducing(
  composition: SymmetricComposition,
  properties: readonly Property[],
  options: ReducedOptions,
): Generator<Progress, ReducedResult, void> {
  const { generators, initial, offers } = composition;
  const before = composition.evaluations;
  const { elements, beyond } = groupOf(generators, initial.length, offers.length);
  const checked = checkedProperties(composition, properties);
  const explored = yield* explore(composition, elements, checked, options);
  return {
    ...reducedFindings(composition, checked, explored),
    evaluations: composition.evaluations - before,
    leftOut: beyond.map(({ renaming }) => `${renaming.name}: the group would be too large`),
  };
}

/** Searches plainly first, and then packed states if the system is large. */
function* explore(
  composition: SymmetricComposition,
  elements: readonly Element[],
  properties: readonly CheckedProperty[],
  options: ReducedOptions,
): Generator<Progress, ReducedExplored, void> {
  const { engine = hasWasm() ? 'wasm' : 'plain', scout = SCOUT } = options;
  const isPlain = engine === 'plain' || composition.offers.length > OFFERS_MAX;
  const plain = new QuotientSweep(composition, new Orbits(elements), properties, options);
  if (yield* plain.run(isPlain ? undefined : scout)) return plain;
  const { sample } = plain;
  const exchanges = elements.map(({ to }) => to);
  const groups = groupingFor(composition.system, sample.rows, sample.count, exchanges);
  const scouted = { ...sample, groups };
  const packed = new PackedQuotient(composition, elements, properties, options, scouted);
  const apart = yield* packed.run();
  if (apart) throw toldApart(apart.property, apart.element, packed.orbits);
  return packed;
}
