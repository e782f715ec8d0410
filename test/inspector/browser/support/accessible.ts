/** What is wrong with a page for those who do not see it, or use no mouse. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds, a line each: the rule, and where. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    "axe.run({ resultTypes: ['violations'] })",
  )) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** By how many pixels the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

export type Stop = { readonly what: string; readonly isSeen: boolean };

/** All stops of the Tab key, from the top of the page until it leaves it. */
export async function tabStops(page: Page, max = 200): Promise<readonly Stop[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  const stops: Stop[] = [];
  while (stops.length < max) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopHere);
    if (stop === null || stops.some(({ what }) => what === stop.what)) return stops;
    stops.push(stop);
  }
  throw new Error(`after ${max} stops the focus is still on the page`);
}

/** Runs in the page. Null: the focus is nowhere. Each stop's text is its own. */
function stopHere(): Stop | null {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  const all = [...document.querySelectorAll('*')];
  const name = focused.getAttribute('aria-label') ?? focused.textContent?.trim().slice(0, 40);
  return {
    what: `${focused.tagName.toLowerCase()} ${name} (${all.indexOf(focused)})`,
    isSeen: isOutlined || boxShadow !== 'none',
  };
}

/** What can be used and is in sight, in the words of `tabStops`. */
export const usable = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    return all
      .filter((element) =>
        element.matches('a[href], button, input, select, summary, [tabindex="0"]'),
      )
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => (element as HTMLElement).tabIndex >= 0)
      .map((element) => {
        const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40);
        return `${element.tagName.toLowerCase()} ${name} (${all.indexOf(element)})`;
      });
  });
