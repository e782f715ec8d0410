/**
 * A user of a real Chromium, who opens a page and types the same password at each prompt, a limited
 * number of times. The article is about the number of prompts.
 *
 * @source Chrome DevTools Protocol, domain Fetch (authRequired, continueWithAuth)
 */
import type { Account } from '../../conformance/codec/initiate.ts';
import { launched } from '../clients/software/chromium.ts';

export type Visited = {
  readonly status: number | null; // of the last page. Null: there is none
  readonly prompts: number;
  readonly version: string; // "156.0.8078.79"
};

const PAGE_MILLISECONDS = 10_000;
const SLASH = '\\';

/** @param typing - the number of prompts that are answered; the next one is dismissed. */
export async function visit(url: string, account: Account, typing: number): Promise<Visited> {
  const browser = await launched();
  try {
    const page = await (await browser.newContext()).newPage();
    const session = await page.context().newCDPSession(page);
    const { domain, user, password } = account;
    const username = domain === '' ? user : `${domain}${SLASH}${user}`;
    let prompts = 0;
    session.on('Fetch.requestPaused', ({ requestId }) => {
      session.send('Fetch.continueRequest', { requestId }).catch(() => {}); // the page has gone
    });
    session.on('Fetch.authRequired', ({ requestId }) => {
      prompts += 1;
      const authChallengeResponse =
        prompts <= typing
          ? { response: 'ProvideCredentials' as const, username, password }
          : { response: 'CancelAuth' as const };
      session.send('Fetch.continueWithAuth', { requestId, authChallengeResponse }).catch(() => {});
    });
    await session.send('Fetch.enable', { handleAuthRequests: true });
    const reply = await page.goto(url, { timeout: PAGE_MILLISECONDS, waitUntil: 'load' });
    return { status: reply?.status() ?? null, prompts, version: browser.version() };
  } finally {
    await browser.close();
  }
}
