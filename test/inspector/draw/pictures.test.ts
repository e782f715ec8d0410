/** Pictures as files, looked at by a real browser: whole, alone, and with room for every word. */
import Elk from 'elkjs/lib/elk.bundled.js';
import type { Browser, Page } from 'playwright-core';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutChart } from '../../../inspector/draw/chart/layout.ts';
import { Statechart } from '../../../inspector/draw/chart/statechart.tsx';
import { sequenceSvg, statechartSvg } from '../../../inspector/draw/svg.tsx';
import { chartOf } from '../../../inspector/story/chart.ts';
import { EVERY_MACHINE } from '../../../inspector/story/protocol/every-machine.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { CHROMIUM, launch } from '../browser/support/chromium.ts';
import { BASIC, verdictIn } from '../story/support/verdicts.ts';

const told = storyOf(verdictIn('confinement', BASIC), BASIC, null);
/** Names of one's own end up in a picture as they are. */
const nasty = { ...told, title: '<script>alert("x")</script> & "quotes" ]]> \u0007' };

const PICTURES: readonly (readonly [string, string])[] = [
  ['the sequence', sequenceSvg(nasty)],
  ['the chart at the start', statechartSvg(told, 0)],
  ['the chart at the violation', statechartSvg(told, told.decisive!)],
];

describe('a chart', () => {
  it('is of the deciding component, with its state before and after', () => {
    const svg = statechartSvg(told, 5); // the password arrives at the front end
    expect(svg).toContain('<title>alice>frontEnd#1/server, in open</title>');
    expect(svg).toContain('(taken)'); // without a build it is told as text
  });

  it('at no position of the story is a RangeError that names the positions', () => {
    const message = `the story has positions 0 to ${told.steps.length}, and not 99`;
    expect(() => statechartSvg(told, 99)).toThrow(new RangeError(message));
  });
});

describe.skipIf(CHROMIUM === undefined)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  describe.each(PICTURES)('%s', (_, svg) => {
    it('is XML, with a title, a description and no script', async () => {
      const found = await page.evaluate((text) => {
        const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
        const names = [...root.querySelectorAll('*')].map(({ localName }) => localName);
        return { root: root.localName, first: root.querySelector('title')?.textContent, names };
      }, svg);
      expect(found.root).toBe('svg');
      expect(found.first).not.toBe('');
      expect(found.names).toContain('desc');
      expect(found.names).not.toContain('script');
      expect(found.names).not.toContain('parsererror');
    });

    it('opens as an image of its own size, and refers to nothing else', async () => {
      expect(svg).not.toMatch(/\b(href|src)=|url\(|@import/);
      const size = await page.evaluate(async (text) => {
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
        await image.decode();
        return `${image.naturalWidth} ${image.naturalHeight}`;
      }, svg);
      const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg)!;
      expect(size).toBe(`${width} ${height}`);
    });
  });

  it.each(['light', 'dark'] as const)('has a picture for %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setContent(sequenceSvg(told));
    const ink = await page.evaluate(
      () => getComputedStyle(document.querySelector('text.fill-ink')!).fill,
    );
    expect(ink).toBe(colorScheme === 'light' ? 'rgb(23, 26, 31)' : 'rgb(232, 234, 238)');
  });

  it.each([...EVERY_MACHINE])('%s has room for all of its words', async (_, machine) => {
    const chart = chartOf(machine);
    const layout = await layoutChart(chart, new Elk.default());
    // With the value of every guard shown, which is when words are longest.
    const guards = chart.transitions.flatMap(({ guard }) => guard ?? []);
    const props = {
      chart,
      layout,
      active: Object.keys(layout.nodes),
      taken: [],
      guards: guards.map((name) => ({ name, held: false })),
      title: '',
    };
    await page.setContent(renderToString(h(Statechart, props)));
    const texts = await page.evaluate(() =>
      [...document.querySelectorAll('text')].map((text) => {
        const { x, y, width, height } = text.getBBox();
        return { words: text.textContent, x, y, width, height };
      }),
    );
    const boxes = [
      ...Object.values(layout.nodes),
      ...layout.edges.flatMap(({ labels }) => labels.map(({ box }) => box)),
    ];
    const isRoomy = ({ x, y, width, height }: (typeof texts)[number]) =>
      boxes.some(
        (box) =>
          x >= box.x + 1 &&
          x + width <= box.x + box.width - 1 &&
          y >= box.y - 3 &&
          y + height <= box.y + box.height + 3,
      );
    expect(texts.filter((text) => !isRoomy(text))).toEqual([]);
  });
});
