/** The deployments that the catalogue speaks of. */
import type { Deployment, Mechanism, Topology } from '../machines/system/topology.ts';
import { deploymentsOf } from '../machines/system/topology.ts';
import { WITH_ADVERSARY } from './deployments/adversary.ts';
import { LAPSING } from './deployments/persistence.ts';
import { PLAIN } from './deployments/plain.ts';
import { POOLS } from './deployments/pool.ts';
import { WITH_PROXIES } from './deployments/proxies.ts';
import { REDIRECTING } from './deployments/redirect.ts';

/** Everything that is exhausted and pinned: what ships, and wider bounds. */
export const TOPOLOGIES: readonly Topology[] = [
  ...PLAIN,
  ...LAPSING,
  ...POOLS,
  ...REDIRECTING,
  ...WITH_PROXIES,
  ...WITH_ADVERSARY,
];

export const DEPLOYMENTS: readonly Deployment[] = TOPOLOGIES.flatMap(deploymentsOf);

/** The only deployment of a topology that compares nothing, or the one with `mechanism`. */
export function deploymentOf(topology: Topology, mechanism?: Mechanism): Deployment {
  const found = deploymentsOf(topology)[mechanism ? topology.compare.indexOf(mechanism) : 0];
  if (found === undefined) throw new TypeError(`${topology.name} does not compare ${mechanism}`);
  return found;
}
