/** A real Chromium. Without one, tests that need it are left out; in CI that is an error. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const HELP = "install Debian's package chromium, or set CHROMIUM to the path of one";

/** Undefined: there is none. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path));

if (CHROMIUM === undefined) {
  if (process.env.CI !== undefined) throw new Error(`no Chromium is here: ${HELP}`);
  console.warn(`The tests in a browser are left out, for no Chromium is here: ${HELP}.`);
}

const QUIET = [
  '--no-sandbox', // CI runs as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(`no Chromium is here: ${HELP}`);
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** One browser for all tests of a `describe`. @returns what gives it, once they run. */
export function sharedBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return () => browser!;
}
