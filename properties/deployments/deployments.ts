/** The deployments of the catalogue, and their recorded twins. */
import type { Deployment, Mechanism, Topology } from '../../machines/system/topology.ts';
import { deploymentsOf } from '../../machines/system/topology.ts';
import { LAPSING } from './lapsing.ts';
import { MIXED_SHAPES } from './mixed-shapes.ts';
import { PLAIN } from './plain.ts';
import { WITH_ADVERSARY } from './with-adversary.ts';
import { POOLS } from './with-pools.ts';
import { WITH_PROXIES } from './with-proxies.ts';
import { REDIRECTING } from './with-redirects.ts';

/** Each is searched exhaustively and has its golden verdicts. They include those that ship. */
export const TOPOLOGIES: readonly Topology[] = [
  ...PLAIN,
  ...LAPSING,
  ...POOLS,
  ...REDIRECTING,
  ...WITH_PROXIES,
  ...WITH_ADVERSARY,
  ...MIXED_SHAPES,
];

export const DEPLOYMENTS: readonly Deployment[] = TOPOLOGIES.flatMap(deploymentsOf);

/** The only deployment of a topology that compares nothing, or the one with `mechanism`. */
export function deploymentOf(topology: Topology, mechanism?: Mechanism): Deployment {
  const found = deploymentsOf(topology)[mechanism ? topology.compare.indexOf(mechanism) : 0];
  if (found === undefined) throw new TypeError(`${topology.name} does not compare ${mechanism}`);
  return found;
}

const RECORDED = ', as recorded';

/** The same deployment, under the name for runs of it that were recorded of real software. */
export const asRecorded = (deployment: Deployment): Deployment => ({
  ...deployment,
  name: `${deployment.name}${RECORDED}`,
});

/** The name of the deployment of which `name` is the recorded twin. Null: it is none. */
export const modelOf = (name: string): string | null =>
  name.endsWith(RECORDED) ? name.slice(0, -RECORDED.length) : null;
