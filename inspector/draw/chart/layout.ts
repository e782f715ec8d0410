/** Where everything of a statechart is drawn: plain data, in pixels, from the upper left corner. */
import type { Chart } from '../../story/story.ts';
import { labelLines, sizeOf } from './chart-text.ts';
import {
  type Bundle,
  bundlesOf,
  type Direction,
  type Elk,
  elkGraph,
  type Graph,
  type GraphEdge,
  initialOf,
} from './elk-graph.ts';
import { nodesOf } from './nodes.ts';

export type Point = { readonly x: number; readonly y: number };
export type Box = Point & { readonly width: number; readonly height: number };

/** One line of a chart, with the labels of all transitions that it stands for, top to bottom. */
export type Edge = {
  readonly points: readonly Point[]; // from its source to its target, at least two
  readonly labels: readonly { readonly transition: string; readonly box: Box }[];
  /** Every transition it stands for: more than are labelled where one has several targets. */
  readonly transitions: readonly string[]; // ids
};

export type ChartLayout = {
  readonly width: number;
  readonly height: number;
  /** By id; `anyStateOf` an id is the mark from which the transitions of the node itself go. */
  readonly nodes: Readonly<Record<string, Box>>;
  readonly edges: readonly Edge[];
  /** From the dot of a compound state to its initial child. The dot is around the first point. */
  readonly initials: readonly (readonly Point[])[];
};

const ROOMY = { width: 900, height: 640 }; // the preferred size of a chart, in pixels

/**
 * Laid out downward or to the right, whichever fits better into a landscape.
 *
 * @throws Error where ELK fails: the chart is then drawn as text.
 */
export async function layoutChart(chart: Chart, elk: Elk): Promise<ChartLayout> {
  const [down, right] = [await inDirection('DOWN'), await inDirection('RIGHT')];
  return strain(down) <= strain(right) ? down : right;

  async function inDirection(direction: Direction) {
    return chartLayout(chart, await elk.layout(elkGraph(chart, direction)));
  }
}

const strain = ({ width, height }: ChartLayout) =>
  Math.max(width / ROOMY.width, height / ROOMY.height);

function chartLayout(chart: Chart, graph: Graph): ChartLayout {
  const edges = new Map((graph.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width: Math.ceil(graph.width!),
    height: Math.ceil(graph.height!),
    nodes: Object.fromEntries(boxesIn(graph)),
    edges: bundlesOf(chart).map((bundle) => chartEdge(chart, bundle, edges.get(bundle.id)!)),
    initials: nodesOf(chart.root).flatMap(({ id }) => {
      const edge = edges.get(initialOf(id));
      return edge === undefined ? [] : [pointsOf(edge)];
    }),
  };
}

const boxesIn = ({ children = [] }: Graph): readonly (readonly [string, Box])[] =>
  children.flatMap((child) => [[child.id, boxOf(child)] as const, ...boxesIn(child)]);

const boxOf = ({ x, y, width, height }: Partial<Box>): Box => ({
  x: rounded(x!),
  y: rounded(y!),
  width: rounded(width!),
  height: rounded(height!),
});

const rounded = (value: number) => Math.round(value * 10) / 10;

function pointsOf({ sections = [] }: GraphEdge): readonly Point[] {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  return points.map(({ x, y }) => ({ x: rounded(x), y: rounded(y) }));
}

/** The labels of a bundle share one box of ELK's: here each gets its part, full in width. */
function chartEdge(chart: Chart, bundle: Bundle, edge: GraphEdge): Edge {
  const whole = edge.labels?.[0];
  let top = whole?.y ?? 0;
  const labels = bundle.labelled.map((transition) => {
    const { height } = sizeOf(labelLines(chart, transition));
    const box = boxOf({ ...whole!, y: top, height });
    top += height;
    return { transition: transition.id, box };
  });
  return {
    points: pointsOf(edge),
    labels,
    transitions: bundle.transitions.map(({ id }) => id),
  };
}
