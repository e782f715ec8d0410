/** Descriptions of machines and states: read from the machine, sent by the protocol, and drawn. */
import Elk from 'elkjs/lib/elk.bundled.js';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { ChartOutline } from '../../../../inspector/draw/chart/chart-outline.tsx';
import { chartInWords, descriptionsIn } from '../../../../inspector/draw/chart/chart-words.ts';
import { layoutChart } from '../../../../inspector/draw/chart/layout.ts';
import { chartKey } from '../../../../inspector/draw/chart/layouts.ts';
import { Statechart } from '../../../../inspector/draw/chart/statechart.tsx';
import { chartOf } from '../../../../inspector/story/chart.ts';
import { chartOfDefinition } from '../../../../inspector/story/protocol/chart-of-definition.ts';
import { definitionOf } from '../../../../inspector/story/protocol/definition.ts';

const LAMP = {
  id: 'lamp',
  description: 'A lamp with one switch.',
  initial: 'off',
  states: {
    off: { description: 'It gives no light.', on: { press: 'on' } },
    on: { on: { press: 'off' } },
  },
} as const;
const chart = chartOf(createMachine(LAMP));
const PROPS = {
  chart,
  active: ['lamp', 'lamp.off'],
  taken: null,
  guards: [],
  title: 'the lamp',
};

describe('descriptions', () => {
  it('are read from the machine; null where the author gave none', () => {
    const described = [chart.root, ...chart.root.children].map(({ description }) => description);
    expect(described).toEqual(['A lamp with one switch.', 'It gives no light.', null]);
  });

  it('are sent to the official inspector, and read back from there', () => {
    const definition: unknown = JSON.parse(definitionOf(chart));
    expect(definition).toMatchObject({
      description: 'A lamp with one switch.',
      states: { off: { description: 'It gives no light.' } },
    });
    expect(chartOfDefinition(definition)).toEqual(chart);
  });

  it('that are no text are left out of a foreign chart', () => {
    const foreign = chartOfDefinition({ ...LAMP, description: { cut: 'off' } });
    expect(foreign!.root.description).toBeNull();
  });

  it('are those of the machine and of its active states', () => {
    expect(descriptionsIn(chart, PROPS.active)).toEqual([
      { state: null, description: 'A lamp with one switch.' },
      { state: 'off', description: 'It gives no light.' },
    ]);
    expect(descriptionsIn(chart, ['lamp', 'lamp.on'])).toEqual([
      { state: null, description: 'A lamp with one switch.' },
    ]);
  });

  it('are tooltips in the picture, and text in the tree, the outline and the words', async () => {
    const layout = await layoutChart(chart, new Elk.default());
    const picture = renderToString(h(Statechart, { ...PROPS, layout }));
    expect(picture).toContain('<title>A lamp with one switch.</title>');
    expect(picture).toContain('<title>It gives no light.</title>');
    const tree = renderToString(h(Statechart, { ...PROPS, layout: null }));
    expect(tree).toContain(': It gives no light.</span>');
    const outline = renderToString(h(ChartOutline, PROPS));
    expect(outline).toContain('>off (active): It gives no light.</text>');
    expect(outline).toContain('>on</text>');
    expect(chartInWords(PROPS)).toContain('lamp: A lamp with one switch. off: It gives no light.');
  });

  it('take no space, so the layout of a chart does not depend on them', () => {
    const named = (text: string) => ({ ...chart, root: { ...chart.root, description: text } });
    expect(chartKey(named('one'))).toBe(chartKey(named('another')));
  });
});
