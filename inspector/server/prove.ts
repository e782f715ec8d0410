/** Checks the requested claims, then their companions, and publishes each verdict at once. */
import { LimitReached } from '../../checker/explore/limits.ts';
import { finished } from '../../checker/explore/search-progress.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { causeOf } from '../../properties/causes/cause-of.ts';
import { type FieldLines, filed } from '../../properties/causes/field-lines.ts';
import { checkClaim } from '../../properties/check.ts';
import type { Verdict } from '../../properties/claim.ts';
import { vacuityOf } from '../../properties/vacuity.ts';
import { type ClaimVerdict, verdictOf } from '../../properties/verdicts/verdicts.ts';
import type { News, Progress } from '../feed.ts';
import { claimNamed, faultNamed, machinesWith } from '../story/documents/subjects.ts';
import { companionsOf } from './companion-verdicts.ts';

/** A claim about a deployment. `fault`: the id of the injected fault; null: none. */
export type Task = {
  readonly claim: string; // id
  readonly deployment: Deployment;
  readonly fault: string | null;
  readonly expected: Verdict | null; // by the topology file; null: it expects none
};

/** Plain data: it goes to another thread. */
export type Assignment = {
  readonly deployments: readonly Deployment[];
  readonly tasks: readonly Task[]; // the requested claims
  readonly known: readonly KnownVerdict[]; // read from a document
  readonly statesMax: number; // in each search, inclusive
  readonly lines: FieldLines | null; // of the topology's file. Null: there is none
};

/** The parts of a verdict on which its companions depend. */
export type KnownVerdict = {
  readonly verdict: Omit<ClaimVerdict, 'trace'>;
  readonly deployment: Deployment;
  readonly fault: string | null;
};

export type Publisher = {
  readonly publish: (news: News) => void;
  readonly progress: (progress: Progress) => void;
};

/**
 * Publishes a verdict for each task, then those of their companions, and `finished` last. It stops
 * at the first limit: a system that is too large for one claim is too large for the next.
 */
export function prove(
  { deployments, tasks, known, statesMax, lines }: Assignment,
  to: Publisher,
): void {
  const checked: KnownVerdict[] = [...known];
  const checkAll = (list: readonly Task[], isRemedy: boolean) => {
    const total = checked.length - known.length + list.length;
    for (const task of list) {
      const { claim, deployment, fault } = task;
      const at = { claim, deployment: deployment.name, done: checked.length - known.length, total };
      const report = ({ states, depth }: { states: number; depth: number }) =>
        to.progress({ type: 'progress', ...at, states, depth });
      report({ states: 0, depth: 0 });
      const verdict = verdictFor(task, statesMax, isRemedy ? null : lines, report);
      to.publish({ type: 'verdict', deployment, fault, isRemedy, verdict });
      checked.push({ verdict, deployment, fault });
    }
  };
  try {
    checkAll(tasks, false);
    checkAll(companionsOf(checked, deployments), true);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    to.publish({ type: 'limit', message: error.message });
  }
  to.publish({ type: 'finished' });
}

function verdictFor(
  { claim, deployment, fault, expected }: Task,
  statesMax: number,
  lines: FieldLines | null,
  onProgress: (progress: { states: number; depth: number }) => void,
): ClaimVerdict {
  const machines = machinesWith(fault);
  try {
    const options = { statesMax, machines, expected, onProgress };
    const result = checkClaim(claimNamed(claim), deployment, options);
    const cause = causeOf(result, faultNamed(fault));
    const vacuity =
      result.verdict === 'holds'
        ? finished(vacuityOf(result.claim, deployment, { statesMax, machines }))
        : null;
    return verdictOf({ ...result, vacuity, cause: cause && filed(cause, lines) });
  } catch (error) {
    if (error instanceof LimitReached)
      error.message = `${claim}, ${deployment.name}: ${error.message}`;
    throw error;
  }
}
