/**
 * Front ends that sign users in and forward the same header to a mailbox. With Basic the header has
 * the password; with NTLM it has a response to another challenge.
 *
 * @source KB 183545
 */
import { APACHE_NEEDS, basicFrom, locked, startApache } from '../acceptors/apache.ts';
import { BASIC_ACCOUNTS, BASIC_MODULES, startApacheBasic } from '../acceptors/apache-basic.ts';
import { ntlmAuth } from '../acceptors/ntlm-auth.ts';
import { FORWARDED_PATH } from '../acceptors/ntlm-auth-server.ts';
import type { Lab } from '../lab.ts';
import type { Requirement } from '../requirements.ts';
import { type Started, targetAt, together } from '../started.ts';
import { PROXY_MODULES } from './mod-proxy.ts';

export type FrontEnd = {
  readonly name: string;
  readonly mechanism: 'Basic' | 'NTLM';
  readonly needs: readonly Requirement[];
  /** The target is the mailbox through the front end; `back` is the mailbox itself. */
  readonly start: (lab: Lab) => Promise<Started>;
};

const FRONT_PATH = '/owa/basic/';

const basicFrontEnd: FrontEnd = {
  name: 'Apache with mod_proxy, in front of Apache',
  mechanism: 'Basic',
  needs: APACHE_NEEDS,
  start: async (lab) => {
    const back = await startApacheBasic(lab, 'article-back', '127.0.0.15', 'BACK');
    const { origin, path } = back.target;
    const { address, running } = await startApache(lab, {
      name: 'article-front',
      host: '127.0.0.14',
      computer: 'FRONT',
      modules: [...BASIC_MODULES, ...PROXY_MODULES],
      directives: (folder) => `ProxyPass ${FRONT_PATH} ${origin}${path} disablereuse=On
${locked(FRONT_PATH, basicFrom(folder))}`,
      pages: [],
    });
    return together(targetAt(address, FRONT_PATH, { accounts: BASIC_ACCOUNTS }), back.target, [
      running,
      back,
    ]);
  },
};

const ntlmFrontEnd: FrontEnd = {
  name: 'ntlm_auth, in front of ntlm_auth',
  mechanism: 'NTLM',
  needs: ntlmAuth.needs,
  start: async (lab) => {
    const started = await ntlmAuth.start(lab);
    const target = { ...started.target, path: FORWARDED_PATH };
    return together(target, started.back, [started]);
  },
};

/** The same deployment with each mechanism. */
export const FRONT_ENDS: readonly FrontEnd[] = [basicFrontEnd, ntlmFrontEnd];
