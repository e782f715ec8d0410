/** What the model says of a topology that ships: its verdicts, searched for here and now. */
import { shippedTopology } from '../../../cli/input/topology-file.ts';
import type { NtlmPolicy } from '../../../machines/ntlm/policy.ts';
import {
  type Deployment,
  deploymentsOf,
  type Mechanism,
} from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Verdict } from '../../../properties/claim.ts';

const LIMITS = { statesMax: 1_000_000, millisecondsMax: 600_000 } as const;

/** The deployment of a topology whose mailbox accepts `mechanism`, and does as `policy` says. */
export function shippedDeployment(
  topology: string,
  mechanism: Mechanism,
  policy: NtlmPolicy,
): Deployment {
  const made = deploymentsOf(shippedTopology(topology));
  const deployment = made.find(({ hosts }) => hosts.every(({ accepts }) => accepts === mechanism));
  if (deployment === undefined) throw new TypeError(`nothing in ${topology} is by ${mechanism}`);
  return { ...deployment, hosts: deployment.hosts.map((host) => ({ ...host, policy })) };
}

/** The verdict on the claim of this id. Null: it says nothing about the deployment. */
export function verdictOf(id: string, deployment: Deployment): Verdict | null {
  const claim = CLAIMS.find((candidate) => candidate.id === id);
  if (claim === undefined) throw new TypeError(`no claim is called ${id}`);
  return claim.appliesTo(deployment) ? checkClaim(claim, deployment, LIMITS).verdict : null;
}
