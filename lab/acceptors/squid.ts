/**
 * squid as a proxy that asks for NTLM (407), with Samba's ntlm_auth in local mode as its helper:
 * two instances. Behind it is a public page that names the user whom squid named.
 *
 * The helper accepts every name with the password of its one account, and squid believes it. So
 * this acceptor shows nothing about names.
 *
 * @source RFC 9110 11.7; squid.conf, auth_param ntlm
 */
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Lab } from '../lab.ts';
import { originOf } from '../ports.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { type Acceptor, ALICE, type Started, targetAt, together } from '../started.ts';
import { localHelperArgs } from './ntlm-auth.ts';
import { HELPER_PROTOCOL, NTLM_AUTH } from './ntlm-helper.ts';
import { serveHttp } from './serve-http.ts';
import { SQUID_NEEDS, startSquid } from './start-squid.ts';

const NAMED = 'X-Proxy-User';

/** Answers every request, and repeats in X-User the user whom the proxy named. */
const startOrigin = (lab: Lab) =>
  serveHttp(lab, 'squid-origin', '127.0.0.18', (request, response) => {
    const user = request.headers[NAMED.toLowerCase()];
    response.setHeader('X-Server', 'ORIGIN');
    if (typeof user === 'string' && user !== '-') response.setHeader('X-User', user);
    response.end('ok\n');
  });

const directives = (folder: string, computer: string) => {
  const args = localHelperArgs(folder, computer).join(' ');
  return `auth_param ntlm program ${NTLM_AUTH} ${HELPER_PROTOCOL} ${args}
auth_param ntlm children 16 startup=2 idle=1
acl signed-in proxy_auth REQUIRED
request_header_add ${NAMED} "%ul" all
http_access allow signed-in
http_access deny all
`;
};

export const squid: Acceptor = {
  name: 'squid',
  needs: [...SQUID_NEEDS, REQUIREMENTS.ntlmAuth],
  policy: POLICIES.squid,
  start: async (lab) => {
    const origin = await startOrigin(lab);
    const started = async (name: string, host: string, computer: string): Promise<Started> => {
      const { address, running } = await startSquid(lab, name, host, (folder) =>
        directives(folder, computer),
      );
      const target = targetAt(origin.address, '/', {
        proxy: originOf(address),
        accounts: { right: ALICE, other: null },
      });
      return together(target, null, [running]);
    };
    const front = await started('squid', '127.0.0.8', 'SQUID');
    const back = await started('squid-back', '127.0.0.9', 'SQUIDBACK');
    return together(front.target, back.target, [front, back, origin]);
  },
};
