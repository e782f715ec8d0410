/** A page in a context of its own, and all that it asked of the network or complained about. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import type { Inspector } from './command.ts';

export type ObservedReaction = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly requests: readonly string[]; // URLs, those of WebSockets among them
  readonly faults: readonly string[]; // uncaught errors, and errors on the console
};

const WINDOW = { width: 1440, height: 900 };
const PATIENCE_MS = 45_000;

/** A desktop's window, in light colours, where `options` do not say otherwise. */
export async function contextOf(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: WINDOW,
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Closed when the test ends. */
export async function watched(
  browser: Browser,
  options?: BrowserContextOptions,
): Promise<ObservedReaction> {
  const context = await contextOf(browser, options);
  onTestFinished(() => context.close());
  return watchedIn(context);
}

export async function watchedIn(context: BrowserContext): Promise<ObservedReaction> {
  const requests: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('page', (opened) => listen(opened));
  const listen = (page: Page) => {
    page.on('websocket', (socket) => requests.push(socket.url()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
  };
  const page = await context.newPage();
  return { page, context, requests, faults };
}

/** Opens `url` in a watched page. */
export async function opened(
  browser: Browser,
  url: string,
  options?: BrowserContextOptions,
): Promise<ObservedReaction> {
  const watching = await watched(browser, options);
  await watching.page.goto(url);
  return watching;
}

const OWN = /^(?:https?|ws):\/\/127\.0\.0\.1:\d+\/|^(?:data|blob):/;

/** Requests that left this machine. */
export const astray = ({ requests }: ObservedReaction): readonly string[] =>
  requests.filter((url) => !OWN.test(url));

type Fields = Readonly<Record<string, string>>;

/**
 * One page for all tests of a `describe`, loaded once. After each of them it must have had
 * nothing to complain of.
 *
 * @returns what shows another place in it.
 */
export function sharedPage(
  browser: () => Browser,
  inspector: () => Inspector,
): (fields: Fields) => Promise<Page> {
  let watching: ObservedReaction | undefined;
  beforeAll(async () => {
    watching = await watchedIn(await contextOf(browser()));
    await watching.page.goto(inspector().url);
  });
  let known = 0; // faults of earlier tests
  afterEach(() => {
    const faults = watching?.faults.slice(known) ?? [];
    known += faults.length;
    expect(faults).toEqual([]);
  });
  afterAll(() => watching?.context.close());
  return async (fields) => {
    const { page } = watching!;
    await page.setViewportSize(WINDOW);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: null, forcedColors: null });
    await page.keyboard.press('Escape'); // what the last test left behind goes
    await page.goto(inspector().at({ view: 'nothing' }));
    await page.goto(inspector().at(fields));
    return page;
  };
}
