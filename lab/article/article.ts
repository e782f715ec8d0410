/**
 * The article's deployment with real software: a front end, a mailbox behind it, and a recording
 * tap before each.
 *
 * @source KB 183545
 */

import type { Recording } from '../../conformance/recording/recording.ts';
import { type Recorder, recorder } from '../../conformance/serve/recorder.ts';
import { APACHE_NEEDS, basicFrom, locked, startApache } from '../acceptors/apache.ts';
import { BASIC_MODULES, startApacheBasic } from '../acceptors/apache-basic.ts';
import { localHelperArgs, ntlmAuth, startLocal } from '../acceptors/ntlm-auth.ts';
import type { Lab } from '../lab.ts';
import { type Address, originOf } from '../ports.ts';
import { PROXY_MODULES } from '../proxies/mod-proxy.ts';
import type { Requirement } from '../requirements.ts';
import { ALICE } from '../started.ts';
import { aboutThePage } from './about-the-page.ts';
import { startTap } from './tap.ts';
import { startTokenFrontEnd } from './token-front-end.ts';

export type Article = {
  /** The page that alice opens: the mailbox at the front end. */
  readonly url: string;
  /** It names the parties as the model's article does. */
  readonly recording: () => Recording;
};

/** The names of the parties in a recording. */
export const ORIGINS = {
  frontEnd: 'http://front-end.test',
  mailbox: 'http://mailbox.test',
} as const;

export type ArticleKind = {
  readonly mechanism: 'NTLM' | 'Basic';
  readonly needs: readonly Requirement[];
  readonly start: (lab: Lab) => Promise<Article>;
};

const NTLM_SOFTWARE = "Samba's ntlm_auth at the front end and at the mailbox";
const BASIC_SOFTWARE = 'Apache at the front end, with mod_proxy, and at the mailbox';
const MAILBOX_PATH = '/basic/';

export const ntlmArticle: ArticleKind = {
  mechanism: 'NTLM',
  needs: ntlmAuth.needs,
  start: async (lab) => {
    const written = recorder(`Chromium, and ${NTLM_SOFTWARE}`);
    const back = await startLocal(lab, 'article-mailbox', '127.0.0.6', 'MAILBOX');
    const mailbox = await startTap(lab, '127.0.0.6', {
      ...{ client: 'frontEnd', server: ORIGINS.mailbox, recorder: written },
      to: addressOf(back.target.origin),
    });
    const name = 'article-front-end';
    const front = await startTokenFrontEnd(
      lab,
      {
        ...{ name, host: '127.0.0.5', accounts: back.target.accounts },
        helper: { args: localHelperArgs(lab.folderOf(name), 'FRONTEND'), environment: {} },
        isKnown: (user) => user.toLowerCase() === `${ALICE.domain}\\${ALICE.user}`.toLowerCase(),
      },
      { origin: originOf(mailbox.address), path: back.target.path },
    );
    return opened(lab, written, front.target);
  },
};

export const basicArticle: ArticleKind = {
  mechanism: 'Basic',
  needs: APACHE_NEEDS,
  start: async (lab) => {
    const written = recorder(`Chromium, and ${BASIC_SOFTWARE}`);
    const back = await startApacheBasic(lab, 'article-mailbox', '127.0.0.15', 'MAILBOX');
    const mailbox = await startTap(lab, '127.0.0.15', {
      ...{ client: 'frontEnd', server: ORIGINS.mailbox, recorder: written },
      to: addressOf(back.target.origin),
    });
    const behind = `${originOf(mailbox.address)}${back.target.path}`;
    const { address } = await startApache(lab, {
      ...{ name: 'article-front-end', host: '127.0.0.14', computer: 'FRONTEND', pages: [] },
      modules: [...BASIC_MODULES, ...PROXY_MODULES],
      directives: (folder) => `ProxyPass ${MAILBOX_PATH} ${behind} disablereuse=On
${locked(MAILBOX_PATH, basicFrom(folder))}`,
    });
    return opened(lab, written, { origin: originOf(address), path: MAILBOX_PATH });
  },
};

export const ARTICLES: readonly ArticleKind[] = [ntlmArticle, basicArticle];

/** Adds a tap before the front end. */
async function opened(
  lab: Lab,
  written: Recorder,
  front: { readonly origin: string; readonly path: string },
): Promise<Article> {
  const to = addressOf(front.origin);
  const tap = await startTap(lab, to.host, {
    ...{ client: 'alice', server: ORIGINS.frontEnd, recorder: written, to },
  });
  return {
    url: `${originOf(tap.address)}${front.path}`,
    recording: () => aboutThePage(written.recording()),
  };
}

const addressOf = (origin: string): Address => {
  const { hostname, port } = new URL(origin);
  return { host: hostname, port: Number(port) };
};
