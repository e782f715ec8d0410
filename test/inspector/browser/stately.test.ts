/** The official inspector: it is asked first, told everything, in order, and nobody else is. */
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { officialEvents } from '../../../inspector/story/protocol/official.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { bundled } from './support/bundled.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { check, sharedInspector } from './support/command.ts';
import { soon } from './support/views.ts';
import { astray, watched } from './support/watched.ts';

const STATELY = 'https://stately.ai/inspect';
const CLAIM = 'prompt-loop';

/** In place of the official page: its package's own receiver, and all that comes of it. */
async function answerAs(context: BrowserContext, isSlow: boolean) {
  const script = await bundled(`
    import { createBrowserReceiver } from '@statelyai/inspect';
    window.received = [];
    window.listen = () => createBrowserReceiver().subscribe((event) => {
      window.received.push(event);
    });
    ${isSlow ? '' : 'window.listen();'}
  `);
  await context.route(`${STATELY}**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Stately</title><script type="module">${script}</script>`,
    }),
  );
}

type Receiving = { readonly received: readonly unknown[]; readonly listen: () => void };

describe.runIf(CHROMIUM !== undefined)('the official inspector', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--stately', '--claim', CLAIM);

  const expected = () => {
    const { claims, deployments } = check('--claim', CLAIM);
    const story = storyOf(claims[0]!, deployments[0]!, null);
    return JSON.parse(JSON.stringify(officialEvents(story)));
  };

  it.each([
    ['a window that connects at once', false],
    ['a window that connects late', true],
  ])(
    'receives nothing before the button is pressed, then every message in order: %s',
    async (_, isSlow) => {
      const watching = await watched(browser());
      const { page, context } = watching;
      await answerAs(context, isSlow);
      await page.goto(inspector().url);
      const send = page.getByRole('button', { name: 'Open Stately and send it' });
      await send.waitFor();
      await page.getByText('No message was sent yet.').waitFor();
      expect(await page.getByText(STATELY).count()).toBe(1);
      expect(await page.getByText('then leaves this machine').count()).toBe(1);
      expect(astray(watching)).toEqual([]);
      const opening = context.waitForEvent('page');
      await send.click();
      const stately = await opening;
      await stately.waitForFunction(() => 'listen' in window);
      if (isSlow) {
        await page.getByText('the window has not answered yet').waitFor();
        await stately.evaluate(() => (window as unknown as Receiving).listen());
      }
      const told = expected();
      expect(told.length).toBeGreaterThan(200); // from there on the stock relay loses the first
      const received = () => stately.evaluate(() => (window as unknown as Receiving).received);
      await soon(async () => (await received()).length).toBeGreaterThanOrEqual(told.length);
      expect(await received()).toEqual(told);
      await page.getByText(`${told.length.toLocaleString('en-US')} messages sent.`).waitFor();
      expect(new Set(astray(watching))).toEqual(new Set([STATELY]));
    },
  );
});
