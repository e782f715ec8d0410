/**
 * A domain controller: Samba's, of a domain of its own, with the accounts of the laboratory. It has
 * winbindd, and LDAP. There is one for each laboratory: it takes seconds and root.
 *
 * Its ports are those of the protocols (88, 389 and others), so it has a random
 * address of its own: two laboratories do not collide.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../lab.ts';
import type { Address } from '../ports.ts';
import type { Running } from '../processes.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { LabError, runCommand } from '../run-command.ts';
import { ALICE, BOB, DOMAIN } from '../started.ts';

export type DomainController = {
  readonly host: string; // its address
  readonly base: string; // distinguished name of the domain
  readonly config: string; // path of smb.conf
  readonly winbindd: string; // folder of winbindd's socket
  readonly running: Running;
};

export const DC_NEEDS = [
  REQUIREMENTS.linux,
  REQUIREMENTS.root,
  REQUIREMENTS.samba,
  REQUIREMENTS.sambaDc,
  REQUIREMENTS.sambaProvision,
  REQUIREMENTS.sambaModules,
  REQUIREMENTS.ntlmAuth, // its package has winbindd as well
  REQUIREMENTS.ldbTools,
];

const REALM = 'AD.TEST';
const BASE = 'dc=ad,dc=test';
const KERBEROS = 88;
const LDAP = 389;
const PROVISION_MILLISECONDS = 300_000; // against hanging alone
const START_MILLISECONDS = 120_000;
const USER_ACCOUNT = 66_048; // NORMAL_ACCOUNT, DONT_EXPIRE_PASSWORD (MS-ADTS 2.2.16)

/** The laboratory's domain controller, started at its first use. */
export const domainController = (lab: Lab): Promise<DomainController> =>
  lab.shared('domain controller', () => startDomainController(lab, drawnHost()));

const drawnHost = () => {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `127.${part()}.${part()}.11`;
};

/** As one of several servers. It outlives them, and stops with the laboratory. */
export const sharedWith = ({ running: { log, trouble } }: DomainController) => ({
  log,
  trouble,
  stop: async () => {},
});

/** @throws LabError if it is not root, a port is taken, or it does not start. */
export async function startDomainController(lab: Lab, host: string): Promise<DomainController> {
  const name = 'domain-controller';
  const folder = lab.folderOf(name);
  const provision = [
    ...['/usr/bin/samba-tool', 'domain', 'provision', `--targetdir=${folder}`],
    ...[`--realm=${REALM}`, `--domain=${DOMAIN}`, '--server-role=dc', '--dns-backend=NONE'],
    ...['--adminpass=Adm1n!Passw0rd', '--host-name=dc1', `--host-ip=${host}`],
    ...[`--option=interfaces=${host}/8`, '--option=bind interfaces only=yes'],
  ] as const;
  await runCommand(name, provision, PROVISION_MILLISECONDS);
  const config = join(folder, 'etc', 'smb.conf');
  writeFileSync(config, configOf(folder, host));
  const users = join(folder, 'users.ldif');
  writeFileSync(users, [ALICE, BOB].map(ldifOf).join('\n'));
  const database = join(folder, 'private', 'sam.ldb');
  await runCommand(name, ['/usr/bin/ldbadd', '-H', database, users], PROVISION_MILLISECONDS);
  const running = await lab.run({
    name,
    folder,
    command: '/usr/sbin/samba',
    args: ['--foreground', '--no-process-group', '-s', config],
    listens: [KERBEROS, LDAP].map((port): Address => ({ host, port })),
    logs: ['samba.log'],
    startMilliseconds: START_MILLISECONDS,
  });
  const winbindd = join(folder, 'winbindd');
  const end = performance.now() + START_MILLISECONDS;
  while (!existsSync(join(winbindd, 'pipe'))) {
    if (performance.now() > end) throw new LabError(`${name}: its winbindd does not start`);
    await sleep(50);
  }
  return { host, base: BASE, config, winbindd, running };
}

const configOf = (folder: string, host: string) => `[global]
  netbios name = DC1
  realm = ${REALM}
  workgroup = ${DOMAIN}
  server role = active directory domain controller
  server services = ldap, cldap, kdc, rpc, winbindd
  interfaces = ${host}/8
  bind interfaces only = yes
  private dir = ${folder}/private
  state directory = ${folder}/state
  cache directory = ${folder}/cache
  lock directory = ${folder}
  binddns dir = ${folder}/bind-dns
  ncalrpc dir = ${folder}/ncalrpc
  pid directory = ${folder}
  winbindd socket directory = ${folder}/winbindd
  ntp signd socket directory = ${folder}/ntp
  log file = ${folder}/samba.log
  logging = file
  log level = 1 auth_audit:3
  ldap server require strong auth = no
`;

/** The password has quotation marks around it (MS-ADTS 3.1.1.3.1.5.1). */
const ldifOf = ({ user, password }: typeof ALICE) => `dn: CN=${user},CN=Users,${BASE}
objectClass: user
sAMAccountName: ${user}
userAccountControl: ${USER_ACCOUNT}
unicodePwd:: ${Buffer.from(`"${password}"`, 'utf16le').toString('base64')}
`;
