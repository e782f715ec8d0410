/** Compares a search up to symmetry with a search of every state. */
import { expect } from 'vitest';
import type { Property, System, Trace } from '../../../checker/model/system.ts';
import { type ReducedResult, searchReduced } from '../../../checker/quotient/quotient.ts';
import { type SearchResult, search } from '../../../checker/search.ts';
import type { Symmetry } from '../../../checker/symmetry/symmetry.ts';
import type { Renaming } from '../../../checker/symmetry/symmetry-names.ts';

export const renaming = (
  name: string,
  ...pairs: readonly (readonly [string, string])[]
): Renaming => ({ name, of: new Map(pairs) });

/** The exchange of each two names. */
export const swaps = (names: readonly string[]): readonly Renaming[] =>
  names.flatMap((one, i) =>
    names.slice(i + 1).map((other) => renaming(`${one} and ${other}`, [one, other], [other, one])),
  );

/** Verdicts, and the lengths of traces. */
function findingsOf(result: SearchResult) {
  const lengths = (traces: ReadonlyMap<string, Trace>) =>
    Object.fromEntries([...traces].map(([name, trace]) => [name, trace.length]));
  const { depth, violated, witnessed, unwitnessed, deadlock, refusals } = result;
  return {
    depth,
    violated: lengths(violated),
    witnessed: lengths(witnessed),
    unwitnessed,
    deadlock: deadlock?.length ?? null,
    refusals,
  };
}

/** From the first state on. */
const PACKED = { engine: 'wasm', scout: 1 } as const;

/**
 * Expects both to find the same.
 *
 * @returns the result of the search up to symmetry, or null for a system with more states.
 */
export function comparedBothWays(
  system: System,
  properties: readonly Property[],
  symmetry: Symmetry,
  statesMax: number,
): ReducedResult | null {
  const reduced = searchReduced(system, properties, symmetry, { statesMax, engine: 'plain' });
  if (reduced.whole.states > statesMax) return null;
  const all = search(system, properties, { statesMax, engine: 'plain' });
  expect(reduced.whole).toEqual({ states: all.states, transitions: all.transitions });
  expect(findingsOf(reduced)).toEqual(findingsOf(all));
  const packed = searchReduced(system, properties, symmetry, { ...PACKED, statesMax });
  const { states, transitions, whole, order } = reduced;
  expect(packed).toMatchObject({ states, transitions, whole, order });
  expect(findingsOf(packed)).toEqual(findingsOf(all));
  return reduced;
}
