/** The subject of a command: a topology with its deployments, and the claims to check in them. */
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import {
  type Deployment,
  deploymentsOf,
  type Mechanism,
  type Topology,
} from '../../machines/system/topology.ts';
import { claimById, faultById, UnknownId } from '../../properties/by-id.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import type { FieldLines } from '../../properties/causes/field-lines.ts';
import { type Claim, expectedVerdict, type Fault, type Verdict } from '../../properties/claim.ts';
import { BadInput, unknownName } from './bad-input.ts';
import { expectedIn } from './expectations.ts';
import { readTopologyFile, shippedTopologyFile } from './topology-file.ts';

export type CommandSubject = {
  readonly topology: Topology;
  readonly deployments: readonly Deployment[];
  /** The verdict that the file expects; with a fault, that theory does without it. Null: none. */
  readonly expected: (claim: Claim, deployment: Deployment) => Verdict | null;
  readonly lines: FieldLines | null; // of the user's file. Null: the topology is not from one
};

/**
 * @param path - a topology file. Undefined: the article's topology.
 * @throws BadInput for every error in the file.
 */
export function subjectOf(path: string | undefined): CommandSubject {
  const { topology, expect, lines } =
    path === undefined ? shippedTopologyFile('article') : readTopologyFile(path);
  const deployments = deploymentsOf(topology);
  const expected = (claim: Claim, deployment: Deployment) =>
    expectedIn(expect, claim.id, topology.compare[deployments.indexOf(deployment)] ?? null);
  return { topology, deployments, expected, lines: path === undefined ? null : lines };
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
  const filed = subjectOf(path);
  const subject = fault === undefined ? filed : { ...filed, expected: expectedVerdict };
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

export type ClaimTask = {
  readonly claim: Claim;
  readonly deployment: Deployment;
  readonly expected: Verdict | null; // by the file; null: it expects none
  readonly fault: Fault | null; // the injected one
  readonly lines: FieldLines | null; // as of the subject
};

/**
 * The claims to check in each deployment, in the catalogue's order. Empty `ids`: every claim that
 * applies.
 *
 * @param fault - with which they are checked. Null: none.
 * @throws BadInput for an unknown claim, and for a claim that does not apply to the topology.
 */
export function tasksOf(
  { topology, deployments, expected, lines }: CommandSubject,
  ids: readonly string[],
  fault: Fault | null = null,
): ClaimTask[] {
  const chosen = ids.length === 0 ? CLAIMS : ids.map(claimOf);
  for (const { id, appliesTo, scope } of ids.length === 0 ? [] : chosen)
    if (!deployments.some(appliesTo))
      throw new BadInput(`${id} does not apply to ${topology.name}; it applies where ${scope}`);
  return deployments.flatMap((deployment) =>
    CLAIMS.filter((claim) => chosen.includes(claim) && claim.appliesTo(deployment)).map(
      (claim) => ({ claim, deployment, expected: expected(claim, deployment), fault, lines }),
    ),
  );
}
