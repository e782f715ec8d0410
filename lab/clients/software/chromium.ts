/**
 * Chromium without a window: one process, with a context for each user. Prompts are answered with
 * the user's account for the origin that asks.
 *
 * @source Chrome DevTools Protocol, domain Fetch (authRequired, continueWithAuth)
 */
import {
  type BrowserContext,
  type CDPSession,
  chromium as launcher,
  type Page,
} from 'playwright-core';
import type { Account } from '../../../conformance/codec/initiate.ts';
import { REQUIREMENTS } from '../../requirements.ts';
import {
  type Client,
  inWords,
  nameOf,
  VISIT_MAX,
  type Visit,
  type VisitOutcome,
  withinTime,
} from '../client.ts';

const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox', // CI runs as root
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.*',
];

export const chromium: Client = {
  name: 'Chromium',
  use: 'one process, headless, a context for each user; its prompts answered over CDP',
  conduct: 'its own',
  negotiatesAtOnce: false,
  needs: [REQUIREMENTS.chromium],
  version: async () => {
    const browser = await launched();
    try {
      return `Chromium ${browser.version()}`;
    } finally {
      await browser.close();
    }
  },
  run: async (visits) => {
    const browser = await launched();
    try {
      const users = new Map<string, User>();
      const outcomes: VisitOutcome[] = [];
      for (const visit of visits) {
        const known = users.get(visit.user);
        const user = known ?? (await opened(await browser.newContext(), visits, visit));
        users.set(visit.user, user);
        user.visit = visit;
        outcomes.push(await withinTime(shown(user.page, visit)));
      }
      return outcomes;
    } catch (error) {
      return visits.map(() => ({ status: null, trouble: inWords(error) }));
    } finally {
      await browser.close();
    }
  },
};

export const launched = () =>
  launcher.launch({ executablePath: PATH, args: ARGS, timeout: 60_000 });

type User = { readonly page: Page; visit: Visit };

/** @param visits - all that are made: they tell what to type where a redirect leads to. */
async function opened(
  context: BrowserContext,
  visits: readonly Visit[],
  visit: Visit,
): Promise<User> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const user = { page, visit };
  const own = visits.filter((each) => each.user === visit.user);
  await answering(session, (origin) => {
    const isThere = ({ url }: Visit) => new URL(url).origin === origin;
    return [user.visit, ...own].find(isThere)?.account ?? null;
  });
  return user;
}

/**
 * Answers the prompts of a page. A second prompt for the same account means that it was refused:
 * the prompt is cancelled, and the browser forgets the account.
 */
async function answering(session: CDPSession, accountAt: (origin: string) => Account | null) {
  const typed = new Map<string, Account>();
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.continueRequest', { requestId }).catch(() => {}); // the page has gone
  });
  session.on('Fetch.authRequired', ({ requestId, authChallenge: { origin } }) => {
    const account = accountAt(origin);
    const isNew = account !== null && account.password !== typed.get(origin)?.password;
    if (isNew) typed.set(origin, account);
    else typed.delete(origin);
    const answer = isNew
      ? {
          response: 'ProvideCredentials' as const,
          username: nameOf(account),
          password: account.password,
        }
      : { response: 'CancelAuth' as const };
    session
      .send('Fetch.continueWithAuth', { requestId, authChallengeResponse: answer })
      .catch(() => {});
  });
  await session.send('Fetch.enable', { handleAuthRequests: true });
}

async function shown(page: Page, { url }: Visit): Promise<VisitOutcome> {
  try {
    const reply = await page.goto(url, { timeout: VISIT_MAX - 1_500, waitUntil: 'commit' });
    return { status: reply?.status() ?? null, trouble: null };
  } catch (error) {
    await page.goto('about:blank', { timeout: 1_000 }).catch(() => {}); // off the error page
    return { status: null, trouble: inWords(error).replace(/ at http.*/, '') };
  }
}
