/** How long readers wait: for the first paint of a story, and for a step. Measured and printed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { GOLDENS } from '../../support/goldens.ts';
import { CATALOGUE, verdictIn } from '../story/support/verdicts.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { inspect } from './support/command.ts';
import { documentOf, longWitness } from './support/documents.ts';
import { reached } from './support/views.ts';
import { contextOf, opened } from './support/watched.ts';

/**
 * What is aimed at is a second and 50 ms. A machine that does other things meanwhile, as in CI,
 * takes longer: the test prints what it measures, and fails at three times that.
 */
const FIRST_PAINT_MS = 3 * 1000;
const STEP_MS = 3 * 50;
const PAINTS = 5;
const STEPS = 30;
const ROUNDS = 3; // a machine that does other things meanwhile is given as many tries

const folder = mkdtempSync(join(tmpdir(), 'double-hop-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (document: object): string => {
  const path = join(folder, 'trace.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
};

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** The least of some rounds' results, or the first that is within the limit. */
async function bestOf(limit: number, measure: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS && best > limit; round += 1)
    best = Math.min(best, await measure());
  return best;
}

/** From the navigation until the banner and the sequence diagram are painted. Milliseconds. */
async function firstPaint(browser: Browser, url: string): Promise<number> {
  const context = await contextOf(browser); // with nothing in its cache
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const look = () => {
        const isThere = ['.banner h1', '.sequence .drawn svg', '.log-pane [aria-current]'].every(
          (selector) => document.querySelector(selector) !== null,
        );
        if (!isThere) return void requestAnimationFrame(look);
        const painted = new MessageChannel();
        painted.port1.onmessage = () => Object.assign(window, { paintedAt: performance.now() });
        requestAnimationFrame(() => painted.port2.postMessage(null));
      };
      requestAnimationFrame(look);
    });
    await page.goto(url);
    const painted = await page.waitForFunction(() => (window as { paintedAt?: number }).paintedAt);
    return (await painted.jsonValue())!;
  } finally {
    await context.close();
  }
}

/** From a key to the frame in which all views have moved. Milliseconds, one for each step. */
const stepTimes = (page: Page, key: string, count: number): Promise<readonly number[]> =>
  page.evaluate(
    async ([pressed, steps]) => {
      const position = () => {
        const read = (selector: string) => document.querySelector(selector)?.textContent ?? '';
        const all = [
          read('.log-pane [aria-current] .number'),
          read('.timeline output').split(' ')[0]!.replaceAll(',', ''),
          read('.details-pane h2').replace('At the start', '0').replace('Step ', ''),
          /^Step (\d+)|$/.exec(read('.panes > [role="status"]'))?.[1] ?? '0',
        ];
        return new Set(all).size === 1 ? Number(all[0]) : null;
      };
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const painted = async () => {
        await frame();
        const { port1, port2 } = new MessageChannel();
        await new Promise((resolve) => {
          port1.onmessage = resolve;
          port2.postMessage(null);
        });
      };
      const times: number[] = [];
      for (let i = 0; i < steps!; i += 1) {
        const before = position();
        const began = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed!, bubbles: true }));
        while (position() === before || position() === null) await painted();
        times.push(performance.now() - began);
        await frame();
      }
      return times;
    },
    [key, count] as const,
  );

const rounded = (milliseconds: number) => `${Math.round(milliseconds)} ms`;

describe.runIf(CHROMIUM !== undefined)('the page is quick enough', () => {
  const browser = sharedBrowser();
  const shown = async (document: object) => {
    const inspector = await inspect('--trace', fileOf(document));
    onTestFinished(() => inspector.kill('SIGINT'));
    return inspector.url;
  };

  it('with the longest story of the catalogue', async () => {
    const lengthOf = ({ id, deployment }: (typeof CATALOGUE)[number]) =>
      GOLDENS.verdicts[deployment.name]?.[id]?.trace ?? 0;
    const [longest] = CATALOGUE.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    const { id, deployment } = longest!;
    const steps = lengthOf(longest!);
    const url = await shown(documentOf(deployment, verdictIn(id, deployment)));
    const paint = await bestOf(FIRST_PAINT_MS, async () => {
      const times: number[] = [];
      for (let i = 0; i < PAINTS; i += 1) times.push(await firstPaint(browser(), url));
      return median(times);
    });
    const { page } = await opened(browser(), url);
    await reached(page, steps);
    const count = Math.min(STEPS, steps);
    const step = await bestOf(STEP_MS, async () => {
      await page.keyboard.press('End');
      await reached(page, steps);
      return median(await stepTimes(page, 'ArrowLeft', count));
    });
    console.info(
      `longest story: ${id} in ${deployment.name}, ${steps} steps, ` +
        `first paint ${rounded(paint)} (median of ${PAINTS}), a step ${rounded(step)} (median of ${count})`,
    );
    expect(paint).toBeLessThan(FIRST_PAINT_MS);
    expect(step).toBeLessThan(STEP_MS);
  });

  it('with a run of 5,000 steps, of which it draws the visible part', async () => {
    const long = longWitness(5_000);
    const end = long.claims[0]!.trace!.length;
    const { page, faults } = await opened(browser(), await shown(long));
    await page.getByRole('progressbar', { name: 'Steps' }).waitFor();
    const output = page.getByRole('region', { name: 'Timeline' }).locator('output');
    const count = (n: number) => n.toLocaleString('en-US');
    const began = performance.now();
    await output.getByText(`${count(end)} / ${count(end)}`).waitFor({ timeout: 60_000 });
    const building = performance.now() - began;
    const step = await bestOf(STEP_MS, async () =>
      median(await stepTimes(page, 'ArrowLeft', STEPS)),
    );
    const log = page.locator('.step-log').first();
    const nodes: number[] = [];
    for (const place of [0, 0.3, 0.6, 1]) {
      await log.evaluate((element, at) => element.scrollTo(0, at * element.scrollHeight), place);
      const near = page.locator(`.step-log li[data-index="${place === 0 ? 0 : end}"]`);
      if (place === 0 || place === 1) await near.waitFor();
      nodes.push(await page.evaluate(() => document.querySelectorAll('*').length));
    }
    console.info(
      `a run of ${count(end)} steps: told in ${rounded(building)}, ` +
        `a step ${rounded(step)} (median of ${STEPS}), at most ${Math.max(...nodes)} elements`,
    );
    expect(step).toBeLessThan(STEP_MS);
    expect(await page.locator('.step-log li').count()).toBeLessThan(100);
    expect(Math.max(...nodes)).toBeLessThan(5_000);
    expect(faults).toEqual([]);
  });
});
