/** Steps taken by hand: the way into a violation, and back, and addresses that lead there. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { explorablesOf } from '../../../inspector/story/exploring/explorable.ts';
import { Explorer, pathOf } from '../../../inspector/story/exploring/explore.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { check, sharedInspector } from './support/command.ts';
import { reached, regionOf, soon } from './support/views.ts';
import { opened, sharedPage } from './support/watched.ts';

const EXPLORE = { view: 'explore', on: 'article (Basic)' };

/** "violated", and since when; or in which other state the claim is. */
const soFar = (page: Page, claim: string): Promise<string> =>
  regionOf(page, 'Claims so far')
    .locator('dl > div')
    .filter({ has: page.getByText(claim, { exact: true }) })
    .innerText();

const pathIn = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('path');

/** The sentences of the offers that lead to the counterexample, in order. */
function wayIntoViolation(): readonly string[] {
  const { claims, deployments } = check('--claim', 'confinement');
  const verdict = claims.find((claim) => claim.trace !== null)!;
  const [explorable] = explorablesOf(deployments.find(({ name }) => name === verdict.deployment)!);
  const explorer = new Explorer(explorable!);
  return pathOf(explorable!, verdict.trace!)!.map((offer) => {
    const { label } = explorer.exploration.enabled.find(({ index }) => index === offer)!;
    explorer.take(offer);
    return label;
  });
}

describe.runIf(CHROMIUM !== undefined)('exploring by hand', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--claim', 'confinement');
  const visit = sharedPage(browser, inspector);
  it('leads into the violation, says so, and its address leads there again', async () => {
    const page = await visit(EXPLORE);
    const offers = regionOf(page, 'Possible steps');
    expect(await soFar(page, 'confinement')).toMatch(/holds so far/);
    const sentences = wayIntoViolation();
    for (const [i, sentence] of sentences.entries()) {
      await offers.getByRole('button', { name: sentence, exact: true }).click();
      await reached(page, i + 1);
    }
    await soon(() => soFar(page, 'confinement')).toMatch(/^violated\b.*since step 7/s);
    const last = page.locator('.step-log li').last();
    expect(await last.innerText()).toContain('confinement violated');
    expect(await page.locator('.panes > [role="status"]').textContent()).toContain(
      'confinement is violated since step 7.',
    );
    const path = pathIn(page);
    expect(path?.split('.')).toHaveLength(sentences.length);
    await page.reload();
    await reached(page, sentences.length);
    expect(pathIn(page)).toBe(path);
    const told = await page.locator('.step-log li .sentence').allTextContents();
    expect(told.slice(1)).toEqual(sentences.map((text) => expect.stringContaining(text)));
    await page.goBack();
    await reached(page, sentences.length - 1);
    expect(await soFar(page, 'confinement')).toMatch(/holds so far/);
  });

  it('begins within a story, and a step takes the place of what followed', async () => {
    const story = { view: 'story', claim: 'confinement', on: 'article (Basic)', at: '3' };
    const page = await visit(story);
    await reached(page, 3);
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    await page.waitForURL(/view=explore/);
    await reached(page, 3);
    await page.keyboard.press('Home');
    await reached(page, 0);
    const offers = regionOf(page, 'Possible steps');
    await offers.getByText('(they replace the later steps below)').waitFor();
    await offers.getByRole('button').first().click();
    await reached(page, 1);
    expect(await page.locator('.step-log li').count()).toBe(2);
  });

  it.each([
    ['takes what is not offered', { path: '99' }, /step 1/],
    ['is not a list of numbers', { path: 'left' }, /"path=" takes whole numbers, not "left"/],
    ['is in no deployment', { on: 'nowhere' }, /nowhere/],
    ['has no deployment', { on: '' }, /does not say "on="/],
  ])('says what is wrong with an address that %s', async (_, fields, message) => {
    const { page } = await opened(browser(), inspector().at({ ...EXPLORE, ...fields }));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(message);
    await page.getByRole('button', { name: 'Back to the claims' }).click();
    await page.locator('.claims-table').first().waitFor();
  });
});
