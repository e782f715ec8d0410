/** `npm run screenshots` takes the pictures in `docs/pictures` anew, of the page as it is built. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../../cli/package.ts';
import { sharedBrowser } from './support/chromium.ts';
import { inspect, printed } from './support/command.ts';
import { reached } from './support/views.ts';
import { opened } from './support/watched.ts';

const PICTURES = join(packageRoot, 'docs', 'pictures');

const VIOLATION = { view: 'story', claim: 'confinement', on: 'article (Basic)' };
const WITNESS = { view: 'story', claim: 'next-hop-refused', on: 'article (NTLM)' };
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 800 };

const SHOTS = [
  { name: 'claims', place: { view: 'claims' }, step: null, colorScheme: 'light', viewport: WIDE },
  { name: 'violation', place: VIOLATION, step: 7, colorScheme: 'light', viewport: WIDE },
  { name: 'violation-dark', place: VIOLATION, step: 7, colorScheme: 'dark', viewport: WIDE },
  { name: 'violation-narrow', place: VIOLATION, step: 7, colorScheme: 'light', viewport: NARROW },
  { name: 'witness', place: WITNESS, step: 15, colorScheme: 'light', viewport: WIDE },
] as const;

describe('the pictures', () => {
  const browser = sharedBrowser();

  it('are taken', async () => {
    const inspector = await inspect();
    onTestFinished(() => inspector.kill('SIGINT'));
    mkdirSync(PICTURES, { recursive: true });
    for (const { name, place, step, colorScheme, viewport } of SHOTS) {
      const { page } = await opened(browser(), inspector.at(place), { colorScheme, viewport });
      if (step === null) await page.getByText(/^\d+ verdicts, .* violated\.$/).waitFor();
      else {
        await reached(page, step);
        const drawn = page.locator('.sequence .drawn text').getByText(`${step}`, { exact: true });
        await drawn.waitFor();
      }
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      expect(picture.length, name).toBeGreaterThan(10_000); // not a blank page
      writeFileSync(join(PICTURES, `${name}.png`), picture);
    }
  });

  it('of a recording is taken, beside what the model does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'both.json');
    const recording = ['--recording', 'examples/recordings/article-ntlm.json'];
    writeFileSync(file, printed('trace', 'asked-again', '--with', 'NTLM', ...recording, '--json'));
    const inspector = await inspect('--trace', file);
    onTestFinished(() => inspector.kill('SIGINT'));
    const story = { view: 'story', claim: 'asked-again', on: 'article (NTLM), as recorded' };
    const { page } = await opened(browser(), inspector.at({ ...story, beside: '1' }), {
      ...{ colorScheme: 'light', viewport: WIDE },
    });
    await page.getByText('The two runs are the same').waitFor();
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    expect(picture.length).toBeGreaterThan(10_000);
    writeFileSync(join(PICTURES, 'recorded.png'), picture);
  });
});
