/** Files that are not what they should be, and one that is only very long. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { printed, sharedInspector } from './support/command.ts';
import { choose, chooseAt, drop, longWitness } from './support/documents.ts';
import { reached } from './support/views.ts';
import { sharedPage } from './support/watched.ts';

const folder = mkdtempSync(join(tmpdir(), 'double-hop-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OVERSIZE = 65 * 2 ** 20; // characters

describe.runIf(CHROMIUM !== undefined)('a file', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--claim', 'confinement');
  const trace = CHROMIUM === undefined ? '' : printed('trace', 'confinement', '--json');
  const whole = () => JSON.parse(trace) as Verdicts;

  const edited = () => {
    const { claims, ...rest } = whole();
    const [first, ...steps] = claims[0]!.trace!;
    const swapped = [steps[0]!, first!, ...steps.slice(1)];
    return JSON.stringify({ ...rest, claims: [{ ...claims[0], trace: swapped }] });
  };

  const visit = sharedPage(browser, inspector);

  const story = async () => {
    const page = await visit({ view: 'story', claim: 'confinement', on: 'article (Basic)' });
    await reached(page, 7);
    return page;
  };

  const complaint = async (page: Page) => {
    const dialog = page.getByRole('alertdialog', { name: 'The file cannot be opened' });
    await dialog.waitFor();
    const text = await dialog.innerText();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    return text;
  };

  it.each([
    [
      'cut off',
      () => trace.slice(0, 500),
      /file\.json: it ends in the middle, at line \d+, column \d+/,
    ],
    [
      'not JSON',
      () => 'name: article',
      /file\.json: it is not JSON: there is an error at line 1, column 1/,
    ],
    ['JSON of something else', () => '{"name":"leftpad","version":"1.0.0"}', /but not a document/],
    ['empty', () => ' ', /file\.json: it is empty/],
    [
      'of another version',
      () => trace.replace('double-hop-verdicts/5', 'double-hop-verdicts/6'),
      /double-hop-verdicts\/6: this inspector reads double-hop-verdicts\/5/,
    ],
    [
      'of another shape',
      () => JSON.stringify({ ...whole(), claims: [{ id: 'confinement' }] }),
      /claims\[0\]\.name: /,
    ],
  ])('that is %s is refused with a message, and the story stays', async (_, text, message) => {
    const page = await story();
    await choose(page, 'file.json', text());
    expect(await complaint(page)).toMatch(message);
    await page.keyboard.press('ArrowLeft');
    await reached(page, 6);
  });

  it('that is too large says so', async () => {
    const page = await story();
    const path = join(folder, 'oversize.json');
    writeFileSync(path, Buffer.alloc(OVERSIZE, ' '));
    await chooseAt(page, path);
    expect(await complaint(page)).toMatch(/oversize\.json: it has 65 MiB .* at most 64 MiB/);
    await reached(page, 7);
  });

  it('whose steps were edited opens as a page that names the step, and leads back', async () => {
    const page = await story();
    await choose(page, 'edited.json', edited());
    await page.getByRole('heading', { name: 'This trace cannot be shown' }).waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/^step 1: /);
    await page.getByRole('button', { name: 'Back to the claims' }).click();
    await page.locator('.claims-table').first().waitFor();
  });

  it('that is dropped on the page opens its story and keeps the others', async () => {
    const page = await story();
    await drop(page, 'dropped.json', trace);
    await page.waitForURL(/file=dropped\.json/);
    await reached(page, 7);
    await page.goBack();
    await page.waitForURL((url) => !url.hash.includes('file='));
    await reached(page, 7);
  });

  it('of 20 MB opens with its progress shown, and can then be stepped through', async () => {
    const page = await story();
    const long = longWitness(30_000);
    const text = JSON.stringify(long);
    expect(text.length).toBeGreaterThan(20e6);
    const end = long.claims[0]!.trace!.length;
    const path = join(folder, 'long.json');
    writeFileSync(path, text);
    await chooseAt(page, path);
    await page.getByRole('progressbar', { name: 'Steps' }).waitFor();
    const output = page.getByRole('region', { name: 'Timeline' }).locator('output');
    const shown = (n: number) => n.toLocaleString('en-US');
    await output.getByText(`${shown(end)} / ${shown(end)}`).waitFor({ timeout: 100_000 });
    await page.keyboard.press('Home');
    await output.getByText(`0 / ${shown(end)}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await output.getByText(`1 / ${shown(end)}`).waitFor();
  });
});
