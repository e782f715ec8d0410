/** Basic by mod_auth_basic in Apache: two instances with the same accounts. */
import type { Lab } from '../lab.ts';
import { type Acceptor, ALICE, BOB, type Started, targetAt, together } from '../started.ts';
import { APACHE_NEEDS, basicFrom, locked, startApache } from './apache.ts';

const PATH = '/basic/';

/** The modules of mod_auth_basic. */
export const BASIC_MODULES = ['auth_basic', 'authn_file'] as const;

/** Without a domain, which a password file does not have. */
export const BASIC_ACCOUNTS = {
  right: { ...ALICE, domain: '' },
  other: { ...BOB, domain: '' },
} as const;

/** One instance, at a free port of `host`. */
export async function startApacheBasic(
  lab: Lab,
  name: string,
  host: string,
  computer: string,
): Promise<Started> {
  const { address, running } = await startApache(lab, {
    name,
    host,
    computer,
    modules: BASIC_MODULES,
    directives: (folder) => locked(PATH, basicFrom(folder)),
    pages: [PATH],
  });
  return together(targetAt(address, PATH, { accounts: BASIC_ACCOUNTS }), null, [running]);
}

export const apacheBasic: Acceptor = {
  name: 'apache-basic',
  needs: APACHE_NEEDS,
  policy: null,
  start: async (lab) => {
    const front = await startApacheBasic(lab, 'apache-basic', '127.0.0.14', 'FRONT');
    const back = await startApacheBasic(lab, 'apache-basic-back', '127.0.0.15', 'BACK');
    return together(front.target, back.target, [front, back]);
  },
};
