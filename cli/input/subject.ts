/** The subject of a command: a topology with its deployments, and the claims to check in them. */
import { stateKey } from '../../checker/model/state-key.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import {
  type Deployment,
  deploymentsOf,
  type Mechanism,
  type Topology,
} from '../../machines/system/topology.ts';
import { claimById, faultById, UnknownId } from '../../properties/by-id.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import type { Claim, Fault } from '../../properties/claim.ts';
import { SHIPPED } from '../../properties/deployments/shipped.ts';
import { BadInput, unknownName } from './bad-input.ts';
import { readTopology, shippedTopology } from './topology-file.ts';

export type CommandSubject = {
  readonly topology: Topology;
  /** True for a topology of the catalogue, in which violations may be expected. */
  readonly isShipped: boolean;
  readonly deployments: readonly Deployment[];
};

/**
 * @param path - a topology file. Undefined: the article's topology.
 * @throws BadInput for every error in the file.
 */
export function subjectOf(path: string | undefined): CommandSubject {
  const topology = path === undefined ? shippedTopology('article') : readTopology(path);
  const isShipped = SHIPPED.some((shipped) => stateKey(shipped) === stateKey(topology));
  return { topology, isShipped, deployments: deploymentsOf(topology) };
}

export type SubjectOptions = {
  readonly with?: Mechanism | undefined; // one that the topology compares. Undefined: all of them
  readonly fault: string | undefined; // the id of a fault. Undefined: none is injected
};

/**
 * The subject, narrowed to one mechanism, or to the deployment in which a fault shows.
 *
 * @param path - a topology file. Undefined: the fault's deployment, or the article's topology.
 * @throws BadInput for a bad file, an unknown fault, or a mechanism that is not compared.
 */
export function chosenSubject(path: string | undefined, options: SubjectOptions): CommandSubject {
  const { with: mechanism, fault } = options;
  const faulty = path === undefined ? faultOf(fault) : undefined;
  const subject = subjectOf(path);
  if (faulty !== undefined) {
    const { deployment } = faulty;
    const topology = { ...subject.topology, name: deployment.name };
    return { ...subject, topology, deployments: [deployment] };
  }
  if (mechanism === undefined) return subject;
  const { compare, name } = subject.topology;
  const index = compare.indexOf(mechanism);
  if (index < 0) throw new BadInput(`--with ${mechanism}: ${name} does not compare mechanisms`);
  return { ...subject, deployments: subject.deployments.slice(index, index + 1) };
}

/** @throws BadInput when no claim has this id. */
export const claimOf = (id: string): Claim => found(() => claimById(id));

/** @throws BadInput when no fault has this id. */
export const faultOf = (id: string | undefined): Fault | undefined =>
  id === undefined ? undefined : found(() => faultById(id));

function found<Result>(find: () => Result): Result {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof UnknownId)) throw error;
    const { kind, id, ids } = error;
    throw unknownName(kind, id, ids);
  }
}

/** The machines, with the fault injected. Undefined: none. */
export const machinesWith = (fault: Fault | undefined): Machines =>
  fault?.inject(MACHINES) ?? MACHINES;

export type ClaimTask = { readonly claim: Claim; readonly deployment: Deployment };

/**
 * The claims to check in each deployment, in the catalogue's order. Empty `ids`: every claim that
 * applies.
 *
 * @throws BadInput for an unknown claim, and for a claim that does not apply to the topology.
 */
export function tasksOf(
  { topology, deployments }: CommandSubject,
  ids: readonly string[],
): ClaimTask[] {
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
