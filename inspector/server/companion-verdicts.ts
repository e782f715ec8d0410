/** What nobody asked for, but is shown beside what was: what stops a violation, and witnesses. */
import type { Deployment } from '../../machines/system/topology.ts';
import { claimNamed } from '../story/documents/subjects.ts';
import { counterpartToJudge } from '../story/remedy.ts';
import type { Known, Task } from './prove.ts';

/** Each once, and none that is judged already. */
export function companyOf(
  judged: readonly Known[],
  deployments: readonly Deployment[],
): readonly Task[] {
  const seen = new Set(judged.map((one) => keyOf({ claim: one.verdict.id, ...one })));
  return judged
    .flatMap((one) => companyOfOne(one, deployments))
    .filter((task) => {
      const isNew = !seen.has(keyOf(task));
      seen.add(keyOf(task));
      return isNew;
    });
}

function companyOfOne(one: Known, deployments: readonly Deployment[]): readonly Task[] {
  const { verdict, deployment, sabotage } = one;
  const claim = claimNamed(verdict.id);
  const witnesses = claim.witnesses.filter((id) => claimNamed(id).appliesTo(deployment));
  const about = (ids: readonly string[], where: Deployment, mistake: string | null) =>
    ids.map((id): Task => ({ claim: id, deployment: where, sabotage: mistake }));

  if (verdict.verdict === 'holds') return about(witnesses, deployment, sabotage);
  // By the mistake alone: the same machines without it.
  if (sabotage !== null && verdict.verdict !== verdict.expected)
    return about([claim.id, ...witnesses], deployment, null);
  const counterpart = counterpartToJudge({ ...verdict, trace: null }, deployments);
  return counterpart === null ? [] : about(counterpart.claims, counterpart.deployment, null);
}

const keyOf = ({ claim, deployment, sabotage }: Task): string =>
  JSON.stringify([claim, deployment.name, sabotage]);
