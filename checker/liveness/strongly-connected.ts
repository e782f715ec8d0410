/**
 * Tarjan's strongly connected components, without recursion: graphs have a million states.
 *
 * @source Tarjan, Depth-First Search and Linear NumberedGraph Algorithms (1972)
 */

/** States are numbered; the edges out of one are numbered from `first(state)` to the next one's. */
export type NumberedGraph = {
  readonly states: number;
  readonly first: (state: number) => number;
  readonly end: (edge: number) => number;
};

/**
 * Calls `visit` once for each component, with a list that is reused afterwards. A component comes
 * after all components that can be reached from it.
 *
 * @param isInside - other states are ignored, with their edges.
 * @param isKept - other edges are ignored.
 */
export function forEachComponent(
  graph: NumberedGraph,
  isInside: (state: number) => boolean,
  isKept: (edge: number) => boolean,
  visit: (states: Int32Array) => void,
): void {
  const { states } = graph;
  const met = new Int32Array(states); // visiting order, from 1; 0: not visited
  const low = new Int32Array(states); // the earliest state still open that can be reached
  const open = new Int32Array(states); // states whose component is not complete
  const trail = new Int32Array(states); // from the root of the search to where it is
  const next = new Int32Array(states); // the next edge to follow
  const isOpen = new Uint8Array(states);
  let clock = 0;
  let opened = 0;
  for (let root = 0; root < states; root += 1) {
    if (met[root] !== 0 || !isInside(root)) continue;
    let height = 0;
    const enter = (state: number) => {
      clock += 1;
      met[state] = clock;
      low[state] = clock;
      next[state] = graph.first(state);
      open[opened] = state;
      opened += 1;
      isOpen[state] = 1;
      trail[height] = state;
      height += 1;
    };
    enter(root);
    while (height > 0) {
      const state = trail[height - 1]!;
      const edge = next[state]!;
      if (edge < graph.first(state + 1)) {
        next[state] = edge + 1;
        const end = graph.end(edge);
        if (!isKept(edge) || !isInside(end)) continue;
        if (met[end] === 0) enter(end);
        else if (isOpen[end] === 1) low[state] = Math.min(low[state]!, met[end]!);
        continue;
      }
      height -= 1;
      if (height > 0) {
        const before = trail[height - 1]!;
        low[before] = Math.min(low[before]!, low[state]!);
      }
      if (low[state] !== met[state]) continue;
      const from = open.lastIndexOf(state, opened - 1);
      const component = open.subarray(from, opened);
      for (const one of component) isOpen[one] = 0;
      opened = from;
      visit(component);
    }
  }
}
