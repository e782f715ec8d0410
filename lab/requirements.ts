/**
 * The requirements of the laboratory beyond npm: Debian's programs and modules, and sometimes root.
 * Each knows whether it is present, and the command that provides it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Requirement = {
  readonly name: string; // "mod_auth_gssapi"
  readonly isThere: () => boolean;
  readonly package: string | null; // of Debian 12; null: no package is enough
  readonly provides: string; // the command that provides it, or what to do
};

/** In CI a missing requirement is an error; elsewhere its tests are skipped, and say so. */
export const inCi: boolean = process.env.CI !== undefined;

/** The command that installs packages of Debian 12, for root. */
export const installCommand = (packages: readonly string[]): string =>
  `apt-get install --no-install-recommends ${packages.join(' ')}`;

const fromDebian = (name: string, pkg: string, path: string): Requirement => ({
  name,
  isThere: () => existsSync(path),
  package: pkg,
  provides: installCommand([pkg]),
});

/** The same of a file below /usr/lib/TRIPLET, which differs between architectures. */
const fromLibrary = (name: string, pkg: string, path: string): Requirement => ({
  name,
  isThere: () =>
    existsSync('/usr/lib') &&
    readdirSync('/usr/lib').some((triplet) => existsSync(join('/usr/lib', triplet, path))),
  package: pkg,
  provides: installCommand([pkg]),
});

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** By name. */
export const REQUIREMENTS = {
  linux: {
    name: 'Linux',
    isThere: () => process.platform === 'linux', // all of 127.0.0.0/8 is this machine
    package: null,
    provides: 'run it on Debian 12',
  },
  root: {
    name: 'root',
    isThere: () => process.getuid?.() === 0,
    package: null,
    provides: 'run it as root',
  },
  apache: fromDebian('Apache', 'apache2', '/usr/sbin/apache2'),
  modAuthGssapi: fromDebian(
    'mod_auth_gssapi',
    'libapache2-mod-auth-gssapi',
    '/usr/lib/apache2/modules/mod_auth_gssapi.so',
  ),
  gssNtlmssp: fromLibrary('gss-ntlmssp', 'gss-ntlmssp', 'gssntlmssp/gssntlmssp.so'),
  nginx: fromDebian('nginx', 'nginx-light', '/usr/sbin/nginx'),
  squid: fromDebian('squid', 'squid', '/usr/sbin/squid'),
  ntlmAuth: fromDebian('ntlm_auth', 'winbind', '/usr/bin/ntlm_auth'),
  samba: fromDebian('samba', 'samba', '/usr/sbin/samba'),
  sambaDc: fromDebian('the AD DC of Samba', 'samba-ad-dc', '/usr/share/doc/samba-ad-dc'),
  sambaProvision: fromDebian(
    'the schemas of Samba',
    'samba-ad-provision',
    '/usr/share/samba/setup/ad-schema',
  ),
  sambaModules: fromLibrary('the modules of Samba', 'samba-dsdb-modules', 'samba/ldb/acl.so'),
  ldbTools: fromDebian('ldbadd', 'ldb-tools', '/usr/bin/ldbadd'),
  nssWrapper: fromLibrary('libnss_wrapper', 'libnss-wrapper', 'libnss_wrapper.so'),
  curl: fromDebian('curl', 'curl', '/usr/bin/curl'),
  openssl: fromDebian('openssl', 'openssl', '/usr/bin/openssl'),
  tshark: fromDebian('tshark', 'tshark', '/usr/bin/tshark'),
  chromium: fromDebian('Chromium', 'chromium', chromium),
  requestsNtlm: fromDebian(
    'requests_ntlm',
    'python3-requests-ntlm',
    '/usr/lib/python3/dist-packages/requests_ntlm',
  ),
} as const satisfies Record<string, Requirement>;

/** All packages of Debian 12 that the laboratory needs. */
export const LAB_PACKAGES: readonly string[] = Object.values(REQUIREMENTS).flatMap((needed) =>
  needed.package === null ? [] : [needed.package],
);

/** Those of `needs` that are not there. */
export const missing = (needs: readonly Requirement[]): readonly Requirement[] =>
  needs.filter(({ isThere }) => !isThere());
