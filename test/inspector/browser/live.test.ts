/** Actors are looked at while they run: our own, those of other programs, and of other pages. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../../cli/package.ts';
import { overflowOf, violationsOf } from './support/accessible.ts';
import { bundled } from './support/bundled.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { sharedInspector } from './support/command.ts';
import { serveForeign } from './support/foreign.ts';
import { settled, soon, timelineOf } from './support/views.ts';
import { astray, opened, watched } from './support/watched.ts';

const sentencesIn = (page: Page) => page.locator('.step-log li .sentence').allTextContents();

/** Waits until so many steps are there. */
const grown = (page: Page, steps: number) =>
  soon(async () =>
    Number(/\/ (\d+)/.exec((await timelineOf(page).innerText()) ?? '')?.[1]),
  ).toBeGreaterThanOrEqual(steps);

/** A machine that nobody here has heard of, and what it is sent. */
const LAMP = `
import { createActor, setup } from 'xstate';
const lamp = setup({ actions: { shine: () => {} }, guards: { isDark: () => true } }).createMachine({
  id: 'lamp',
  initial: 'off',
  states: {
    off: { on: { press: { target: 'on', guard: 'isDark', actions: 'shine' } } },
    on: { initial: 'dim', states: { dim: { on: { press: 'bright' } }, bright: {} } },
  },
});
const actor = createActor(lamp, { inspect });
actor.start();
actor.send({ type: 'press' });
actor.send({ type: 'press' });
`;

const program = (url: string) => `
import { createWebSocketInspector } from '@statelyai/inspect';
const { inspect } = createWebSocketInspector({
  url: '${url}', maxDeferredEvents: 1e6, serializationDepthLimit: 1e6,
});
${LAMP}
setInterval(() => {}, 1000);
`;

/** Runs as a process of its own, until the test ends. */
function run(code: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: packageRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

const choices = (page: Page) => page.getByRole('combobox', { name: 'Source' }).locator('option');

async function lampShown(page: Page) {
  await page.getByText('unverified live source').waitFor();
  const title = page.locator('.chart-pane svg title');
  await title.filter({ hasText: /, in on\.bright$/ }).waitFor({ state: 'attached' });
  const drawn = page.locator('.chart-pane svg text');
  for (const name of ['off', 'on', 'dim', 'bright'])
    expect(await drawn.filter({ hasText: new RegExp(`^${name}$`) }).count()).toBe(1);
}

describe.runIf(CHROMIUM !== undefined)('live', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--live', '--seed', '1');

  it('steps appear as they are taken, from the start in a page that comes late', async () => {
    const first = await opened(browser(), inspector().url);
    await grown(first.page, 2);
    const before = await sentencesIn(first.page);
    await grown(first.page, before.length + 1); // and more of them
    const late = await opened(browser(), inspector().at({ view: 'live' }));
    await grown(late.page, before.length);
    expect((await sentencesIn(late.page)).slice(0, before.length)).toEqual(before);
    expect(await violationsOf(late.page)).toEqual([]);
    await late.page.setViewportSize({ width: 360, height: 800 });
    expect(await overflowOf(late.page)).toBe(0);
    expect([...first.faults, ...late.faults, ...astray(first), ...astray(late)]).toEqual([]);
  });

  it('a step that is looked at stays, while others are added', async () => {
    const { page } = await opened(browser(), inspector().at({ view: 'live' }));
    await grown(page, 2);
    await settled(page);
    await page.keyboard.press('Home');
    await timelineOf(page).locator('output').filter({ hasText: /^0 \// }).waitFor();
    await page.getByRole('button', { name: /^\d+ new steps?$/ }).waitFor();
    expect(await timelineOf(page).locator('output').textContent()).toMatch(/^0 \//);
    await page.getByRole('button', { name: /^\d+ new steps?$/ }).click();
    await page.getByRole('button', { name: 'Follow the end', pressed: true }).waitFor();
  });

  it("another program's machine appears with its chart, as an unverified source", async () => {
    const { page, faults } = await opened(browser(), inspector().at({ view: 'live' }));
    await grown(page, 1);
    const { port, token } = inspector();
    const child = run(program(`ws://127.0.0.1:${port}/live?token=${token}`));
    await soon(() => choices(page).allTextContents()).toContainEqual(
      expect.stringMatching(/^program/),
    );
    const name = (await choices(page).allTextContents()).findLast((text) => /^program/.test(text))!;
    await page.getByRole('combobox', { name: 'Source' }).selectOption(name);
    await lampShown(page);
    expect(await sentencesIn(page)).toContainEqual(expect.stringContaining('press'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await page.getByText('disconnected').waitFor();
    expect(faults).toEqual([]);
  });

  it('a machine that cannot be laid out is shown as a tree, with its active states', async () => {
    const { page, context } = await watched(browser());
    await context.route(/elk/, (route) => route.abort());
    await page.goto(inspector().at({ view: 'live' }));
    await grown(page, 1);
    const { port, token } = inspector();
    run(program(`ws://127.0.0.1:${port}/live?token=${token}`));
    const names = () => choices(page).allTextContents();
    await soon(
      async () => (await names()).filter((text) => /^program/.test(text)).length,
    ).toBeGreaterThan(0);
    await page.getByRole('combobox', { name: 'Source' }).selectOption((await names()).at(-1)!);
    const tree = page.locator('.chart-pane .tree');
    await tree.getByText('bright (active)').waitFor();
    expect(await tree.locator('li').filter({ hasText: /^off/ }).count()).toBe(1);
  });

  it('a page that opens ours through createBrowserInspector shows its machine there', async () => {
    const app = await bundled(`
      import { createBrowserInspector } from '@statelyai/inspect';
      ${LAMP.split('\n')[1]}
      document.querySelector('button').onclick = () => {
        const { inspect } = createBrowserInspector({
          url: '${inspector().origin}/#view=live&token=${inspector().token}&opener=' + location.origin,
        });
        ${LAMP.split('\n').slice(2).join('\n')}
      };
    `);
    const foreign = await serveForeign({
      '/app.js': app,
      '/': '<!doctype html><button>Inspect</button><script type="module" src="/app.js"></script>',
    });
    onTestFinished(foreign.close);
    const { page, context, faults } = await watched(browser());
    await page.goto(`http://127.0.0.1:${foreign.port}/`);
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Inspect' }).click();
    const popup = await opening;
    const source = popup.getByRole('combobox', { name: 'Source' });
    await source.selectOption('the page that opened this one');
    await lampShown(popup);
    expect(faults).toEqual([]);
  });
});
