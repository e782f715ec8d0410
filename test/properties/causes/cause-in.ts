/** The cause of a violation, found anew, with its field as text. */
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment, Topology } from '../../../machines/system/topology.ts';
import { claimById } from '../../../properties/by-id.ts';
import { pathText } from '../../../properties/causes/cause.ts';
import { causeOf } from '../../../properties/causes/cause-of.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Fault } from '../../../properties/claim.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';

/** Null: the claim is not violated. */
export function causeIn(id: string, deployment: Deployment, fault: Fault | null = null) {
  const machines = fault?.inject(MACHINES) ?? MACHINES;
  const result = checkClaim(claimById(id), deployment, { statesMax: 1_000_000, machines });
  const found = causeOf(result, fault);
  if (found === null) return null;
  const { step, sentence, allowedBy } = found;
  const field = allowedBy === null ? null : `${pathText(allowedBy.path)}: ${allowedBy.value}`;
  return { step, sentence, field };
}

export const causeAt = (id: string, topology: Topology) => causeIn(id, deploymentOf(topology));
