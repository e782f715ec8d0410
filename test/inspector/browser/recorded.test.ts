/** A recording of real software beside the model's run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { inspect, printed } from './support/command.ts';
import { reached, regionOf } from './support/views.ts';
import { opened } from './support/watched.ts';

describe.runIf(CHROMIUM !== undefined)('a recording of the article', () => {
  const browser = sharedBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a story, and stands beside the model’s own, which is the same in every step', async () => {
    const file = join(folder, 'both.json');
    const recording = ['--recording', 'examples/recordings/article-ntlm.json'];
    writeFileSync(file, printed('trace', 'asked-again', '--with', 'NTLM', ...recording, '--json'));
    const inspector = await inspect('--trace', file);
    onTestFinished(() => inspector.kill('SIGINT'));
    const place = { view: 'story', claim: 'asked-again', on: 'article (NTLM), as recorded' };
    const { page } = await opened(browser(), inspector.at(place));
    await reached(page, 17);
    await page.getByRole('button', { name: 'Compare with the model' }).click();
    await page.getByText('The two runs are the same in all 17 steps.').waitFor();
    const [recorded, model] = await Promise.all(
      ['The recording', 'The model'].map((name) =>
        regionOf(page, name).locator('ol li').allTextContents(),
      ),
    );
    expect(recorded!.length).toBeGreaterThanOrEqual(17);
    expect(model).toEqual(recorded);
  });
});
