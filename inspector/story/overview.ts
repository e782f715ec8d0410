/** The rows of the first screen: each claim, its deployment and verdict, the urgent ones first. */
import type { Deployment } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { summaryOf } from '../../properties/deployments/summary.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { boundsIn } from './components.ts';
import { claimNamed, subjectsOf } from './documents/subjects.ts';
import { verdictSentence } from './verdict-story.ts';

export type VerdictRow = {
  readonly verdict: ClaimVerdict;
  readonly fault: string | null; // id; null: none
  /** True: the verdict is not the expected one, and no fault was injected. */
  readonly isSurprise: boolean;
  readonly sentence: string; // the verdict, as a story's
  readonly summary: string;
  readonly bounds: string;
  readonly given: string; // the claim's hypothesis, in words
  readonly source: string;
  readonly exhausted: string; // the size of the search, and its bounds
  /** The claim whose trace, in the same deployment, shows that this one is not vacuous. */
  readonly witness: string | null;
};

/**
 * @param others - verdicts that may hold the witness; of any deployment, and this one may be there.
 * @throws BadDocument for a claim there is not, and one that says nothing about the deployment.
 */
export function rowOf(
  verdict: ClaimVerdict,
  deployment: Deployment,
  fault: string | null,
  others: readonly ClaimVerdict[],
): VerdictRow {
  const claim = claimNamed(verdict.id);
  const [subject] = subjectsOf(verdict.id, deployment, fault);
  const bounds = boundsIn(deployment, subject!.system);
  const [states, transitions] = [verdict.states, verdict.transitions].map(grouped);
  return {
    verdict,
    fault,
    isSurprise: fault === null && verdict.expected !== null && verdict.verdict !== verdict.expected,
    sentence: verdictSentence(verdict, deployment.name, fault),
    summary: summaryOf(deployment),
    bounds,
    given: claim.given.says,
    source: claim.source,
    exhausted:
      `Exhausted: ${states} states, ${transitions} transitions, ` +
      `depth ${verdict.depth}. ${bounds}`,
    witness: witnessOf(verdict, others),
  };
}

/** Unexpected verdicts, then violations, then the others, each in the catalogue's order. */
export function byConcern(rows: readonly VerdictRow[]): readonly VerdictRow[] {
  const concern = ({ isSurprise, verdict }: VerdictRow) =>
    isSurprise ? 0 : verdict.verdict === 'violated' ? 1 : 2;
  const place = ({ verdict: { id } }: VerdictRow) => CLAIMS.findIndex((claim) => claim.id === id);
  return rows.toSorted((a, b) => concern(a) - concern(b) || place(a) - place(b));
}

function witnessOf(verdict: ClaimVerdict, others: readonly ClaimVerdict[]): string | null {
  if (verdict.trace !== null) return null;
  const { witnesses } = claimNamed(verdict.id);
  const hasTrace = (id: string) =>
    others.some(
      (other) => other.id === id && other.deployment === verdict.deployment && other.trace !== null,
    );
  return witnesses.find(hasTrace) ?? null;
}

const grouped = (count: number) => count.toLocaleString('en-US');
