/** The subject of a verdict: its claim, its machines, and their systems. */
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { claimById, faultById, UnknownId } from '../../../properties/by-id.ts';
import type { Claim, Fault, Subject } from '../../../properties/claim.ts';
import { BadDocument, OTHERWISE } from './bad-document.ts';

/** @throws BadDocument where there is no such claim. */
export const claimNamed = (id: string): Claim => found(() => claimById(id));

/** Null: no fault. @throws BadDocument where there is no such fault. */
export const faultNamed = (id: string | null): Fault | null =>
  id === null ? null : found(() => faultById(id));

function found<Result>(find: () => Result): Result {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof UnknownId)) throw error;
    throw new BadDocument(`${error.message}; ${OTHERWISE}`);
  }
}

const known = new Map<string | null, Machines>();

/**
 * With the fault of this id injected. Null: none. The same objects each time, so that data about a
 * machine can be kept by its object.
 *
 * @throws BadDocument where there is no such fault.
 */
export function machinesWith(id: string | null): Machines {
  const fault = faultNamed(id);
  if (fault === null) return MACHINES;
  const machines = known.get(fault.id) ?? fault.inject(MACHINES);
  known.set(fault.id, machines);
  return machines;
}

/**
 * The systems in which the claim is checked.
 *
 * @param fault - an id. Null: none.
 * @throws BadDocument for an unknown claim or fault, and a claim that does not apply.
 */
export function subjectsOf(
  claimId: string,
  deployment: Deployment,
  fault: string | null,
): readonly Subject[] {
  const claim = claimNamed(claimId);
  if (!claim.appliesTo(deployment))
    throw new BadDocument(`${claimId} does not apply to ${deployment.name}; ${OTHERWISE}`);
  return claim.subjects(deployment, machinesWith(fault));
}
