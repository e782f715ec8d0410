/** Ways through the nodes of a chart. */
import type { Chart, ChartNode } from '../../story/story.ts';

/** Every node, each before its children. */
export const nodesOf = (node: ChartNode): readonly ChartNode[] => [
  node,
  ...node.children.flatMap(nodesOf),
];

/** Whether `outer` is the node itself or one around it. */
export function contains(chart: Chart, outer: string, inner: string): boolean {
  const node = nodesOf(chart.root).find(({ id }) => id === outer);
  return node !== undefined && nodesOf(node).some(({ id }) => id === inner);
}

/** The children in the order in which they can be reached from the initial one. */
export function childrenInOrder(chart: Chart, node: ChartNode): readonly ChartNode[] {
  const first = node.children.find(({ id }) => id === node.initial);
  const queue = first === undefined ? [] : [first];
  for (const child of queue) {
    const within = new Set(nodesOf(child).map(({ id }) => id));
    const targets = chart.transitions
      .filter(({ source }) => within.has(source))
      .flatMap((transition) => transition.targets);
    for (const next of node.children) {
      if (queue.includes(next)) continue;
      if (nodesOf(next).some(({ id }) => targets.includes(id))) queue.push(next);
    }
  }
  return [...queue, ...node.children.filter((child) => !queue.includes(child))];
}
