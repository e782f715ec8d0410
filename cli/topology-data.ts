/** A topology file's data as a topology, or what it gets wrong, field by field and as a whole. */
import { POLICIES } from '../machines/ntlm/policy.ts';
import type { Topology } from '../machines/system/topology.ts';
import { didYouMean, type Issue, issue, parse } from './bad-input.ts';
import { format, type TopologyFile } from './topology-schema.ts';

export type ParsedTopology =
  | { readonly topology: Topology; readonly issues: readonly [] }
  | { readonly topology: null; readonly issues: readonly Issue[] }; // at least one

/** `data` as a topology, which is called `defaultName` unless it says otherwise. */
export function parseTopology(data: unknown, defaultName: string): ParsedTopology {
  const { data: file, issues } = parse(format, data);
  if (file === null) return { topology: null, issues };
  const contradictions = contradictionsIn(file);
  return contradictions.length > 0
    ? { topology: null, issues: contradictions }
    : { topology: topologyOf(file, defaultName), issues: [] };
}

function topologyOf(
  { name, compare, hosts, users, bounds }: TopologyFile,
  defaultName: string,
): Topology {
  return {
    name: name ?? defaultName,
    compare,
    users: users.map((user) => ({ name: user.name, visits: visitsOf(user, hosts) })),
    hosts: hosts.map(({ accepts = null, callsOn = null, policy, ...host }) => ({
      ...host,
      accepts,
      callsOn,
      policy: typeof policy === 'string' ? POLICIES[policy] : policy,
    })),
    bounds,
  };
}

/** The hosts a user visits: the first, unless the file says otherwise. */
const visitsOf = ({ visits }: TopologyFile['users'][number], hosts: TopologyFile['hosts']) =>
  visits ?? hosts.slice(0, 1).map(({ name }) => name);

/** Names that clash or lead nowhere, circles, mechanisms left open, and hosts nobody comes to. */
const contradictionsIn = (file: TopologyFile): readonly Issue[] =>
  [clashes, strangers, circles, undecided, idle].flatMap((find) => [...find(file)]);

function* clashes({ hosts, users }: TopologyFile): Iterable<Issue> {
  const owners = new Map<string, string>();
  for (const [list, parties] of Object.entries({ hosts, users })) {
    for (const [i, { name }] of parties.entries()) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, `${list}[${i}]`);
      else yield issue([list, i, 'name'], `found "${name}", the name of ${owner}; it must differ`);
    }
  }
}

function* strangers({ hosts, users }: TopologyFile): Iterable<Issue> {
  const names = hosts.map(({ name }) => name);
  const used = [
    ...hosts.map(({ callsOn }, i) => [['hosts', i, 'callsOn'], callsOn] as const),
    ...users.flatMap(({ visits = [] }, i) =>
      visits.map((visited, j) => [['users', i, 'visits', j], visited] as const),
    ),
  ];
  for (const [path, name] of used) {
    if (name === undefined || names.includes(name)) continue;
    const are = names.length === 1 ? 'the only host is' : 'the hosts are';
    const there = `${are} ${names.join(', ')}${didYouMean(name, names)}`;
    yield issue(path, `no host is named "${name}"; ${there}`);
  }
}

function* circles({ hosts }: TopologyFile): Iterable<Issue> {
  const next = new Map(hosts.map(({ name, callsOn }) => [name, callsOn]));
  const told = new Set<string>();
  for (const [i, { name }] of hosts.entries()) {
    const trail: string[] = [];
    let at: string | undefined = name;
    for (; at !== undefined && !trail.includes(at); at = next.get(at)) trail.push(at);
    if (at !== name || told.has(name)) continue;
    for (const member of trail) told.add(member);
    const circle = [...trail, name].join(' -> ');
    yield issue(
      ['hosts', i, 'callsOn'],
      trail.length === 1
        ? `"${name}" calls on itself; it must call on another host, or have no callsOn`
        : `calls go in a circle, ${circle}; one of these hosts must have no callsOn`,
    );
  }
}

function* undecided({ hosts, compare }: TopologyFile): Iterable<Issue> {
  if (compare.length > 0 && hosts.every(({ accepts }) => accepts !== undefined)) {
    const message = 'every host says what it accepts, so nothing is compared';
    yield issue(['compare'], `${message}; leave compare out, or accepts of some host`);
  }
  for (const [i, { accepts }] of hosts.entries()) {
    if (compare.length > 0 || accepts !== undefined) continue;
    const fixes =
      'add "accepts: NTLM" (or Basic) here, or "compare: [NTLM, Basic]" to the topology';
    yield issue(['hosts', i, 'accepts'], `missing, and compare lists nothing to take; ${fixes}`);
  }
}

/** Nothing where a name is misspelt: what it should have named would seem idle too. */
function* idle({ hosts, users }: TopologyFile): Iterable<Issue> {
  const names = new Set(hosts.map(({ name }) => name));
  const used = [
    ...hosts.flatMap(({ callsOn = [] }) => callsOn),
    ...users.flatMap((user) => visitsOf(user, hosts)),
  ];
  if (!used.every((name) => names.has(name))) return;
  for (const [i, { name }] of hosts.entries()) {
    if (used.includes(name)) continue;
    const what = `no user visits "${name}" and no host calls on it`;
    yield issue(['hosts', i, 'name'], `${what}; visit it, call on it, or leave it out`);
  }
}
