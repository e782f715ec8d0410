/** What a topology file gets wrong as a whole, though each of its fields is right. */
import type { Topology } from '../../../machines/system/topology.ts';
import type { Issue } from '../bad-input.ts';
import type { TopologyFile } from '../topology-schema.ts';
import { pointless } from './adversary-contradictions.ts';
import { bindings, circles, idle, proxies, redirects, undecided } from './host-contradictions.ts';
import { clashes, strangers, uncontrollable } from './name-contradictions.ts';
import { idleUsers, unknownIdentities } from './program-contradictions.ts';

const OF_FILES: readonly ((file: TopologyFile) => Iterable<Issue>)[] = [
  clashes,
  strangers,
  uncontrollable,
  unknownIdentities,
  circles,
  undecided,
  idle,
  idleUsers,
  proxies,
  redirects,
  bindings,
];

export const contradictionsIn = (file: TopologyFile): readonly Issue[] =>
  OF_FILES.flatMap((find) => [...find(file)]);

/** What can only be said of a topology that has no other contradictions. */
export const futilitiesIn = (topology: Topology): readonly Issue[] => [...pointless(topology)];
