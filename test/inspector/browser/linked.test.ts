/** One selection, many views of it: whatever moves it, all of them move, and the address too. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PAUSE_MS } from '../../../inspector/page/place/navigation.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { sharedInspector } from './support/command.ts';
import { positionIn, reached, regionOf, soon, timelineOf, viewsOf } from './support/views.ts';
import { sharedPage } from './support/watched.ts';

const VIOLATION = { view: 'story', claim: 'confinement', on: 'article (Basic)' };
const END = 7; // a shortest counterexample has so many steps

/** That all views are at this position. */
const expectAt = async (page: Page, position: number) => {
  const at = `${position}`;
  await soon(() => viewsOf(page)).toMatchObject({
    ...{ log: at, slider: at, timeline: `${at} / ${END}` },
    sequence: position === 0 ? '' : at,
    heading: position === 0 ? 'At the start' : `Step ${at}`,
    spoken: expect.stringMatching(
      position === 0 ? /^Before the first of/ : `^Step ${at} of ${END}:`,
    ),
  });
  await soon(() => positionIn(page)).toBe(at);
};

/** After the page's own timer, which was set earlier and is as long. */
const addressWritten = (page: Page) =>
  page.evaluate((pause) => new Promise((resolve) => setTimeout(resolve, pause)), PAUSE_MS);

describe.runIf(CHROMIUM !== undefined)('a story', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--claim', 'confinement');
  const visit = sharedPage(browser, inspector);

  const story = async (at = END) => {
    const page = await visit({ ...VIOLATION, at: `${at}` });
    await reached(page, at);
    return page;
  };

  it('is stepped through by the buttons of its timeline', async () => {
    const page = await story();
    const press = (name: string) =>
      timelineOf(page).getByRole('button', { name, exact: true }).click();
    await press('Previous');
    await expectAt(page, 6);
    await press('First');
    await expectAt(page, 0);
    await press('Next');
    await expectAt(page, 1);
    await press('Last');
    await expectAt(page, END);
  });

  it('is stepped through by keys, and they do not go past its ends', async () => {
    const page = await story();
    for (const [key, position] of [
      ['ArrowLeft', 6],
      ['ArrowRight', END],
      ['ArrowRight', END],
      ['Home', 0],
      ['ArrowLeft', 0],
      ['j', 1],
      ['ArrowDown', 2],
      ['k', 1],
      ['End', END],
      ['Home', 0],
      ['v', END], // the step that matters
    ] as const) {
      await page.keyboard.press(key);
      await expectAt(page, position);
    }
  });

  it('selects the step that is clicked in the log or the diagram', async () => {
    const page = await story();
    await page.getByRole('list', { name: 'Steps of the story' }).getByRole('button').nth(2).click();
    await expectAt(page, 2);
    await page.locator('.sequence-pane .drawn').getByText('3', { exact: true }).click();
    await expectAt(page, 3);
    await regionOf(page, 'This step').getByRole('heading', { level: 2, name: 'Step 3' }).waitFor();
  });

  it('goes to where the slider is moved', async () => {
    const page = await story();
    await page.getByRole('slider', { name: 'Step' }).fill('4');
    await expectAt(page, 4);
    await page.getByRole('slider', { name: 'Step' }).press('ArrowLeft');
    await expectAt(page, 3);
  });

  it('shows the chart of the acting component, its state and its context', async () => {
    const page = await story(4);
    await expectAt(page, 4);
    const before = await viewsOf(page);
    expect(before.chart).toBe('alice@frontEnd, in credentials.remembered + prompt.hidden');
    const diff = page.getByRole('table', { name: 'Context' }).locator('tr:not(.same)');
    expect(await diff.getByRole('rowheader').allTextContents()).not.toEqual([]);
    await page.keyboard.press('ArrowRight');
    await expectAt(page, 5);
    const after = await viewsOf(page);
    expect(after.chart).toMatch(/^alice>frontEnd#1\/server, in /);
    expect(after.context).not.toBe(before.context);
    const summary = await page.locator('.chart-pane svg desc').textContent();
    expect(summary).toContain('open');
  });

  it('marks in the table of credentials what the step did, and nothing before it', async () => {
    const page = await story();
    const cell = regionOf(page, 'Credentials').locator('.new').filter({ hasText: 'learned' });
    expect(await cell.textContent()).toBe('learned now');
    await page.keyboard.press('Home');
    await expectAt(page, 0);
    await regionOf(page, 'Credentials').getByText('No credential has gone anywhere yet.').waitFor();
  });

  it('keeps the chart of a component that is pinned, by its number too', async () => {
    const page = await story();
    await page.keyboard.press('1');
    await soon(async () => (await viewsOf(page)).chart).toMatch(/^alice@frontEnd, in /);
    await page.keyboard.press('Home');
    await expectAt(page, 0);
    expect((await viewsOf(page)).chart).toBe('alice@frontEnd, in credentials.none + prompt.hidden');
    expect(new URL(page.url()).hash).toContain('pin=alice%40frontEnd');
    await page.getByRole('combobox', { name: 'Chart of' }).selectOption('all');
    await soon(() => page.locator('.small-chart svg').count()).toBeGreaterThan(5);
  });

  it('plays to its end, and stops there', async () => {
    const page = await story(5);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
    await page.getByRole('heading', { level: 1 }).click(); // away from the list
    await page.keyboard.press('Space');
    await timelineOf(page).getByRole('button', { name: 'Pause' }).waitFor();
    await expectAt(page, END);
    await timelineOf(page).getByRole('button', { name: 'Play' }).waitFor();
  });

  it('is where it was when its address is opened again, and on the way back', async () => {
    const page = await story();
    await page.keyboard.press('ArrowLeft');
    await expectAt(page, 6);
    await page.reload();
    await expectAt(page, 6);
    await page.getByRole('button', { name: 'Show the remedy' }).click();
    await page.getByRole('region', { name: 'With the remedy', exact: true }).waitFor();
    await page.goBack();
    await expectAt(page, 6);
  });

  it('leaves the address to a link that is followed right after a step', async () => {
    const page = await story();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link').first().click();
    await page.getByRole('table').first().waitFor();
    await addressWritten(page);
    expect(new URL(page.url()).hash).toContain('view=claims');
    await page.goBack();
    await expectAt(page, END - 1);
    await page.keyboard.press('ArrowRight');
    await page.evaluate(() => history.forward());
    await page.getByRole('table').first().waitFor();
    await addressWritten(page);
    expect(new URL(page.url()).hash).toContain('view=claims');
  });

  it('names its cause, and beneath it leads from the guards to the steps that asked them', async () => {
    const page = await story();
    const why = page.getByRole('region', { name: 'Why' });
    expect(await why.textContent()).toContain('frontEnd signs in to mailbox as alice');
    await why.getByText('Guards', { exact: true }).click();
    await why.getByRole('button', { name: 'step 5' }).click();
    await expectAt(page, 5);
    expect(await why.count()).toBe(0);
  });

  it('moves together with the one that is shown beside it', async () => {
    const page = await story();
    await page.getByRole('button', { name: 'Show the remedy' }).click();
    const current = (name: string) =>
      page.getByRole('list', { name: `Steps: ${name}` }).locator('[aria-current] .number');
    await soon(() => current('The violation').textContent()).toBe('4'); // where they part
    await page.keyboard.press('ArrowRight');
    await soon(() => current('The violation').textContent()).toBe('5');
    expect(await current('With the remedy').textContent()).toBe('5');
    await page.keyboard.press('End'); // the other one is longer
    await soon(() => current('With the remedy').textContent()).toBe('17');
    expect(await current('The violation').textContent()).toBe(`${END}`);
    await page.keyboard.press('Escape');
    await reached(page, END);
  });

  it('has its selected step in sight once a hidden pane is shown, and moves no page', async () => {
    const page = await story();
    const { width, height } = page.viewportSize()!;
    await page.setViewportSize({ width: 360, height: 640 });
    await page.getByRole('button', { name: 'Steps', exact: true }).click();
    const isInSight = () =>
      page.locator('.step-log').evaluate((log) => {
        const [outer, inner] = [log, log.querySelector('[aria-current]')!].map((element) =>
          element.getBoundingClientRect(),
        );
        return inner!.top >= outer!.top - 1 && inner!.bottom <= outer!.bottom + 1;
      });
    await soon(isInSight).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.setViewportSize({ width, height });
  });
});
