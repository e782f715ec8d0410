/** One story in a real browser. `test/inspector/browser/` has the rest, for `npm run test:long`. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { CHROMIUM, sharedBrowser } from '../browser/support/chromium.ts';
import { inspect } from '../browser/support/command.ts';
import { soon, viewsOf } from '../browser/support/views.ts';
import { astray, opened } from '../browser/support/watched.ts';

describe.runIf(CHROMIUM !== undefined)('the page, in a real browser,', () => {
  const browser = sharedBrowser();

  it('opens a story from the table, steps through it, and makes no foreign request', async () => {
    const inspector = await inspect('--claim', 'mailbox-read', 'confinement');
    onTestFinished(() => inspector.kill('SIGINT'));
    const watching = await opened(browser(), inspector.url);
    const { page } = watching;
    await page.locator('.claims-table a.lead').first().click();
    await soon(async () => (await viewsOf(page)).heading).toMatch(/^Step \d+$/);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await soon(() => viewsOf(page)).toMatchObject({ log: '1', sequence: '1', heading: 'Step 1' });
    expect(watching.faults).toEqual([]);
    expect(astray(watching)).toEqual([]);
  });
});
