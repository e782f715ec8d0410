/**
 * An Apache of the laboratory: one process in the foreground with its own configuration. The files
 * that use it add the access rules.
 *
 * Stock gss-ntlmssp wants the VERSION field in a NEGOTIATE_MESSAGE, which MS-NLMP lets a client
 * leave out and curl does; and where the client offers ALWAYS_SIGN, it wants that field later on as
 * well. Two lines of mod_headers pad the message and remove the flag. A client that covers its
 * messages with a MIC, as Chromium does, is then refused. A third line refuses NTLMv1 responses.
 *
 * @source MS-NLMP 2.2.1.1 (NEGOTIATE_MESSAGE), 2.2.2.10 (VERSION), 2.2.1.3 (length of responses)
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { type Address, freeAddress } from '../ports.ts';
import type { Running } from '../processes.ts';
import { REQUIREMENTS } from '../requirements.ts';
import { ALICE, BOB, DOMAIN } from '../started.ts';

const MODULES = '/usr/lib/apache2/modules';
const BASE_MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers'];

export const APACHE_NEEDS = [REQUIREMENTS.linux, REQUIREMENTS.apache];

export type ApacheOptions = {
  readonly name: string; // for error messages and for its folder
  readonly host: string;
  /** Its name in challenges and in X-Server. Null: it forwards that of the server behind it. */
  readonly computer: string | null;
  readonly modules: readonly string[]; // beside those of every instance
  /** Its own directives. Its files are in `folder`, its pages below `folder`/www. */
  readonly directives: (folder: string) => string;
  readonly pages: readonly string[]; // paths of folders, as "/ntlm/"
};

/** Starts an instance. */
export async function startApache(
  lab: Lab,
  options: ApacheOptions,
): Promise<{ readonly address: Address; readonly running: Running }> {
  const { name, host, computer, directives, pages } = options;
  const folder = lab.folderOf(name);
  const address = await freeAddress(host);
  mkdirSync(join(folder, 'www'));
  for (const page of pages) {
    mkdirSync(join(folder, 'www', page), { recursive: true });
    writeFileSync(join(folder, 'www', page, 'index.html'), `${name} ${page} ok\n`);
  }
  writeFileSync(join(folder, 'ntlm.users'), [ALICE, BOB].map(ntlmUser).join(''));
  writeFileSync(join(folder, 'htpasswd'), [ALICE, BOB].map(basicUser).join(''));
  const config = join(folder, 'apache.conf');
  writeFileSync(config, configOf(lab, folder, address, options) + directives(folder));
  const running = await lab.run({
    name,
    folder,
    command: '/usr/sbin/apache2',
    args: ['-f', config, '-DFOREGROUND'],
    environment: {
      NTLM_USER_FILE: join(folder, 'ntlm.users'),
      NETBIOS_COMPUTER_NAME: computer ?? 'PROXY',
      NETBIOS_DOMAIN_NAME: DOMAIN,
    },
    listens: [address],
    logs: ['error.log', 'access.log'],
  });
  return { address, running };
}

type User = typeof ALICE;

const ntlmUser = ({ domain, user, password }: User) => `${domain}:${user}:${password}\n`;

const basicUser = ({ user, password }: User) =>
  `${user}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`;

const configOf = (
  { isRoot }: Lab,
  folder: string,
  { host, port }: Address,
  { name, computer, modules }: ApacheOptions,
) => `
${[...BASE_MODULES, ...modules].map(loaded).join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
ServerRoot ${folder}
ServerName ${name}.test
PidFile apache.pid
DefaultRuntimeDir ${folder}
Listen ${host}:${port}
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
KeepAliveTimeout 30
LogLevel warn${modules.includes('auth_gssapi') ? ' auth_gssapi:debug' : ''}
ErrorLog error.log
LogFormat "%h:%{remote}p %u \\"%r\\" %>s" short
CustomLog access.log short
DocumentRoot ${folder}/www
ForceType text/plain
RequestHeader edit Authorization "^NTLM TlRMTVNTUAABAAAABoII" "NTLM TlRMTVNTUAABAAAABgII" early
RequestHeader edit Authorization "^NTLM ([A-Za-z0-9+/]{43})=$" "NTLM $1AAAAAAAAAAA==" early
RequestHeader edit Authorization "^NTLM TlRMTVNTUAADAAAA.{8}AAAYABgA.*" "NTLM" early
${computer === null ? '' : named(computer)}
`;

const named = (computer: string) => `Header always set X-Server ${computer}
Header onsuccess set X-User "expr=%{REMOTE_USER}"`;

const loaded = (module: string) => `LoadModule ${module}_module ${MODULES}/mod_${module}.so`;

/** A path that needs a sign-in by these directives. */
export const locked = (path: string, directives: string): string => `
<Location ${path}>
  AuthName lab
  Require valid-user
  ${directives}
</Location>
`;

export const NTLM = `AuthType GSSAPI
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On`;

export const basicFrom = (folder: string): string => `AuthType Basic
  AuthBasicProvider file
  AuthUserFile ${folder}/htpasswd`;
