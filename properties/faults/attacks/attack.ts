/** What an attack is: a guard, the claim that depends on it, and a deployment without it. */
import type { Deployment, Topology } from '../../../machines/system/topology.ts';
import type { Claim, Fault } from '../../claim.ts';
import { deploymentOf } from '../../deployments/deployments.ts';

/**
 * A counterexample that the checker must find, under its usual name. The trace itself is not
 * stored: the checker finds it again.
 */
export type Attack = {
  readonly id: string; // unique in the catalogue
  readonly name: string;
  readonly seenIn: string;
  readonly dropped: string; // the guard of a deployment or machine
  readonly claim: Claim; // it falls without the guard
  readonly guarded: Deployment; // with the guard
  readonly deployment: Deployment; // without it
  readonly fault: Fault | null; // that drops the guard of a machine; null: the deployment does
};

type Description = Pick<Attack, 'id' | 'name' | 'seenIn' | 'dropped' | 'claim'>;

/** A guard of a deployment is dropped. Neither topology compares mechanisms. */
export const between = (guarded: Topology, broken: Topology, description: Description): Attack => ({
  ...description,
  guarded: deploymentOf(guarded),
  deployment: deploymentOf(broken),
  fault: null,
});

/** A guard or update of a machine is weakened. */
export const through = (fault: Fault, description: Description): Attack => ({
  ...description,
  guarded: fault.deployment,
  deployment: fault.deployment,
  fault,
});
