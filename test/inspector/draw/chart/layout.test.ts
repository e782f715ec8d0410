/**
 * Where things are in the charts of the project's own machines: nothing lies on anything else, and
 * nothing that a chart says is left out.
 */
import Elk from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { insideLines, labelLines, sizeOf } from '../../../../inspector/draw/chart/chart-text.ts';
import { type Box, layoutChart } from '../../../../inspector/draw/chart/layout.ts';
import { chartKey } from '../../../../inspector/draw/chart/layouts.ts';
import { childrenInOrder, nodesOf } from '../../../../inspector/draw/chart/nodes.ts';
import { chartOf } from '../../../../inspector/story/chart.ts';
import { EVERY_MACHINE } from '../../../../inspector/story/protocol/every-machine.ts';
import type { Chart } from '../../../../inspector/story/story.ts';

const elk = new Elk.default();
const CHARTS = [...EVERY_MACHINE.values()].map(chartOf);

const SLACK = 0.2; // pixels: places are rounded

const isWithin = (inner: Box, outer: Box) =>
  inner.x >= outer.x - SLACK &&
  inner.y >= outer.y - SLACK &&
  inner.x + inner.width <= outer.x + outer.width + SLACK &&
  inner.y + inner.height <= outer.y + outer.height + SLACK;

const meet = (a: Box, b: Box) =>
  a.x + SLACK < b.x + b.width &&
  b.x + SLACK < a.x + a.width &&
  a.y + SLACK < b.y + b.height &&
  b.y + SLACK < a.y + a.height;

const pairs = <Item>(items: readonly Item[]) =>
  items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other] as const));

describe.each(CHARTS.map((chart) => [chart.machine, chart] as const))('%s', (_, chart) => {
  const laidOut = layoutChart(chart, elk);
  const nodes = nodesOf(chart.root);

  it('has every state inside the one around it, and all in the picture', async () => {
    const { width, height, nodes: boxes } = await laidOut;
    expect(isWithin(boxes[chart.root.id]!, { x: 0, y: 0, width, height })).toBe(true);
    for (const { id, children } of nodes)
      for (const child of children) expect(isWithin(boxes[child.id]!, boxes[id]!)).toBe(true);
  });

  it('has no two states of one parent, and no labels, that lie on each other', async () => {
    const { nodes: boxes, edges } = await laidOut;
    const labels = edges.flatMap((edge) => edge.labels.map(({ box }) => box));
    const leaves = nodes.filter(({ children }) => children.length === 0);
    const alone = [...labels, ...leaves.map(({ id }) => boxes[id]!)];
    const siblings = nodes.flatMap(({ children }) => pairs(children.map(({ id }) => boxes[id]!)));
    for (const [one, other] of [...pairs(alone), ...siblings]) expect(meet(one, other)).toBe(false);
  });

  it('says each transition once, in a box or beside a line, and has room for it', async () => {
    const { edges } = await laidOut;
    const inside = nodes.flatMap((node) =>
      insideLines(chart, node).flatMap(({ transition }) => transition ?? []),
    );
    const labels = edges.flatMap((edge) => edge.labels);
    const said = [...new Set(inside), ...labels.map(({ transition }) => transition)];
    expect(said.sort()).toEqual(chart.transitions.map(({ id }) => id).sort());
    for (const { transition, box } of labels) {
      const found = chart.transitions.find(({ id }) => id === transition)!;
      const { width, height } = sizeOf(labelLines(chart, found));
      expect(box.width).toBeGreaterThanOrEqual(width - SLACK);
      expect(box.height).toBeGreaterThanOrEqual(height - SLACK);
    }
  });

  it('is the same each time, so what the build has laid out is what would be now', async () => {
    expect(await layoutChart(chart, new Elk.default())).toEqual(await laidOut);
  });
});

describe('a chart that ELK cannot lay out', () => {
  it('is an error, so that the chart is drawn as text', async () => {
    const chart = CHARTS[0]!;
    const [first] = chart.transitions;
    const lost = { ...first!, id: 'lost', targets: ['nowhere'] };
    const broken: Chart = { ...chart, transitions: [...chart.transitions, lost] };
    await expect(layoutChart(broken, elk)).rejects.toThrow();
  });
});

describe('children', () => {
  it('stand in the order in which they are reached, not in that of their names', () => {
    const chart = CHARTS.find(({ machine }) => machine === 'frontEnd')!;
    const children = chart.root.children.toReversed();
    const order = childrenInOrder(chart, { ...chart.root, children });
    expect(order.map(({ key }) => key)).toEqual(['idle', 'impersonating', 'calling', 'draining']);
  });
});

describe('the key of a chart', () => {
  it('is its own', () => {
    expect(new Set(CHARTS.map(chartKey)).size).toBe(CHARTS.length);
  });

  it('is another when one guard is', () => {
    const chart = CHARTS.find(({ machine }) => machine === 'reuse')!;
    const transitions = chart.transitions.map((one) => ({ ...one, guard: null }));
    expect(chartKey({ ...chart, transitions })).not.toBe(chartKey(chart));
  });
});
