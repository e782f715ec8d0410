/** What a search and SPIN say of one system, in the same words. */

import { promelaBatch } from '../../../checker/promela/batch.ts';
import { fairPromelaOf } from '../../../checker/promela/promela.ts';
import type { TabulatedModel } from '../../../checker/promela/tabulated-model.ts';
import type { SearchResult } from '../../../checker/search.ts';
import { compileWithSpin, SAFETY } from '../../../cli/bench/measure/spin.ts';
import type { VerifierReport } from '../../../cli/bench/measure/spin-report.ts';

export type Said = {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps to the furthest state
  readonly violated: readonly string[]; // properties of single states
  readonly witnessed: readonly string[];
  readonly isDeadlock: boolean;
  /** What else there was to say: nothing, where all is well. */
  readonly faults: readonly string[];
};

const DEADLOCK = 'invalid end state';

export function saidBySearch(result: SearchResult, { properties }: TabulatedModel): Said {
  const { states, transitions, depth, violated, witnessed, deadlock } = result;
  const always = properties.filter(({ kind }) => kind === 'always').map(({ name }) => name);
  return {
    states,
    transitions,
    depth,
    violated: always.filter((name) => violated.has(name)).sort(),
    witnessed: [...witnessed.keys()].sort(),
    isDeadlock: deadlock !== null,
    faults: [],
  };
}

/** @param report - of a breadth-first search with `-DNOTE`. */
export function saidBySpin(report: VerifierReport): Said {
  const { states, transitions, depth, violated, witnessed, reasons, isComplete } = report;
  return {
    states,
    transitions: transitions - 1, // SPIN counts the way into the initial state
    depth,
    violated: violated.toSorted(),
    witnessed: witnessed.toSorted(),
    isDeadlock: reasons.includes(DEADLOCK),
    faults: [
      ...reasons.filter((reason) => reason !== DEADLOCK),
      ...(isComplete ? [] : ['the search was not completed']),
    ],
  };
}

/** Goes through all states by breadth, so that the depth can be compared, and stops at nothing. */
const EXHAUSTIVE = ['-DNOTE', '-DBFS', '-DMEMLIM=8192', ...SAFETY] as const;
const HASH_BITS_MIN = 12;

/** A hash table that has room for so many states, and takes no time to clear. */
const hashFor = (states: number) =>
  `-w${Math.max(HASH_BITS_MIN, Math.ceil(Math.log2(states)) + 1)}`;

/**
 * What SPIN says of each model, all of them compiled at once.
 *
 * @param states - of each, to be expected.
 */
export async function checkedBySpin(
  models: readonly TabulatedModel[],
  states: readonly number[],
): Promise<readonly Said[]> {
  const verifier = await compileWithSpin(promelaBatch(models), {
    flags: EXHAUSTIVE,
    optimise: '-O0', // compiling takes longer than most of the searches
  });
  try {
    const said: Said[] = [];
    for (const [i, expected] of states.entries()) {
      const environment = { MODEL: String(i) };
      const args = ['-c0', '-m10000000', hashFor(expected)]; // every error, at any depth
      said.push(saidBySpin(await verifier.run(args, undefined, environment)));
    }
    return said;
  } finally {
    verifier.dispose();
  }
}

/** Copies of a state that differ in how far they are with being fair: and its
 * stack may hold each. */
const COPIES = 20;

/**
 * Whether SPIN finds a fair run that owes for ever.
 *
 * @param states - of the model, to be expected.
 * @throws Error where SPIN says anything else, or does not complete its search without finding one.
 */
export async function owesForEverBySpin(
  model: TabulatedModel,
  response: string,
  states: number,
): Promise<boolean> {
  const verifier = await compileWithSpin(fairPromelaOf(model, response, []), {
    flags: ['-DNOREDUCE', '-DNOBOUNDCHECK', '-DMEMLIM=8192'],
    optimise: '-O0',
  });
  try {
    const stack = `-m${COPIES * states + 1000}`;
    const report = await verifier.run(['-a', '-f', '-E', stack, hashFor(4 * states)]);
    const said = report.reasons.join('; ');
    if (said === 'acceptance cycle') return true;
    if (said === '' && report.isComplete) return false;
    throw new Error(`SPIN did not decide '${response}': ${said || 'it was not completed'}`);
  } finally {
    verifier.dispose();
  }
}
