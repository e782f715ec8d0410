/** What a verdict is about: its claim, the machines it was checked with, and their systems. */
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import type { Claim, Fault, Subject } from '../../../properties/claim.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { BadDocument, OTHERWISE } from './bad-document.ts';

/** @throws BadDocument where there is no such claim. */
export function claimNamed(id: string): Claim {
  const claim = CLAIMS.find((candidate) => candidate.id === id);
  if (claim === undefined) throw new BadDocument(`no claim is called "${id}"; ${OTHERWISE}`);
  return claim;
}

/** @throws BadDocument where there is no such mistake. Null: none was made. */
export function faultNamed(id: string | null): Fault | null {
  if (id === null) return null;
  const fault = FAULTS.find((candidate) => candidate.id === id);
  if (fault === undefined) throw new BadDocument(`no mistake is called "${id}"; ${OTHERWISE}`);
  return fault;
}

const known = new Map<string | null, Machines>();

/**
 * With the mistake of this id made, if any. The same objects each time, so that whatever is known
 * of a machine stays known.
 *
 * @throws BadDocument where there is no such mistake.
 */
export function machinesWith(id: string | null): Machines {
  const fault = faultNamed(id);
  if (fault === null) return MACHINES;
  const machines = known.get(fault.id) ?? fault.inject(MACHINES);
  known.set(fault.id, machines);
  return machines;
}

/**
 * The systems in which the claim is checked there.
 *
 * @param fault - an id. Null: the machines as they are.
 * @throws BadDocument for a claim or mistake there is not, and a claim that does not apply.
 */
export function subjectsOf(
  claimId: string,
  deployment: Deployment,
  fault: string | null,
): readonly Subject[] {
  const claim = claimNamed(claimId);
  if (!claim.appliesTo(deployment))
    throw new BadDocument(`${claimId} says nothing about ${deployment.name}; ${OTHERWISE}`);
  return claim.subjects(deployment, machinesWith(fault));
}
