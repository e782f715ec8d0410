/** Proves claims of every network of a class, or says why a proof fails. */
import { Kinds } from '../../checker/unbounded/generalise.ts';
import type { Example } from '../../checker/unbounded/kinds.ts';
import { Network } from '../../checker/unbounded/network.ts';
import { MACHINES, type Machines, systemOf } from '../../machines/system/deployment.ts';
import { withMostGeneralAdversary } from '../../machines/system/most-general-adversary.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { abstraction, exampleOf, serverExampleOf } from './abstraction.ts';
import type { Theorem } from './theorems.ts';

/** Why there is no proof. It is no refutation: a view may describe what no network reaches. */
export type Obstacle = {
  /**
   * - `violated`: in some view a monitor is violated.
   * - `overtaking`: in some step the argument for single groups does not hold.
   */
  readonly why: 'violated' | 'overtaking';
  readonly kind: string; // of the group
  readonly story: readonly string[]; // the deliveries within the group, a line for each step
};

export type Proof = {
  readonly theorem: Theorem;
  readonly network: Network; // closed
  readonly rounds: number;
  readonly milliseconds: number; // of the processor
  readonly obstacle: Obstacle | null; // null: it is proved
};

/** The systems of one deployment in which a claim is watched, as examples. */
export function examplesOf(
  { claim }: Pick<Theorem, 'claim'>,
  deployment: Deployment,
  machines: Machines = MACHINES,
): readonly Example[] {
  const systems = claim.appliesTo(deployment)
    ? claim.subjects(deployment, machines).map(({ system }) => system)
    : [systemOf(deployment, machines)];
  if (claim.about === 'server') return systems.map(serverExampleOf);
  return systems.map((system) =>
    exampleOf(
      deployment,
      deployment.adversary === null ? system : withMostGeneralAdversary(system, deployment),
    ),
  );
}

/** The network of a theorem, before anything has happened in it. */
export function networkOf(theorem: Theorem, machines: Machines = MACHINES): Network {
  const { network, fixed, functions } = theorem;
  const examples = network
    .examples()
    .flatMap((deployment) => examplesOf(theorem, deployment, machines));
  return new Network(new Kinds(examples, abstraction(fixed, functions)));
}

/**
 * @throws TypeError for a machine that uses a name otherwise than by comparison, or that the table
 *   cannot hold.
 * @throws RoundsExceeded when views are added without end.
 */
export function prove(theorem: Theorem, machines: Machines = MACHINES): Proof {
  const before = process.cpuUsage();
  const network = networkOf(theorem, machines);
  const rounds = network.close();
  const { user, system } = process.cpuUsage(before);
  const obstacle = obstacleTo(network);
  return { theorem, network, rounds, milliseconds: (user + system) / 1000, obstacle };
}

function obstacleTo(network: Network): Obstacle | null {
  const [violation] = network.violations;
  if (violation !== undefined)
    return { why: 'violated', kind: violation.kind.label, story: network.storyOf(violation) };
  const [overtaken] = network.overtaking;
  return overtaken === undefined ? null : { why: 'overtaking', kind: '', story: [overtaken] };
}
