/**
 * Samba's ntlm_auth in local mode, with one account and no daemon: behind a small HTTP server of
 * ours, and another instance behind.
 *
 * In local mode the helper has one account and ignores names, so names are compared here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Lab } from '../lab.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { type Acceptor, ALICE, type Started, together } from '../started.ts';
import { startNtlmAuth } from './ntlm-auth-server.ts';

const KNOWN = [`${ALICE.domain}\\${ALICE.user}`, `\\${ALICE.user}`].map((name) =>
  name.toLowerCase(),
);

/** Arguments of ntlm_auth for ALICE alone, with a configuration below `folder`. */
export function localHelperArgs(folder: string, computer: string): readonly string[] {
  const below = join(folder, 'samba');
  mkdirSync(below, { recursive: true });
  const config = join(folder, 'smb.conf');
  writeFileSync(config, configOf(below, computer));
  return [
    `--configfile=${config}`,
    `--username=${ALICE.user}`,
    `--domain=${ALICE.domain}`,
    `--password=${ALICE.password}`,
  ];
}

const configOf = (folder: string, computer: string) => `[global]
  workgroup = ${ALICE.domain}
  netbios name = ${computer}
  server role = standalone server
  lock directory = ${folder}
  state directory = ${folder}
  cache directory = ${folder}
  private dir = ${folder}
  pid directory = ${folder}
  ncalrpc dir = ${folder}
`;

/** One instance. It forwards requests below /owa/ to `behind`, if that is an origin. */
export function startLocal(
  lab: Lab,
  name: string,
  host: string,
  computer: string,
  behind: string | null = null,
): Promise<Started> {
  const args = localHelperArgs(lab.folderOf(name), computer);
  return startNtlmAuth(lab, {
    name,
    host,
    computer,
    helper: { args, environment: {} },
    isKnown: (user) => KNOWN.includes(user.toLowerCase()),
    behind,
    accounts: { right: ALICE, other: null },
  });
}

export const ntlmAuth: Acceptor = {
  name: 'ntlm-auth',
  needs: [REQUIREMENTS.linux, REQUIREMENTS.ntlmAuth],
  policy: POLICIES.ntlmAuth,
  start: async (lab) => {
    const back = await startLocal(lab, 'ntlm-auth-back', '127.0.0.6', 'SBACK');
    const front = await startLocal(lab, 'ntlm-auth', '127.0.0.5', 'SFRONT', back.target.origin);
    return together(front.target, back.target, [front, back]);
  },
};
