/** One match: its contestants are made ready, take their rounds, and are compared. */

import type { Comparison, Match } from './matches.ts';
import { alternate, sideOf } from './measure/alternate.ts';
import { type Row, ratioOf, type Side } from './report/results.ts';

export type Course = {
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
};

/**
 * The rows of one match, in its order. Where it is stopped, those whose sides have had a round.
 * Where anything goes wrong, all fail: a count that is not what it must be says that they did not
 * do the same work, and the rest may not have either.
 */
export async function rowsOf(match: Match, course: Course): Promise<readonly Row[]> {
  const { name, comparisons } = match;
  course.onProgress(`${name}: making ready`);
  try {
    const sides = await sidesOf(match, course);
    return comparisons.flatMap((comparison) => rowOf(comparison, sides) ?? []);
  } catch (error) {
    if (course.signal.aborted) return [];
    const why = error instanceof Error ? error.message : String(error);
    return comparisons.map((comparison) => ({ ...headOf(comparison), outcome: 'failed', why }));
  }
}

/** The rows of a match that cannot be held. */
export const unmeasured = ({ comparisons }: Match, why: string): readonly Row[] =>
  comparisons.map((comparison) => ({ ...headOf(comparison), outcome: 'not measured', why }));

async function sidesOf(
  { name, comparisons, prepare }: Match,
  { rounds, isQuick, signal, onProgress }: Course,
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

/** Null where a side had no round. */
function rowOf(comparison: Comparison, sides: ReadonlyMap<string, Side | null>): Row | null {
  const ours = sides.get(comparison.ours);
  const theirs = sides.get(comparison.theirs);
  if (ours === undefined || theirs === undefined)
    throw new TypeError(`${comparison.id} compares ${comparison.ours} with ${comparison.theirs}`);
  if (ours === null || theirs === null) return null;
  const head = headOf(comparison);
  const ratio = ratioOf(ours, theirs, comparison.measure);
  return ratio === null
    ? { ...head, outcome: 'not measured', why: 'this system does not tell what memory was used' }
    : { ...head, outcome: 'measured', ours, theirs, ratio };
}

const headOf = ({ ours: _, theirs, ...head }: Comparison) => ({ ...head, against: theirs });
