/** What an attack is: a guard or a hypothesis, the claim that rests on it, and what comes of it. */
import type { Deployment, Topology } from '../../../machines/system/topology.ts';
import type { Claim, Fault } from '../../claim.ts';
import { deploymentOf } from '../../deployments/deployments.ts';

/**
 * A counterexample that the checker is expected to find, under the name by which the world knows
 * it. The trace itself is nowhere written down: it is found anew.
 */
export type Attack = {
  readonly id: string; // unique in the catalogue
  readonly name: string;
  readonly seenIn: string;
  readonly dropped: string; // the guard or hypothesis, as one would drop it
  readonly claim: Claim; // that it breaks
  readonly guarded: Deployment; // where the claim holds
  readonly deployment: Deployment; // where it does not
  readonly fault: Fault | null; // the mistake that is made there; null: the deployment's own
};

type Told = Pick<Attack, 'id' | 'name' | 'seenIn' | 'dropped' | 'claim'>;

/** A guard or hypothesis of a deployment is dropped. Neither topology compares mechanisms. */
export const between = (guarded: Topology, broken: Topology, told: Told): Attack => ({
  ...told,
  guarded: deploymentOf(guarded),
  deployment: deploymentOf(broken),
  fault: null,
});

/** A guard or update of a machine is weakened. */
export const through = (fault: Fault, told: Told): Attack => ({
  ...told,
  guarded: fault.deployment,
  deployment: fault.deployment,
  fault,
});
