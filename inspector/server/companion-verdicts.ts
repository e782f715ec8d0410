/** Companion verdicts of the requested ones: remedies of violations, and witnesses. */
import type { Deployment } from '../../machines/system/topology.ts';
import { expectedVerdict } from '../../properties/claim.ts';
import { claimNamed } from '../story/documents/subjects.ts';
import { remedyToCheck } from '../story/remedy.ts';
import type { KnownVerdict, Task } from './prove.ts';

/** Each once, without those that are known already. */
export function companionsOf(
  checked: readonly KnownVerdict[],
  deployments: readonly Deployment[],
): readonly Task[] {
  const seen = new Set(checked.map((one) => keyOf({ claim: one.verdict.id, ...one })));
  return checked
    .flatMap((one) => companionsOfOne(one, deployments))
    .filter((task) => {
      const isNew = !seen.has(keyOf(task));
      seen.add(keyOf(task));
      return isNew;
    });
}

function companionsOfOne(one: KnownVerdict, deployments: readonly Deployment[]): readonly Task[] {
  const { verdict, deployment, fault } = one;
  const claim = claimNamed(verdict.id);
  const witnesses = claim.witnesses.filter((id) => claimNamed(id).appliesTo(deployment));
  const about = (ids: readonly string[], where: Deployment, withFault: string | null) =>
    ids.map((id): Task => ({ claim: id, deployment: where, fault: withFault, expected: null }));

  if (verdict.verdict === 'holds') return about(witnesses, deployment, fault);
  // The fault alone causes it: the same machines without the fault.
  if (fault !== null && verdict.verdict !== expectedVerdict(claim, deployment))
    return about([claim.id, ...witnesses], deployment, null);
  const remedy = remedyToCheck({ ...verdict, trace: null }, deployments);
  return remedy === null ? [] : about(remedy.claims, remedy.deployment, null);
}

const keyOf = ({ claim, deployment, fault }: Omit<Task, 'expected'>): string =>
  JSON.stringify([claim, deployment.name, fault]);
