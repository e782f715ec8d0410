/** NTLM by mod_auth_gssapi and gss-ntlmssp in Apache: two instances with the same accounts. */
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Lab } from '../lab.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { type Acceptor, type Started, targetAt, together } from '../started.ts';
import { APACHE_NEEDS, locked, NTLM, startApache } from './apache.ts';

const PATH = '/ntlm/';

/** One instance, at a free port of `host`. */
export async function startApacheGssapi(
  lab: Lab,
  name: string,
  host: string,
  computer: string,
): Promise<Started> {
  const { address, running } = await startApache(lab, {
    name,
    host,
    computer,
    modules: ['auth_gssapi'],
    directives: () => locked(PATH, NTLM),
    pages: [PATH],
  });
  return together(targetAt(address, PATH), null, [running]);
}

export const apacheGssapi: Acceptor = {
  name: 'apache-gssapi',
  needs: [...APACHE_NEEDS, REQUIREMENTS.modAuthGssapi, REQUIREMENTS.gssNtlmssp],
  policy: POLICIES.modAuthGssapi,
  start: async (lab) => {
    const front = await startApacheGssapi(lab, 'apache-gssapi', '127.0.0.2', 'FRONT');
    const back = await startApacheGssapi(lab, 'apache-gssapi-back', '127.0.0.3', 'BACK');
    return together(front.target, back.target, [front, back]);
  },
};
