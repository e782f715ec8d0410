/** What `export` writes opens from a folder, on its own, without a server or a network. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflowOf, violationsOf } from './support/accessible.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { printed } from './support/command.ts';
import { reached, viewsOf } from './support/views.ts';
import { opened, watched } from './support/watched.ts';

const root = mkdtempSync(join(tmpdir(), 'double-hop-export-'));
afterAll(() => rmSync(root, { recursive: true }));
const written = join(root, 'stories');

describe.runIf(CHROMIUM !== undefined)('an exported story', () => {
  const browser = sharedBrowser();
  let folder = '';
  beforeAll(() => {
    printed('export', '--claim', 'confinement', '--out', written);
    const [first] = readdirSync(written, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    folder = join(written, first!.name);
  });
  const page = () => pathToFileURL(join(folder, 'index.html')).href;

  it('opens from its file, is stepped through, and asks for nothing else', async () => {
    const watching = await opened(browser(), page());
    await reached(watching.page, 7);
    const heading = watching.page.getByRole('heading', { level: 1 });
    expect(await heading.textContent()).toMatch(/^Violated, as expected: .* after 7 steps\.$/);
    await watching.page.keyboard.press('ArrowLeft');
    await reached(watching.page, 6);
    expect(await viewsOf(watching.page)).toMatchObject({ log: '6', heading: 'Step 6' });
    const others = watching.requests.filter((url) => !url.startsWith('data:') && url !== page());
    expect(others).toEqual([]);
    expect(watching.faults).toEqual([]);
  });

  it.each([
    ['light', 1440],
    ['dark', 360],
  ] as const)('has nothing to complain of for axe: %s, %i px', async (colorScheme, width) => {
    const viewport = { width, height: 800 };
    const watching = await opened(browser(), page(), { colorScheme, viewport });
    await reached(watching.page, 7);
    expect(await violationsOf(watching.page)).toEqual([]);
    expect(await overflowOf(watching.page)).toBe(0);
  });

  it('has diagrams that are pictures anywhere, and refer to nothing', async () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.svg'));
    expect(names.sort()).toEqual(['sequence.svg', 'statechart.svg']);
    for (const name of names) {
      const text = readFileSync(join(folder, name), 'utf8');
      const references = text.match(/(?:href|src)\s*=\s*"[^"]*"|url\([^)]*\)|@import[^;]*/g) ?? [];
      expect(references.filter((reference) => !/^(?:href="#|url\(#)/.test(reference))).toEqual([]);
    }
    const beside = join(root, 'readme');
    mkdirSync(beside);
    const images = names.map((name) => `<img alt="" src="${pathToFileURL(join(folder, name))}">`);
    writeFileSync(join(beside, 'index.html'), `<!doctype html>${images.join('')}`);
    const watching = await watched(browser());
    await watching.page.goto(pathToFileURL(join(beside, 'index.html')).href);
    const sizes = await watching.page.locator('img').evaluateAll((all) =>
      Promise.all(
        (all as HTMLImageElement[]).map(async (image) => {
          await image.decode();
          return [image.naturalWidth, image.naturalHeight];
        }),
      ),
    );
    expect(sizes.flat().filter((size) => size < 100)).toEqual([]);
    expect(watching.requests).toHaveLength(1 + names.length);
  });
});
