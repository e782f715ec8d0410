/** Names in a topology file that clash, or that do not exist. */
import { didYouMean, type Issue, issue } from '../bad-input.ts';
import type { TopologyFile } from '../topology-schema.ts';

export function* clashes({ hosts, users, programs, adversary }: TopologyFile): Iterable<Issue> {
  const owners = new Map<string, string>();
  for (const [list, parties] of Object.entries({ hosts, users, programs })) {
    for (const [i, { name }] of parties.entries()) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, `${list}[${i}]`);
      else yield issue([list, i, 'name'], `found "${name}", the name of ${owner}; it must differ`);
    }
  }
  if (adversary === undefined) return;
  const { name, controls } = adversary;
  const owner = owners.get(name);
  const isUser = users.some((user) => user.name === name);
  if (owner === undefined || (isUser && controls.includes(name))) return;
  const unless = isUser ? `, or add "${name}" to controls, as the adversary's account` : '';
  const what = `found "${name}", the name of ${owner}`;
  yield issue(['adversary', 'name'], `${what}; it must differ${unless}`);
}

export function* strangers(file: TopologyFile): Iterable<Issue> {
  const { hosts, users, programs, adversary } = file;
  const hostNames = hosts.map(({ name }) => name);
  const userNames = users.map(({ name }) => name);
  const named = [
    ...hosts.flatMap(({ callsOn, redirectsTo }, i) => [
      [['hosts', i, 'callsOn'], callsOn] as const,
      [['hosts', i, 'redirectsTo'], redirectsTo] as const,
    ]),
    ...users.flatMap(({ visits = [], at }, i) => [
      ...visits.map((visited, j) => [['users', i, 'visits', j], visited] as const),
      [['users', i, 'at'], at] as const,
    ]),
    ...programs.map(({ connectsTo }, i) => [['programs', i, 'connectsTo'], connectsTo] as const),
  ];
  for (const [path, name] of named)
    if (name !== undefined && !hostNames.includes(name))
      yield issue(path, `no host is named "${name}"; ${those('host', hostNames, name)}`);
  for (const [i, name] of (adversary?.knows ?? []).entries())
    if (!userNames.includes(name))
      yield issue(
        ['adversary', 'knows', i],
        `no user is named "${name}"; ${those('user', userNames, name)}`,
      );
}

/** Controlled hosts, users and wires that do not exist. */
export function* uncontrollable(file: TopologyFile): Iterable<Issue> {
  const { hosts, users, adversary } = file;
  const parties = [...hosts, ...users].map(({ name }) => name);
  const wires = wiresOf(file);
  let account: string | null = null;
  for (const [i, name] of (adversary?.controls ?? []).entries()) {
    const path = ['adversary', 'controls', i];
    if (name.includes('>')) {
      if (!wires.includes(name))
        yield issue(path, `there is no wire "${name}"; ${those('wire', wires, name)}`);
    } else if (!parties.includes(name)) {
      const hint = didYouMean(name, parties);
      yield issue(
        path,
        `no host or user is named "${name}"; the hosts and users are ${parties.join(', ')}${hint}`,
      );
    } else if (users.some((user) => user.name === name)) {
      if (account !== null)
        yield issue(
          path,
          `"${name}" would be a second account; the adversary has at most one, here "${account}"`,
        );
      account = name;
    }
  }
}

/** Every connection of two parties, as "from>to". */
const wiresOf = ({ hosts, users, programs }: TopologyFile): string[] => [
  ...users.flatMap((user) => visitsOf(user, hosts).map((host) => `${user.name}>${host}`)),
  ...hosts.flatMap(({ name, callsOn }) => (callsOn === undefined ? [] : [`${name}>${callsOn}`])),
  ...programs.map(({ name, connectsTo }) => `${name}>${connectsTo}`),
];

/** The hosts a user visits: the first, unless the file says otherwise. */
export const visitsOf = (
  { visits }: TopologyFile['users'][number],
  hosts: TopologyFile['hosts'],
): readonly string[] => visits ?? hosts.slice(0, 1).map(({ name }) => name);

const those = (kind: string, names: readonly string[], name: string) =>
  `${names.length === 1 ? `the only ${kind} is` : `the ${kind}s are`} ${names.join(', ')}` +
  didYouMean(name, names);
