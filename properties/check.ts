/** Checks claims: searches each claim's systems, and says what came of it in one verdict. */

import type { Progress } from '../checker/explore/limits.ts';
import { finished } from '../checker/explore/search-progress.ts';
import type { Refusal } from '../checker/model/refusals.ts';
import type { Trace } from '../checker/model/system.ts';
import { type ReducedResult, searchingReduced } from '../checker/quotient/quotient.ts';
import { type SearchOptions, type SearchResult, searching } from '../checker/search.ts';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import { MOST_GENERAL_CLIENT_SYMMETRY, symmetryOf } from '../machines/system/exchangeable.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { type Claim, expectedVerdict, type Kind, type Verdict } from './claim.ts';

export type ClaimResult = {
  readonly claim: Claim;
  readonly deployment: Deployment;
  readonly expected: Verdict;
  readonly verdict: Verdict;
  /** Summed over the claim's systems, but for the depth, which is the greatest. */
  readonly states: number;
  readonly visited: number; // those that stand for all; without symmetry, all of them
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number;
  /** The shortest counterexample, or the longest of the witnesses. Null: there is none. */
  readonly trace: Trace | null;
  /**
   * Steps of the trace before its loop, which is the rest of it and goes on for ever; all of them
   * where the loop is empty. Null: the trace has none.
   */
  readonly loop: number | null;
  /** What addressees refused, each once: the claim's searches passed these steps over. */
  readonly refusals: readonly string[];
};

/** Of each search. */
export type ClaimCheckOptions = Omit<SearchOptions, 'engine'> & {
  readonly machines?: Machines;
  /** Visits one of the states that differ in names which may be exchanged. Default: false. */
  readonly symmetry?: boolean;
};

/** How far one search has come, and which of the claim's it is. */
export type Turn = Progress & {
  readonly search: number; // from 1
  readonly searches: number;
};

/**
 * Checks a claim without a pause. Where it stops at a violation, the counts are not of the whole.
 *
 * @throws LimitReached when a search exceeds its limit: nothing is then proved.
 * @throws TypeError where the claim does not apply to the deployment.
 */
export function checkClaim(
  claim: Claim,
  deployment: Deployment,
  options: ClaimCheckOptions & { readonly onProgress?: (turn: Turn) => void },
): ClaimResult {
  return finished(checkingClaim(claim, deployment, options), options.onProgress);
}

/**
 * The same in turns of about 20,000 states. One that is not resumed is given up. Nothing is done,
 * nor thrown, before the first turn is asked for.
 */
export function* checkingClaim(
  claim: Claim,
  deployment: Deployment,
  { machines = MACHINES, symmetry = false, ...options }: ClaimCheckOptions,
): Generator<Turn, ClaimResult, void> {
  if (!claim.appliesTo(deployment))
    throw new TypeError(`${claim.id} does not apply to ${deployment.name}`);
  const subjects = claim.subjects(deployment, machines);
  const results: Result[] = [];
  for (const [done, { system, properties }] of subjects.entries()) {
    const turns = symmetry
      ? searchingReduced(system, properties, symmetryFor(claim, deployment), options)
      : searching(system, properties, options);
    let turn = turns.next();
    for (; !turn.done; turn = turns.next())
      yield { ...turn.value, search: done + 1, searches: subjects.length };
    results.push(turn.value);
  }
  const { verdict, trace, loop } = verdictOf(claim.kind, results);
  const sum = (of: (result: Result) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    claim,
    deployment,
    expected: expectedVerdict(claim, deployment),
    verdict,
    states: sum(({ states, whole }) => whole?.states ?? states),
    visited: sum(({ states }) => states),
    transitions: sum(({ transitions, whole }) => whole?.transitions ?? transitions),
    depth: Math.max(...results.map(({ depth }) => depth)),
    milliseconds: sum(({ milliseconds }) => milliseconds),
    trace,
    loop,
    refusals: [...new Set(results.flatMap(({ refusals }) => refusals.map(told)))].sort(),
  };
}

type Result = SearchResult & Partial<Pick<ReducedResult, 'whole'>>;

const symmetryFor = ({ about }: Claim, deployment: Deployment) =>
  about === 'server' ? MOST_GENERAL_CLIENT_SYMMETRY : symmetryOf(deployment);

const told = ({ sender, addressee, state, event }: Refusal) =>
  `${addressee} in ${state} refuses ${event} from ${sender}`;

type Found = { readonly trace: Trace; readonly loop: number | null };
const NOTHING = { trace: null, loop: null } as const;

function verdictOf(
  kind: Kind,
  results: readonly SearchResult[],
): Pick<ClaimResult, 'verdict' | 'trace' | 'loop'> {
  const byLength = (traces: readonly Found[]) =>
    traces.toSorted((a, b) => a.trace.length - b.trace.length);
  if (kind === 'sometimes') {
    const witnesses = results.flatMap(({ witnessed }) =>
      [...witnessed.values()].map((trace): Found => ({ trace, loop: null })),
    );
    return results.some(({ unwitnessed }) => unwitnessed.length > 0)
      ? { verdict: 'unwitnessed', ...NOTHING }
      : { verdict: 'witnessed', ...(byLength(witnesses).at(-1) ?? NOTHING) };
  }
  const refutations = results.flatMap(({ violated, loops, deadlock }): readonly Found[] =>
    kind === 'deadlock-free'
      ? deadlock === null
        ? []
        : [{ trace: deadlock, loop: null }]
      : [...violated].map(([name, trace]) => ({ trace, loop: loops.get(name) ?? null })),
  );
  const shortest = byLength(refutations)[0];
  return shortest === undefined
    ? { verdict: 'holds', ...NOTHING }
    : { verdict: 'violated', ...shortest };
}
