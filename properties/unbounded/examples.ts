/** Small deployments that show every kind of connection of a class of networks. */
import { type Deployment, deploymentsOf, type Host } from '../../machines/system/topology.ts';
import { host, user } from '../deployments/defaults.ts';
import { PATHS } from './abstraction.ts';

const BOUNDS = {
  connections: 2, // with one alone, a browser would seem to know only one
  challenges: 2,
  pages: PATHS,
  wrongPasswords: true,
  closing: true,
};

type Acceptor = Pick<Host, 'accepts' | 'logonMethod'>;
const NTLM: Acceptor = { accepts: 'NTLM', logonMethod: 'ClearText' };
const BASIC: readonly Acceptor[] = [
  { accepts: 'Basic', logonMethod: 'ClearText' },
  { accepts: 'Basic', logonMethod: 'Network' },
];

/** Every host accepts NTLM. */
export const honestNtlm = (): readonly Deployment[] => rows([NTLM]);

/** Each host accepts NTLM, or Basic with a logon of either method. */
export const honestMixed = (): readonly Deployment[] => rows([NTLM, ...BASIC]);

/**
 * Hosts in a row. A connection's neighbours are those to the hosts before and after, so that rows
 * of four show every edge; the last host of four is of one sort, as nothing behind it differs.
 */
function rows(acceptors: readonly Acceptor[]): readonly Deployment[] {
  const row = (length: number): readonly (readonly Acceptor[])[] =>
    length === 0 ? [[]] : row(length - 1).flatMap((some) => acceptors.map((one) => [...some, one]));
  return [...row(2), ...row(3), ...row(3).map((some) => [...some, NTLM])].flatMap((hosts) =>
    chained(hosts),
  );
}

function chained(options: readonly Acceptor[]): readonly Deployment[] {
  const name = (i: number) => `h${i + 1}`;
  const hosts = options.map((some, i) =>
    host(name(i), { ...some, callsOn: i + 1 < options.length ? name(i + 1) : null }),
  );
  const last = name(options.length - 1);
  return deploymentsOf({
    name: options.map(({ accepts }) => accepts).join(', '),
    compare: [],
    users: [user('alice', ['h1']), user('bob', ['h1', last])],
    hosts,
    programs: [],
    adversary: null,
    bounds: BOUNDS,
  });
}
