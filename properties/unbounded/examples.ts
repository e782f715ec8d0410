/** Small deployments that show every kind of connection of a class of networks. */
import { type Deployment, deploymentsOf, type Host } from '../../machines/system/topology.ts';
import { POOL_KEY, type Purpose } from '../../machines/vocabulary/purpose.ts';
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

/** Requests with credentials and without; all names in them may be any. */
const TASKS: readonly Purpose[] = ['alice', null].flatMap((credentials) =>
  (['none', 'always'] as const).map((delegation) => ({
    credentials,
    ambientIdentity: 'operator',
    origin: 'archive',
    proxyCredentials: null,
    delegation,
  })),
);

/** Hosts of four sorts, in a circle in which each stands before each once. */
const SORTS = [0, 0, 1, 0, 2, 0, 3, 1, 1, 2, 1, 3, 2, 2, 3, 3];

/**
 * Every host accepts NTLM, some over TLS; some users sit at a host's console, or have browsers that
 * close a connection after each reply; some hosts take a second name for their own. All users visit
 * all hosts: a host that only another calls on is never signed in to, and so calls on none.
 */
export function variedNtlm(): readonly Deployment[] {
  const row = [1, 2, 3, 4, 5];
  const name = (i: number) => `h${i}`;
  const users = [null, 'h1', 'h4', 'h5'].flatMap((at) =>
    [true, false].map((keepAlive) =>
      user(`user at ${at}, ${keepAlive}`, row.map(name), { at, keepAlive }),
    ),
  );
  const varied = (i: number, sort: number) =>
    host(name(i), {
      accepts: 'NTLM',
      callsOn: i < row.length ? name(i + 1) : null,
      certificate: sort % 2 === 0 ? null : `certificate of ${name(i)}`,
      names: sort < 2 ? [name(i)] : [name(i), `alias of ${name(i)}`],
    });
  return SORTS.flatMap((_, shift) =>
    deploymentsOf({
      name: 'varied',
      compare: [],
      users,
      hosts: row.map((i) => varied(i, SORTS[(i + shift) % SORTS.length]!)),
      programs: [],
      adversary: null,
      bounds: BOUNDS,
    }),
  );
}

/**
 * Every host accepts NTLM over TLS. An adversary has hosts and an account; users and hosts sign in
 * at its hosts too, and its hosts call on others.
 */
export function attackedHosts(): readonly Deployment[] {
  const tls = (name: string, callsOn: string | null) =>
    host(name, { accepts: 'NTLM', callsOn, certificate: `certificate of ${name}` });
  return deploymentsOf({
    name: 'adversary',
    compare: [],
    users: [
      user('alice', ['h1', 'h3', 'h4', 'h5', 'h6', 'e1']),
      user('mallory', ['h1', 'h3', 'h4', 'h6']),
    ],
    hosts: [
      tls('h1', 'h2'),
      tls('h2', 'h3'),
      tls('h3', 'h4'),
      tls('h4', null),
      tls('h5', 'h6'),
      tls('h6', 'e1'),
      tls('e1', null),
      tls('e2', 'h1'),
      tls('e3', 'h4'),
    ],
    programs: [],
    adversary: {
      name: 'adversary',
      controls: ['mallory', 'e1', 'e2', 'e3'],
      may: ['relay', 'strip', 'inject', 'replay', 'redirect'],
      knows: [],
    },
    bounds: BOUNDS,
  });
}

/** Proxies that pin a connection to each of a client's, before NTLM hosts that call on others. */
export const pinned = (): readonly Deployment[] =>
  deploymentsOf({
    name: 'pinned',
    compare: [],
    users: ['alice', 'bob'].map((name) => user(name, ['p1', 'p2', 'p3'])),
    hosts: [
      host('p1', { callsOn: 'h1', paths: ['pinned'] }),
      host('h1', { ...NTLM, callsOn: 'h2' }),
      host('h2', { ...NTLM, callsOn: 'h3' }),
      host('h3', NTLM),
      host('p2', { callsOn: 'h4', paths: ['pinned'] }),
      host('h4', { ...NTLM, callsOn: 'h5' }),
      host('h5', NTLM),
      host('p3', { callsOn: 'h6', paths: ['pinned'] }),
      host('h6', NTLM),
    ],
    programs: [],
    adversary: null,
    bounds: BOUNDS,
  });

/** A server that accepts NTLM, and nothing behind it. */
export const single = (): readonly Deployment[] => chained([NTLM]);

/** A program whose pool compares every part of the key, at a host that accepts NTLM. */
export const pooled = (): readonly Deployment[] =>
  deploymentsOf({
    name: 'pooled',
    compare: [],
    users: ['alice', 'bob', 'operator'].map((name) => user(name, [])),
    hosts: [host('h1', { accepts: 'NTLM' })],
    programs: [
      {
        name: 'service',
        connectsTo: 'h1',
        poolKey: POOL_KEY,
        tasks: TASKS,
        keepAlive: true,
        handshake: 'connection',
      },
    ],
    adversary: null,
    bounds: BOUNDS,
  });

/** Hosts that send their visitors to others, which may send them further. */
export function redirecting(): readonly Deployment[] {
  return [NTLM, ...BASIC].flatMap((first) =>
    [NTLM, ...BASIC].flatMap((second) =>
      deploymentsOf({
        name: 'redirecting',
        compare: [],
        users: [user('alice', ['h1', 'h2', 'h3', 'h4']), user('bob', ['h1', 'h2', 'h3'])],
        hosts: [
          host('h1', { ...first, redirectsTo: 'h2' }),
          host('h2', { ...second, redirectsTo: 'h3' }),
          host('h3', first),
          host('h4', { ...first, redirectsTo: 'h3' }),
        ],
        programs: [],
        adversary: null,
        bounds: BOUNDS,
      }),
    ),
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
