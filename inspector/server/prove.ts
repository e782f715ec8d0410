/** Checks what was asked for, then what is shown beside it, and tells each verdict at once. */
import { LimitReached } from '../../checker/explore/limits.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { checkClaim } from '../../properties/check.ts';
import { type ClaimVerdict, verdictOf } from '../../properties/verdicts/verdicts.ts';
import type { News, Progress } from '../feed.ts';
import { claimNamed, machinesWith } from '../story/documents/subjects.ts';
import { companionsOf } from './companion-verdicts.ts';

/** A claim about a deployment, and the id of the one mistake made there. Null: none. */
export type Task = {
  readonly claim: string; // id
  readonly deployment: Deployment;
  readonly fault: string | null;
};

/** Plain data: it goes to another thread. */
export type Assignment = {
  readonly deployments: readonly Deployment[];
  readonly tasks: readonly Task[]; // what was asked for
  readonly known: readonly Known[]; // judged already, by whoever has written a document
  readonly statesMax: number; // in each search, inclusive
};

/** What the companions of a verdict depends on. */
export type Known = {
  readonly verdict: Omit<ClaimVerdict, 'trace'>;
  readonly deployment: Deployment;
  readonly fault: string | null;
};

export type Told = {
  readonly tell: (news: News) => void;
  readonly progress: (progress: Progress) => void;
};

/**
 * Tells a verdict for each task, then those of their companions, and `judged` last. At the first limit
 * it tells that and stops: what is too large for one claim is too large for the next.
 */
export function prove({ deployments, tasks, known, statesMax }: Assignment, told: Told): void {
  const judged: Known[] = [...known];
  const checkAll = (list: readonly Task[], isRemedy: boolean) => {
    const total = judged.length - known.length + list.length;
    for (const task of list) {
      const { claim, deployment, fault } = task;
      const at = { claim, deployment: deployment.name, done: judged.length - known.length, total };
      const report = ({ states, depth }: { states: number; depth: number }) =>
        told.progress({ type: 'progress', ...at, states, depth });
      report({ states: 0, depth: 0 });
      const verdict = verdictFor(task, statesMax, report);
      told.tell({ type: 'verdict', deployment, fault, isRemedy, verdict });
      judged.push({ verdict, deployment, fault });
    }
  };
  try {
    checkAll(tasks, false);
    checkAll(companionsOf(judged, deployments), true);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    told.tell({ type: 'limit', message: error.message });
  }
  told.tell({ type: 'judged' });
}

function verdictFor(
  { claim, deployment, fault }: Task,
  statesMax: number,
  onProgress: (progress: { states: number; depth: number }) => void,
): ClaimVerdict {
  const machines = machinesWith(fault);
  try {
    const result = checkClaim(claimNamed(claim), deployment, { statesMax, machines, onProgress });
    return verdictOf(result);
  } catch (error) {
    if (error instanceof LimitReached)
      error.message = `${claim}, ${deployment.name}: ${error.message}`;
    throw error;
  }
}
