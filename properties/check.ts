/** Checks claims: searches the systems of a claim, and gives one verdict. */

import { buildWatch, type Progress } from '../checker/explore/limits.ts';
import { finished } from '../checker/explore/search-progress.ts';
import type { Refusal } from '../checker/model/refusals.ts';
import type { Trace } from '../checker/model/system.ts';
import { type ReducedResult, searchingReduced } from '../checker/quotient/quotient.ts';
import { type SearchOptions, type SearchResult, searching } from '../checker/search.ts';
import { watchedWhile } from '../machines/system/component.ts';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import { MOST_GENERAL_CLIENT_SYMMETRY, symmetryOf } from '../machines/system/exchangeable.ts';
import type { Deployment } from '../machines/system/topology.ts';
import type { Claim, Kind, Verdict } from './claim.ts';

export type ClaimResult = {
  readonly claim: Claim;
  readonly deployment: Deployment;
  readonly expected: Verdict | null; // as the caller expects; null: the caller expects none
  readonly verdict: Verdict;
  /** Summed over the claim's systems. The depth is the greatest of theirs. */
  readonly states: number;
  readonly visited: number; // with symmetry, the representatives; without it, all states
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number;
  /** The shortest counterexample, or the longest witness. Null: there is none. */
  readonly trace: Trace | null;
  /**
   * Steps of the trace before its loop. The loop is the rest of the trace, and is repeated for
   * ever; it may be empty. Null: the trace has no loop.
   */
  readonly loop: number | null;
  /** The refusals, each once: the searches skipped the steps that would have been refused. */
  readonly refusals: readonly string[];
  /** Messages that were refused in every state in which they arrived, in words. */
  readonly neverAccepted: readonly string[];
};

/** Limits are those of each search. */
export type ClaimCheckOptions = Omit<SearchOptions, 'engine'> & {
  readonly expected?: Verdict | null; // default: null
  readonly machines?: Machines;
  /** Visits one of all the states that differ only in exchangeable names. Default: false. */
  readonly symmetry?: boolean;
};

/** The progress of one of the claim's searches. */
export type Turn = Progress & {
  readonly search: number; // from 1
  readonly searches: number;
};

/**
 * Checks a claim without a pause. If it stops at a violation, the counts are of a part only.
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
 * The same in turns of about 20,000 states. The caller may abandon it. It does nothing, and throws
 * nothing, before the first turn is requested.
 */
export function* checkingClaim(
  claim: Claim,
  deployment: Deployment,
  { machines = MACHINES, symmetry = false, expected = null, ...options }: ClaimCheckOptions,
): Generator<Turn, ClaimResult, void> {
  if (!claim.appliesTo(deployment))
    throw new TypeError(`${claim.id} does not apply to ${deployment.name}`);
  const subjects = subjectsWithin(options, claim, deployment, machines);
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
    expected,
    verdict,
    states: sum(({ states, whole }) => whole?.states ?? states),
    visited: sum(({ states }) => states),
    transitions: sum(({ transitions, whole }) => whole?.transitions ?? transitions),
    depth: Math.max(...results.map(({ depth }) => depth)),
    milliseconds: sum(({ milliseconds }) => milliseconds),
    trace,
    loop,
    refusals: [...new Set(results.flatMap(({ refusals }) => refusals.map(refusalText)))].sort(),
    neverAccepted: [
      ...new Set(results.flatMap(({ neverAccepted }) => neverAccepted.map(neverText))),
    ].sort(),
  };
}

/**
 * The claim's systems with their properties, built within the limits of a search.
 *
 * @throws LimitReached
 */
export const subjectsWithin = (
  { onBuilding, ...limits }: Omit<SearchOptions, 'statesMax'>,
  claim: Claim,
  deployment: Deployment,
  machines: Machines,
): ReturnType<Claim['subjects']> =>
  watchedWhile(buildWatch(limits, onBuilding), () => claim.subjects(deployment, machines));

type Result = SearchResult & Partial<Pick<ReducedResult, 'whole'>>;

const symmetryFor = ({ about }: Claim, deployment: Deployment) =>
  about === 'server' ? MOST_GENERAL_CLIENT_SYMMETRY : symmetryOf(deployment);

const refusalText = ({ sender, addressee, state, event }: Refusal) =>
  `${addressee} in ${state} refuses ${event} from ${sender}`;

const neverText = ({ sender, addressee, event }: Refusal) =>
  `${addressee} never accepts ${event} from ${sender}`;

type Evidence = { readonly trace: Trace; readonly loop: number | null };
const NOTHING = { trace: null, loop: null } as const;

function verdictOf(
  kind: Kind,
  results: readonly SearchResult[],
): Pick<ClaimResult, 'verdict' | 'trace' | 'loop'> {
  const byLength = (traces: readonly Evidence[]) =>
    traces.toSorted((a, b) => a.trace.length - b.trace.length);
  if (kind === 'sometimes') {
    const witnesses = results.flatMap(({ witnessed }) =>
      [...witnessed.values()].map((trace): Evidence => ({ trace, loop: null })),
    );
    return results.some(({ unwitnessed }) => unwitnessed.length > 0)
      ? { verdict: 'unwitnessed', ...NOTHING }
      : { verdict: 'witnessed', ...(byLength(witnesses).at(-1) ?? NOTHING) };
  }
  const refutations = results.flatMap(({ violated, loops, deadlock }): readonly Evidence[] =>
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
