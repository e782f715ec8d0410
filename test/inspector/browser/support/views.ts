/** What each of a story's linked views says, so that they can be compared. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const regionOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name, exact: true });

export const timelineOf = (page: Page): Locator => regionOf(page, 'Timeline');

/** Waits until the selected step is this one, and the page listens to keys. */
export async function reached(page: Page, position: number): Promise<void> {
  const output = timelineOf(page).locator('output');
  await output.filter({ hasText: new RegExp(`^${position} /`) }).waitFor();
  await settled(page);
}

/** What is done once something was drawn, is done: two frames later. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames += 1)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });

export type Views = {
  readonly log: string; // the selected step's number
  readonly sequence: string; // the emphasised number
  readonly timeline: string; // "7 / 7"
  readonly slider: string;
  readonly heading: string; // of the details
  readonly spoken: string; // of the live region
  readonly chart: string; // its summary in words
  readonly context: string; // the details' text
  readonly isNow: boolean; // of the credentials
};

/** All at once, as they are in this moment. */
export const viewsOf = (page: Page): Promise<Views> =>
  page.evaluate(() => {
    const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? '';
    return {
      log: text('.log-pane [aria-current="step"] .number'),
      sequence: text('.sequence-pane .drawn text[font-weight="700"][text-anchor="end"]'),
      timeline: text('.timeline output'),
      slider: document.querySelector<HTMLInputElement>('.timeline input')?.value ?? '',
      heading: text('.details-pane h2'),
      spoken: text('.panes > [role="status"]'),
      chart: text('.chart-pane svg title'),
      context: text('.details-pane .details'),
      isNow: document.querySelector('.credentials-pane .new') !== null,
    };
  });

/** The position that the address names; null: none. */
export const positionIn = (page: Page): string | null =>
  new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');

/** What `read` gives, once it is as it is expected to be: the page may take a while. */
export const soon = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 45_000 });
