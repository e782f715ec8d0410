/** Verdicts as a document: what `check --json` prints, and the inspector reads. */
import type { Trace } from '../../checker/model/system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ClaimResult } from '../check.ts';
import type { Kind, Verdict } from '../claim.ts';

export type ClaimVerdict = {
  readonly id: string; // the claim's
  readonly name: string;
  readonly kind: Kind;
  readonly deployment: string; // name
  readonly expected: Verdict;
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number; // a whole number
  readonly trace: Trace | null;
  /** Steps of the trace before its loop, see `ClaimResult`. Null: it has none. */
  readonly loop: number | null;
};

export const FORMAT = 'double-hop-verdicts/3';

export type Verdicts = {
  readonly format: typeof FORMAT;
  readonly topology: string; // name
  readonly fault: string | null; // id of the one mistake made; null: the machines as they are
  readonly deployments: readonly Deployment[];
  readonly claims: readonly ClaimVerdict[];
};

export const verdictOf = ({ claim, deployment, ...judged }: ClaimResult): ClaimVerdict => ({
  id: claim.id,
  name: claim.name,
  kind: claim.kind,
  deployment: deployment.name,
  expected: judged.expected,
  verdict: judged.verdict,
  states: judged.states,
  transitions: judged.transitions,
  depth: judged.depth,
  milliseconds: Math.round(judged.milliseconds),
  trace: judged.trace,
  loop: judged.loop,
});

/** The deployments are those that were judged, each once, in order. */
export const verdictsOf = (
  topology: string,
  results: readonly ClaimResult[],
  fault: string | null,
): Verdicts => ({
  format: FORMAT,
  topology,
  fault,
  deployments: [...new Set(results.map(({ deployment }) => deployment))],
  claims: results.map(verdictOf),
});

type Judged = {
  readonly verdict: ClaimVerdict;
  readonly deployment: Deployment;
  readonly fault: string | null; // id
};

/** A document of one verdict. */
export const documentOf = (topology: string, { verdict, deployment, fault }: Judged): Verdicts => ({
  format: FORMAT,
  topology,
  fault,
  deployments: [deployment],
  claims: [verdict],
});
