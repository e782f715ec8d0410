/** Whoever is not our own page, or a program with the token, gets nothing and changes nothing. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket as ProgramSocket } from 'ws';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';
import type { ClaimVerdict } from '../../../properties/verdicts/verdicts.ts';
import { CHROMIUM, sharedBrowser } from './support/chromium.ts';
import { sharedInspector } from './support/command.ts';
import { choose, documentOf } from './support/documents.ts';
import { type Foreign, serveForeign } from './support/foreign.ts';
import { soon } from './support/views.ts';
import { opened, watched } from './support/watched.ts';

type Ending = { readonly opened: boolean; readonly code: number; readonly heard: number };

/** What comes of a WebSocket that the page opens, and of what it says there. */
const socketIn = (page: Page, url: string, said: string | null = null): Promise<Ending> =>
  page.evaluate(
    ([address, text]) =>
      new Promise<Ending>((resolve) => {
        const socket = new WebSocket(address!);
        let [isOpen, heard] = [false, 0];
        socket.onopen = () => {
          isOpen = true;
          if (text !== null) socket.send(text!);
        };
        socket.onmessage = () => {
          heard += 1;
        };
        socket.onclose = ({ code }) => resolve({ opened: isOpen, code, heard });
      }),
    [url, said],
  );

const FORGED = {
  ...{ type: '@xstate.actor', sessionId: 'x:1', name: 'forged', _version: '0.7.2' },
  ...{ createdAt: '0', id: null, snapshot: { status: 'active', value: 'a', context: {} } },
};

const REFUSED: Ending = { opened: false, code: 1006, heard: 0 };

describe.runIf(CHROMIUM !== undefined)('the inspector', () => {
  const browser = sharedBrowser();
  const inspector = sharedInspector('--live', '--seed', '1');
  let foreign: Foreign;
  beforeAll(async () => {
    foreign = await serveForeign({ '/frame': '<!doctype html><title>Frame</title>' });
  });
  afterAll(() => foreign.close());

  const feed = () => `ws://127.0.0.1:${inspector().port}/feed?token=${inspector().token}&from=0`;
  const live = () => `ws://127.0.0.1:${inspector().port}/live?token=${inspector().token}`;

  it.each(['127.0.0.1', 'localhost'])(
    'tells nothing to another page of %s that knows the token',
    async (host) => {
      const { page } = await opened(browser(), `http://${host}:${foreign.port}/`);
      expect(await socketIn(page, feed())).toEqual(REFUSED);
      expect(await socketIn(page, live(), JSON.stringify(FORGED))).toEqual(REFUSED);
      const fetched = page.evaluate(
        (url) => fetch(url).then(({ status }) => status),
        inspector().origin,
      );
      await expect(fetched).rejects.toThrow('Failed to fetch');
      const program = new ProgramSocket(live());
      await once(program, 'open'); // the address itself is right
      program.terminate();
    },
  );

  it('lets no page write, not its own either', async () => {
    const { page } = await opened(browser(), inspector().url);
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    expect(await socketIn(page, live(), JSON.stringify(FORGED))).toEqual(REFUSED);
    const viewer = await socketIn(page, feed(), JSON.stringify({ ...FORGED, type: 'inspection' }));
    expect(viewer).toMatchObject({ opened: true, code: 1008 });
    expect(await page.getByText('forged').count()).toBe(0);
  });

  it.each([
    ['no token', () => `${inspector().origin}/`, 'Open the address that the command printed'],
    [
      'a wrong one',
      () => `${inspector().origin}/#token=${'A'.repeat(43)}`,
      'The command refuses this page',
    ],
  ])('shows nothing to an address with %s, and says what to do', async (_, url, title) => {
    const { page, faults } = await opened(browser(), url());
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.locator('.panes').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('answers to its own name only', async () => {
    const asked = request({
      port: inspector().port,
      host: '127.0.0.1',
      headers: { Host: 'rebound.example' },
    });
    asked.end();
    const [response] = await once(asked, 'response');
    expect(response.statusCode).toBe(421);
    response.destroy();
  });

  it('runs no script and loads no picture from a document', async () => {
    const { page } = await opened(browser(), inspector().url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const blocked = await page.evaluate(async () => {
      const directives: string[] = [];
      const done = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (directives.push(effectiveDirective) === 3) resolve();
        });
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const image = new Image();
      image.src = 'https://elsewhere.example/picture.png';
      fetch('https://elsewhere.example/').catch(() => {});
      await done;
      return { directives: directives.sort(), injected: 'injected' in window };
    });
    expect(blocked).toEqual({
      directives: ['connect-src', 'img-src', 'script-src-elem'],
      injected: false,
    });
  });

  it('shows names from a file as text, whatever they say', async () => {
    const { page } = await opened(browser(), inspector().url);
    const name = '<img src=x onerror="window.injected=true"><b>bold</b>';
    const deployment = { ...deploymentOf(ARTICLE, 'Basic'), name };
    const claim: ClaimVerdict = {
      ...{ id: 'confinement', name, kind: 'always', deployment: name, expected: 'holds' },
      ...{ verdict: 'holds', states: 1, transitions: 1, depth: 1, milliseconds: 1, trace: null },
      loop: null,
      vacuity: null,
      cause: null,
    };
    await choose(page, 'names.json', JSON.stringify(documentOf(deployment, claim)));
    await page.locator('.claims-table').getByText(name).first().waitFor();
    expect(await page.locator('main img, main td b').count()).toBe(0);
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  });

  type Opening = { readonly at: () => string; readonly isHeard: boolean };
  const named = (token: string) =>
    `${inspector().origin}/#view=live&token=${token}&opener=http://127.0.0.1:${foreign.port}`;

  it.each<[string, Opening]>([
    [
      'a page that opened it without a token',
      { at: () => `${inspector().origin}/`, isHeard: false },
    ],
    ['a page that opened it with the token alone', { at: () => inspector().url, isHeard: false }],
    [
      'a page that names itself with a wrong token',
      { at: () => named('A'.repeat(43)), isHeard: false },
    ],
    [
      'a page that its address names, with the token',
      { at: () => named(inspector().token), isHeard: true },
    ],
  ])('hears only who may be heard: %s', async (_, { at, isHeard }) => {
    const { page, context } = await watched(browser());
    await page.goto(`http://127.0.0.1:${foreign.port}/`);
    const opening = context.waitForEvent('page');
    await page.evaluate((url) => {
      const told: unknown[] = [];
      addEventListener('message', ({ data }) => told.push(data));
      Object.assign(window, { told, inspector: open(url) });
    }, at());
    const popup = await opening;
    await popup.getByRole('heading', { level: 1 }).waitFor();
    const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told);
    if (isHeard) await soon(told).toEqual([{ type: '@statelyai.connected' }]);
    await page.evaluate(async (forged) => {
      const target = (window as unknown as { inspector: Window }).inspector;
      const frame = document.createElement('iframe');
      frame.src = '/frame';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      const script = frame.contentDocument!.createElement('script');
      script.textContent = `parent.inspector.postMessage(${JSON.stringify(forged)}, '*')`;
      frame.contentDocument!.body.append(script); // posts from the frame
      target.postMessage({ ...forged, name: 'posted', sessionId: 'x:2' }, '*');
    }, FORGED);
    if (isHeard) await popup.getByRole('combobox', { name: 'Source' }).waitFor();
    // A message that the popup sends itself comes after those that were posted before.
    await popup.evaluate(
      () =>
        new Promise<void>((resolve) => {
          addEventListener('message', ({ data }) => data === 'last' && resolve());
          postMessage('last', '*');
        }),
    );
    const sources = await popup.getByText('the page that opened this one').count();
    expect(sources > 0).toBe(isHeard);
    expect(await popup.getByText('forged').count()).toBe(0);
    if (!isHeard) expect(await told()).toEqual([]);
  });
});
