/** Everyone can use it: by axe, by the keyboard alone, in narrow windows, with less motion. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { overflowOf, tabStops, usable, violationsOf } from './support/accessible.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { sharedInspector } from './support/command.ts';
import { reached, soon, viewsOf } from './support/views.ts';
import { sharedPage } from './support/watched.ts';

const VIOLATION = { view: 'story', claim: 'confinement', on: 'article (Basic)' };
const WITNESS = { view: 'story', claim: 'next-hop-refused', on: 'article (NTLM)' };
const HOLDS = { view: 'story', claim: 'confinement', on: 'article (NTLM)' };

type Scene = {
  readonly name: string;
  readonly place: Readonly<Record<string, string>>;
  readonly ready: (page: Page) => Promise<unknown>;
};

const SCENES: readonly Scene[] = [
  {
    name: 'the table of claims',
    place: { view: 'claims' },
    ready: (page) => page.getByText(/^\d+ verdicts, .* violated\.$/).waitFor(),
  },
  { name: 'a violation', place: VIOLATION, ready: (page) => reached(page, 7) },
  { name: 'a witness', place: WITNESS, ready: (page) => reached(page, 15) },
  {
    name: 'a claim that holds',
    place: HOLDS,
    ready: (page) => page.getByText(/^All [\d,]+ states were searched/).waitFor(),
  },
  {
    name: 'a violation beside its remedy',
    place: { ...VIOLATION, beside: '1' },
    ready: (page) => page.getByRole('list', { name: 'Steps: With the remedy' }).waitFor(),
  },
  {
    name: 'all charts',
    place: { ...VIOLATION, pin: 'all' },
    ready: (page) => page.locator('.small-chart svg').first().waitFor({ state: 'attached' }),
  },
  {
    name: 'exploring by hand',
    place: { view: 'explore', on: 'article (Basic)', path: '0' },
    ready: (page) => reached(page, 1),
  },
  {
    name: 'what would go to Stately',
    place: { ...VIOLATION, view: 'stately' },
    ready: (page) => page.getByRole('button', { name: 'Open Stately' }).waitFor(),
  },
  {
    name: 'an address that cannot be read',
    place: { view: 'nowhere' },
    ready: (page) => page.getByRole('alert').waitFor(),
  },
  {
    name: 'the list of keys',
    place: VIOLATION,
    ready: async (page) => {
      await reached(page, 7);
      await page.getByRole('button', { name: 'Keys' }).click();
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
];

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 800 };

/** Colours do not depend on the width, so that two of the four looks find what there is. */
const LOOKS = [
  ['light', WIDE],
  ['dark', NARROW],
] as const;

/** By look: what axe finds, and what sticks out of the window. No colour changes meanwhile. */
async function faultsOf(page: Page) {
  const found: Record<string, readonly string[]> = {};
  for (const [colorScheme, size] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    const overflow = await overflowOf(page);
    const faults = [
      ...(await violationsOf(page)),
      ...(overflow > 0 ? [`it is ${overflow} px too wide`] : []),
    ];
    if (faults.length > 0) found[`${colorScheme}, ${size.width} px`] = faults;
  }
  return found;
}

describe.runIf(CHROMIUM !== undefined)('the page', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--claim', 'confinement', 'next-hop-refused', 'asked-again');
  const visit = sharedPage(browser, inspector);

  it.each(SCENES)(
    'has nothing to complain of for axe, and fits its window: $name',
    async (scene) => {
      const page = await visit(scene.place);
      await scene.ready(page);
      expect(await faultsOf(page)).toEqual({});
    },
  );

  it.each([
    ['the table of claims', SCENES[0]!],
    ['a violation', SCENES[1]!],
    ['exploring by hand', SCENES[6]!],
  ])('is used with the Tab key alone, and shows where it is: %s', async (_, { place, ready }) => {
    const page = await visit(place);
    await ready(page);
    const stops = await tabStops(page);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    const reachable = stops.map(({ what }) => what);
    expect(reachable.length).toBeGreaterThan(5);
    expect((await usable(page)).filter((what) => !reachable.includes(what))).toEqual([]);
  });

  it('gives the focus back where a dialog took it, and Escape closes that', async () => {
    const page = await visit(VIOLATION);
    await reached(page, 7);
    await page.getByRole('button', { name: 'Keys' }).press('Enter');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-label')).toBe('Keys');
  });

  it('keeps the focus on the selected step while it moves through the log', async () => {
    const page = await visit({ ...VIOLATION, at: '2' });
    await reached(page, 2);
    await page.locator('.log-pane [aria-current="step"]').focus();
    await page.keyboard.press('ArrowDown');
    await soon(() => page.locator(':focus .number').textContent()).toBe('3');
  });

  it('moves nothing for those who ask for less motion', async () => {
    const moving = (page: Page) =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
            return (
              transitionDuration.split(', ').some((time) => time !== '0s') ||
              animationName !== 'none' ||
              scrollBehavior !== 'auto'
            );
          }).length,
      );
    const page = await visit(VIOLATION);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await reached(page, 7);
    expect(await moving(page)).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving(page)).toBeGreaterThan(0);
  });

  it('shows active states, taken transitions and the selection with forced colours', async () => {
    const page = await visit(VIOLATION);
    await page.emulateMedia({ forcedColors: 'active' });
    await reached(page, 7);
    const outline = await page
      .locator('.log-pane [aria-current="step"]')
      .evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
    const strokes = await page.locator('.chart-pane svg rect').evaluateAll((boxes) =>
      boxes.map((box) => {
        const { stroke, fill, strokeWidth } = getComputedStyle(box);
        return { stroke, fill, width: Number.parseFloat(strokeWidth) };
      }),
    );
    const active = strokes.filter(({ width }) => width >= 2.5);
    expect(active).not.toEqual([]);
    for (const { stroke, fill } of active) expect(stroke).not.toBe(fill);
  });

  it('shows one pane at a time where there is room for one only', async () => {
    const page = await visit(VIOLATION);
    await page.setViewportSize(NARROW);
    await reached(page, 7);
    const choice = page.getByRole('toolbar', { name: 'Shown' });
    for (const [button, pane] of [
      ['Steps', 'log'],
      ['Sequence', 'sequence'],
      ['Chart', 'chart'],
      ['Step', 'details'],
      ['Credentials', 'credentials'],
    ] as const) {
      await choice.getByRole('button', { name: button, exact: true }).click();
      const shown = page.locator('.pane:visible');
      await soon(() => shown.count()).toBe(1);
      expect(await shown.getAttribute('data-pane')).toBe(pane);
    }
    expect((await viewsOf(page)).timeline).toBe('7 / 7');
  });
});
