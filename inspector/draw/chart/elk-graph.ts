/**
 * A chart as a graph for ELK. Its options are set on every compound node, since they are not
 * inherited; children are ordered here, since ELK's own ways of keeping an order fail on nesting.
 */
import type { Chart, ChartNode, ChartTransition } from '../../story/story.ts';
import { headSize, isInside, labelLines, sizeOf } from './chart-text.ts';
import { childrenInOrder, contains, nodesOf } from './nodes.ts';

type Options = Record<string, string>;
type Place = { x: number; y: number };
type Shape = { x?: number; y?: number; width?: number; height?: number };

/** The parts of ELK's format that are used. Positions are there after the layout. */
export type Graph = Shape & {
  id: string;
  layoutOptions?: Options;
  children?: Graph[];
  edges?: GraphEdge[];
};
export type GraphEdge = {
  id: string;
  sources: string[];
  targets: string[];
  labels?: (Shape & { id?: string; text?: string; layoutOptions?: Options })[];
  sections?: { id: string; startPoint: Place; bendPoints?: Place[]; endPoint: Place }[];
};

export type Elk = { readonly layout: (graph: Graph) => Promise<Graph> };

export type Direction = 'DOWN' | 'RIGHT';

/** Stands for every state inside a node, where a transition of that node leads inside it. */
export const anyStateOf = (id: string) => `${id}/any`;
export const initialOf = (id: string) => `${id}/initial`;

export const ANY_STATE = { text: 'in any state', width: 88, height: 22 } as const;
export const DOT = 10; // across

/** One edge of the chart: all transitions between the same two boxes. */
export type Bundle = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly transitions: readonly ChartTransition[];
  readonly labelled: readonly ChartTransition[]; // at the first of their targets only
};

export function bundlesOf(chart: Chart): readonly Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const transition of chart.transitions.filter((one) => !isInside(one))) {
    const { source, targets } = transition;
    targets.forEach((target, i) => {
      const from = contains(chart, source, target) ? anyStateOf(source) : source;
      const id = `${from} to ${target}`;
      const { transitions = [], labelled = [] } = bundles.get(id) ?? {};
      bundles.set(id, {
        id,
        source: from,
        target,
        transitions: [...transitions, transition],
        labelled: i === 0 ? [...labelled, transition] : labelled,
      });
    });
  }
  return [...bundles.values()];
}

export function elkGraph(chart: Chart, direction: Direction): Graph {
  const bundles = bundlesOf(chart);
  const options = optionsFor(bundles.length, direction);
  return {
    id: 'chart',
    layoutOptions: {
      ...options,
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.padding': '[top=4,left=4,bottom=4,right=4]',
    },
    children: [elkNode(chart, chart.root, bundles, options)],
    edges: [
      ...nodesOf(chart.root).flatMap(({ id, initial }): GraphEdge[] =>
        initial === null
          ? []
          : [{ id: initialOf(id), sources: [initialOf(id)], targets: [initial] }],
      ),
      ...bundles.map((bundle) => elkEdge(chart, bundle)),
    ],
  };
}

function elkNode(
  chart: Chart,
  node: ChartNode,
  bundles: readonly Bundle[],
  options: Options,
): Graph {
  const head = headSize(chart, node);
  if (node.children.length === 0) return { id: node.id, ...head };
  const size = `(${head.width},${head.height})`;
  const any = bundles.some(({ source }) => source === anyStateOf(node.id));
  return {
    id: node.id,
    layoutOptions: {
      ...options,
      'elk.padding': `[top=${head.height + 12},left=16,bottom=16,right=16]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': size,
    },
    children: [
      ...(node.initial === null ? [] : [{ id: initialOf(node.id), width: DOT, height: DOT }]),
      ...childrenInOrder(chart, node).map((child) => elkNode(chart, child, bundles, options)),
      ...(any
        ? [{ id: anyStateOf(node.id), width: ANY_STATE.width, height: ANY_STATE.height }]
        : []),
    ],
  };
}

function elkEdge(chart: Chart, { id, source, target, labelled }: Bundle): GraphEdge {
  const sizes = labelled.map((transition) => sizeOf(labelLines(chart, transition)));
  const label = {
    id: `${id}, label`,
    text: ' ',
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: sizes.reduce((sum, { height }) => sum + height, 0),
    layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
  };
  return {
    id,
    sources: [source],
    targets: [target],
    ...(sizes.length > 0 ? { labels: [label] } : {}),
  };
}

const MANY = 40; // edges, beyond which it is time that counts

const optionsFor = (edges: number, direction: Direction): Options => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction,
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': edges > MANY ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.spacing.labelNode': '8',
  'elk.layered.mergeEdges': 'false',
  'elk.layered.thoroughness': edges > MANY ? '3' : '40',
});
