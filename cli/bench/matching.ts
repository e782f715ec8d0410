/** Runs one match: prepares its contestants, lets them take their rounds, and compares them. */

import type { Comparison, Match } from './matches.ts';
import { alternate, sideOf } from './measure/alternate.ts';
import { type BenchRow, ratioOf, type Side } from './report/results.ts';

export type MatchOptions = {
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
};

/**
 * The rows of one match, in its order. An aborted match has the rows whose sides had a round. After
 * an error all rows fail: a wrong count means that the sides did not do the same work.
 */
export async function rowsOf(match: Match, options: MatchOptions): Promise<readonly BenchRow[]> {
  const { name, comparisons } = match;
  options.onProgress(`${name}: preparing`);
  try {
    const sides = await sidesOf(match, options);
    return comparisons.flatMap((comparison) => rowOf(comparison, sides) ?? []);
  } catch (error) {
    if (options.signal.aborted) return [];
    const why = error instanceof Error ? error.message : String(error);
    return comparisons.map((comparison) => ({ ...headOf(comparison), outcome: 'failed', why }));
  }
}

/** The rows of a match that cannot be run. */
export const unmeasured = ({ comparisons }: Match, why: string): readonly BenchRow[] =>
  comparisons.map((comparison) => ({ ...headOf(comparison), outcome: 'not measured', why }));

async function sidesOf(
  { name, comparisons, prepare }: Match,
  { rounds, isQuick, signal, onProgress }: MatchOptions,
): Promise<ReadonlyMap<string, Side | null>> {
  const wanted = new Set(comparisons.flatMap(({ ours, theirs }) => [ours, theirs]));
  const { contestants, dispose } = await prepare(wanted, isQuick);
  try {
    const chosen = contestants.filter((contestant) => wanted.has(contestant.name));
    const taken = await alternate(chosen, rounds, signal, (who, round) =>
      onProgress(`${name}: round ${round} of ${rounds}, ${who}`),
    );
    return new Map(chosen.map((one) => [one.name, sideOf(one, taken.get(one.name)!)]));
  } finally {
    dispose();
  }
}

/** Null: a side had no round. */
function rowOf(comparison: Comparison, sides: ReadonlyMap<string, Side | null>): BenchRow | null {
  const ours = sides.get(comparison.ours);
  const theirs = sides.get(comparison.theirs);
  if (ours === undefined || theirs === undefined)
    throw new TypeError(`${comparison.id} compares ${comparison.ours} with ${comparison.theirs}`);
  if (ours === null || theirs === null) return null;
  const head = headOf(comparison);
  const ratio = ratioOf(ours, theirs, comparison.measure);
  return ratio === null
    ? {
        ...head,
        outcome: 'not measured',
        why: 'this system does not report the memory of a process',
      }
    : { ...head, outcome: 'measured', ours, theirs, ratio };
}

const headOf = ({ ours: _, theirs, ...head }: Comparison) => ({ ...head, against: theirs });
