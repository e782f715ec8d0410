/** The steps of one batch, as a search keeps them that looks back. */
import type { Edges } from '../liveness/edges.ts';
import type { States } from './memory/states.ts';

/** All steps out of the states `from` up to `to`, whose successors are in the buffer. */
export function noteEdges(edges: Edges, states: States, from: number, to: number): void {
  const used = states.get('used');
  let record = 0;
  for (let state = from; state < to; state += 1) {
    for (; record < used; record += 1) {
      const { parent, label, end } = states.record(record);
      if (parent !== state) break;
      edges.push(end, label);
    }
    edges.close();
  }
}
