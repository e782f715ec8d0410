/** Verdicts as a document: what `check --json` prints, and the inspector reads. */
import type { Trace } from '../../checker/model/system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { FiledCause } from '../causes/field-lines.ts';
import type { ClaimResult } from '../check.ts';
import type { Kind, Verdict } from '../claim.ts';
import type { Vacuity } from '../vacuity.ts';

export type ClaimVerdict = {
  readonly id: string; // the claim's
  readonly name: string;
  readonly kind: Kind;
  readonly deployment: string; // name
  /** By the topology file; with a fault, by theory for the unmutated machines. Null: none. */
  readonly expected: Verdict | null;
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number; // a whole number
  readonly trace: Trace | null;
  /** Steps of the trace before its loop, see `ClaimResult`. Null: it has none. */
  readonly loop: number | null;
  /** What never happens of what the claim speaks of. Null: it does not hold, or was not asked. */
  readonly vacuity: Vacuity | null;
  /** The reason of a violation. Null: the claim is not violated, or the reason was not asked. */
  readonly cause: FiledCause | null;
};

export const FORMAT = 'double-hop-verdicts/5';

export type Verdicts = {
  readonly format: typeof FORMAT;
  readonly topology: string; // name
  readonly fault: string | null; // id; null: the machines are unmutated
  readonly deployments: readonly Deployment[];
  readonly claims: readonly ClaimVerdict[];
};

type Result = ClaimResult & {
  readonly vacuity?: Vacuity | null;
  readonly cause?: FiledCause | null;
};

export const verdictOf = ({ claim, deployment, ...result }: Result): ClaimVerdict => ({
  id: claim.id,
  name: claim.name,
  kind: claim.kind,
  deployment: deployment.name,
  expected: result.expected,
  verdict: result.verdict,
  states: result.states,
  transitions: result.transitions,
  depth: result.depth,
  milliseconds: Math.round(result.milliseconds),
  trace: result.trace,
  loop: result.loop,
  vacuity: result.vacuity ?? null,
  cause: result.cause ?? null,
});

/** Each deployment stands once, in the order of the results. */
export const verdictsOf = (
  topology: string,
  results: readonly Result[],
  fault: string | null,
): Verdicts => ({
  format: FORMAT,
  topology,
  fault,
  deployments: [...new Set(results.map(({ deployment }) => deployment))],
  claims: results.map(verdictOf),
});

type Single = {
  readonly verdict: ClaimVerdict;
  readonly deployment: Deployment;
  readonly fault: string | null; // id
};

/** A document of one verdict. */
export const documentOf = (topology: string, { verdict, deployment, fault }: Single): Verdicts => ({
  format: FORMAT,
  topology,
  fault,
  deployments: [deployment],
  claims: [verdict],
});
