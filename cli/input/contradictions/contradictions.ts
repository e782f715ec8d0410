/** Contradictions of a topology file: each field is valid, but together they make no sense. */
import type { Topology } from '../../../machines/system/topology.ts';
import type { Issue } from '../bad-input.ts';
import { unexpectable } from '../expectations.ts';
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
  unexpectable,
];

export const contradictionsIn = (file: TopologyFile): readonly Issue[] =>
  OF_FILES.flatMap((find) => [...find(file)]);

/** Contradictions that are only looked for when there are no others. */
export const uselessCapabilitiesIn = (topology: Topology): readonly Issue[] => [
  ...pointless(topology),
];
