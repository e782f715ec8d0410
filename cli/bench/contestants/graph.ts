/** `getAdjacencyMap` of xstate/graph, in a new Node process for every round. */

import { SYSTEMS, type SystemKey } from '../bench-systems.ts';
import type { Contestant } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import type { AdjacencyCounts } from '../programs/found.ts';
import { agree, programOf } from './ours.ts';

export const GRAPH = 'xstate/graph';

const SECONDS_MAX = 3_600;
/** XState allocates many short-lived objects; with these options it is fastest. */
const NODE_OPTIONS = ['--max-semi-space-size=64', '--max-old-space-size=12000'];

export function grapher(key: SystemKey, roundsMax: number): Contestant {
  const args = [...NODE_OPTIONS, programOf('adjacency'), key];
  return {
    name: GRAPH,
    amount: SYSTEMS[key].states,
    roundsMax,
    async round() {
      const measured = await metered(() => run(process.execPath, args, SECONDS_MAX));
      agree(key, GRAPH, JSON.parse(measured.result.stdout) as AdjacencyCounts);
      return { ...measured, seconds: measured.result.seconds };
    },
  };
}
