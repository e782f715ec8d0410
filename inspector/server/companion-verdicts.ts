/** What nobody asked for, but is shown beside what was: what stops a violation, and witnesses. */
import type { Deployment } from '../../machines/system/topology.ts';
import { claimNamed } from '../story/documents/subjects.ts';
import { remedyToCheck } from '../story/remedy.ts';
import type { Known, Task } from './prove.ts';

/** Each once, and none that is judged already. */
export function companionsOf(
  judged: readonly Known[],
  deployments: readonly Deployment[],
): readonly Task[] {
  const seen = new Set(judged.map((one) => keyOf({ claim: one.verdict.id, ...one })));
  return judged
    .flatMap((one) => companionsOfOne(one, deployments))
    .filter((task) => {
      const isNew = !seen.has(keyOf(task));
      seen.add(keyOf(task));
      return isNew;
    });
}

function companionsOfOne(one: Known, deployments: readonly Deployment[]): readonly Task[] {
  const { verdict, deployment, fault } = one;
  const claim = claimNamed(verdict.id);
  const witnesses = claim.witnesses.filter((id) => claimNamed(id).appliesTo(deployment));
  const about = (ids: readonly string[], where: Deployment, mistake: string | null) =>
    ids.map((id): Task => ({ claim: id, deployment: where, fault: mistake }));

  if (verdict.verdict === 'holds') return about(witnesses, deployment, fault);
  // By the mistake alone: the same machines without it.
  if (fault !== null && verdict.verdict !== verdict.expected)
    return about([claim.id, ...witnesses], deployment, null);
  const remedy = remedyToCheck({ ...verdict, trace: null }, deployments);
  return remedy === null ? [] : about(remedy.claims, remedy.deployment, null);
}

const keyOf = ({ claim, deployment, fault }: Task): string =>
  JSON.stringify([claim, deployment.name, fault]);
