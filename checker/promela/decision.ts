/** A property as a table over the states of the components that it reads. */
import type { AnyMachineSnapshot } from 'xstate';
import type { Reached } from '../explore/reached.ts';
import type { Composition } from '../model/composition.ts';
import type { DecisionTable } from './tabulated-model.ts';

type Numbers = {
  readonly states: (component: number) => number;
  readonly stateOf: (component: number, state: number) => number;
};

/**
 * Calls `holds` once for each combination that occurs in a reached state, and for no other: a
 * predicate may rely on combinations that never occur.
 *
 * @param reads - components, in the order in which `holds` takes their snapshots.
 */
export function decided(
  { holds }: { readonly holds: (...snapshots: AnyMachineSnapshot[]) => boolean },
  reads: readonly number[],
  numbers: Numbers,
  composition: Composition,
  { rows, count }: Pick<Reached, 'rows' | 'count'>,
): DecisionTable {
  const last = reads.length - 1;
  if (last < 0) return holds();
  const blank = (depth: number): DecisionTable[] =>
    Array<DecisionTable>(numbers.states(reads[depth]!)).fill(null);
  const root = blank(0);
  for (let state = 0; state < count; state += 1) {
    const at = state * composition.system.length;
    let node = root;
    for (let depth = 0; depth < last; depth += 1) {
      const index = numbers.stateOf(reads[depth]!, rows[at + reads[depth]!]!);
      node[index] ??= blank(depth + 1);
      node = node[index] as DecisionTable[]; // only the last level holds verdicts
    }
    const index = numbers.stateOf(reads[last]!, rows[at + reads[last]!]!);
    node[index] ??= holds(...reads.map((read) => composition.snapshot(read, rows[at + read]!)));
  }
  return root;
}
