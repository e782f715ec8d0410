/** What a command is about: a topology, its deployments, and which of the claims. */
import { stateKey } from '../../checker/model/state-key.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf, type Topology } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import type { Claim, Fault } from '../../properties/claim.ts';
import { SHIPPED } from '../../properties/deployments/shipped.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import { BadInput, didYouMean } from './bad-input.ts';
import { readTopology, shippedTopology } from './topology-file.ts';

export type Subject = {
  readonly topology: Topology;
  /** The catalogue says what to expect of it; of a user's own, any violation is news. */
  readonly isShipped: boolean;
  readonly deployments: readonly Deployment[];
};

/**
 * @param path - a topology file. Undefined: the article's.
 * @throws BadInput for whatever is wrong with the file.
 */
export function subjectOf(path: string | undefined): Subject {
  const topology = path === undefined ? shippedTopology('article') : readTopology(path);
  const isShipped = SHIPPED.some((shipped) => stateKey(shipped) === stateKey(topology));
  return { topology, isShipped, deployments: deploymentsOf(topology) };
}

/** @throws BadInput when no claim has this id. */
export function claimOf(id: string): Claim {
  const claim = CLAIMS.find((candidate) => candidate.id === id);
  if (claim !== undefined) return claim;
  const ids = CLAIMS.map((candidate) => candidate.id);
  throw new BadInput(
    `no claim is called "${id}"${didYouMean(id, ids)}; the claims are ${ids.join(', ')}`,
  );
}

/**
 * The mistake of this id. Undefined: none is to be made.
 *
 * @throws BadInput when there is no such mistake.
 */
export function faultOf(id: string | undefined): Fault | undefined {
  if (id === undefined) return undefined;
  const found = FAULTS.find((fault) => fault.id === id);
  if (found !== undefined) return found;
  const ids = FAULTS.map((fault) => fault.id);
  throw new BadInput(
    `no mistake is called "${id}"${didYouMean(id, ids)}; the mistakes are ${ids.join(', ')}`,
  );
}

/** The machines as they are, or with the one mistake made. */
export const machinesWith = (fault: Fault | undefined): Machines =>
  fault?.inject(MACHINES) ?? MACHINES;

export type Task = { readonly claim: Claim; readonly deployment: Deployment };

/**
 * Which claims are judged where, in the catalogue's order. Empty `ids`: all that apply.
 *
 * @throws BadInput for an unknown claim, and for one that says nothing about the topology.
 */
export function tasksOf({ topology, deployments }: Subject, ids: readonly string[]): Task[] {
  const chosen = ids.length === 0 ? CLAIMS : ids.map(claimOf);
  for (const { id, appliesTo, scope } of ids.length === 0 ? [] : chosen)
    if (!deployments.some(appliesTo))
      throw new BadInput(`${id} does not apply to ${topology.name}; it applies where ${scope}`);
  return deployments.flatMap((deployment) =>
    CLAIMS.filter((claim) => chosen.includes(claim) && claim.appliesTo(deployment)).map(
      (claim) => ({ claim, deployment }),
    ),
  );
}
