/** Small deployments that show every kind of connection of a class of networks. */
import {
  type Deployment,
  deploymentsOf,
  type Host,
  type User,
} from '../../machines/system/topology.ts';
import { host, user } from '../deployments/defaults.ts';
import { PATHS } from './abstraction.ts';

const BOUNDS = {
  connections: 2, // with one alone, a browser would seem to know only one
  challenges: 2,
  pages: PATHS,
  wrongPasswords: true,
  closing: true,
};

/** Hosts in a row that accept NTLM, with users at the first and at the last. */
export function honestNtlm(): readonly Deployment[] {
  return chained(Array.from({ length: 4 }, () => ({ accepts: 'NTLM' as const })));
}

/** The same where each host accepts NTLM, or Basic with a logon of either method. */
export function honestMixed(): readonly Deployment[] {
  const hosts: readonly Partial<Host>[] = [
    { accepts: 'NTLM' },
    { accepts: 'Basic', logonMethod: 'ClearText' },
    { accepts: 'Basic', logonMethod: 'Network' },
  ];
  return hosts.flatMap((first) =>
    hosts.flatMap((second) =>
      hosts.flatMap((third) => hosts.flatMap((fourth) => chained([first, second, third, fourth]))),
    ),
  );
}

function chained(
  options: readonly Partial<Host>[],
  users: readonly User[] = [],
): readonly Deployment[] {
  const name = (i: number) => `h${i + 1}`;
  const hosts = options.map((some, i) =>
    host(name(i), { ...some, callsOn: i + 1 < options.length ? name(i + 1) : null }),
  );
  const last = name(options.length - 1);
  return deploymentsOf({
    name: options.map(({ accepts }) => accepts).join(', '),
    compare: [],
    users: [user('alice', ['h1']), user('bob', ['h1', last]), ...users],
    hosts,
    programs: [],
    adversary: null,
    bounds: BOUNDS,
  });
}
