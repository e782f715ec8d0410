/**
 * Samba's ntlm_auth with winbindd of a domain controller, which knows every account: behind a small
 * HTTP server of ours, and another instance behind.
 *
 * The folder of winbindd's socket is compiled into the helper's library. Samba's own tests move it
 * by a variable that counts only where libnss_wrapper is loaded, and so does this.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Lab } from '../lab.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { type Acceptor, ALICE, BOB, type Started, together } from '../started.ts';
import {
  DC_NEEDS,
  type DomainController,
  domainController,
  sharedWith,
} from './domain-controller.ts';
import { startNtlmAuth } from './ntlm-auth-server.ts';

/** The environment in which a program finds the controller's winbindd. */
function environmentFor(lab: Lab, { winbindd }: DomainController) {
  const folder = lab.folderOf('nss');
  const [passwd, group] = [join(folder, 'passwd'), join(folder, 'group')];
  writeFileSync(passwd, `x:x:${process.getuid?.() ?? 0}:0::/:/bin/sh\n`);
  writeFileSync(group, 'x:x:0:\n');
  return {
    LD_PRELOAD: 'libnss_wrapper.so',
    NSS_WRAPPER_PASSWD: passwd,
    NSS_WRAPPER_GROUP: group,
    SELFTEST_WINBINDD_SOCKET_DIR: winbindd,
  };
}

function startWinbind(
  lab: Lab,
  dc: DomainController,
  name: string,
  host: string,
  computer: string,
  behind: string | null,
): Promise<Started> {
  const args = [`--configfile=${dc.config}`, `--option=netbios name=${computer}`];
  return startNtlmAuth(lab, {
    name,
    host,
    computer,
    helper: { args, environment: environmentFor(lab, dc) },
    isKnown: () => true,
    behind,
    accounts: { right: ALICE, other: BOB },
  });
}

export const ntlmAuthWinbind: Acceptor = {
  name: 'ntlm-auth-winbind',
  needs: [...DC_NEEDS, REQUIREMENTS.nssWrapper],
  policy: POLICIES.ntlmAuth,
  start: async (lab) => {
    const name = 'ntlm-auth-winbind';
    const dc = await domainController(lab);
    const back = await startWinbind(lab, dc, `${name}-back`, '127.0.0.13', 'WBACK', null);
    const { origin } = back.target;
    const front = await startWinbind(lab, dc, name, '127.0.0.12', 'WFRONT', origin);
    return together(front.target, back.target, [front, back, sharedWith(dc)]);
  },
};
