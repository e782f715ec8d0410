/** Hosts of a topology file that cannot be as they are said to be. Each name is there. */
import { type Issue, issue } from '../bad-input.ts';
import type { TopologyFile } from '../topology-schema.ts';
import { visitsOf } from './name-contradictions.ts';

type Host = TopologyFile['hosts'][number];

const isProxy = ({ paths }: Host): boolean => paths.length > 0;

/** Calls that come back to where they began, and redirects that do. */
export function* circles({ hosts }: TopologyFile): Iterable<Issue> {
  yield* circlesBy('callsOn', ['call', 'on'], hosts);
  yield* circlesBy('redirectsTo', ['redirect', 'to'], hosts);
}

function* circlesBy(
  field: 'callsOn' | 'redirectsTo',
  [verb, to]: readonly [string, string],
  hosts: readonly Host[],
): Iterable<Issue> {
  const next = new Map(hosts.map((host) => [host.name, host[field]]));
  const told = new Set<string>();
  for (const [i, { name }] of hosts.entries()) {
    const trail: string[] = [];
    let at: string | undefined = name;
    for (; at !== undefined && !trail.includes(at); at = next.get(at)) trail.push(at);
    if (at !== name || told.has(name)) continue;
    for (const member of trail) told.add(member);
    const circle = [...trail, name].join(' -> ');
    yield issue(
      ['hosts', i, field],
      trail.length === 1
        ? `"${name}" ${verb}s ${to} itself; it must ${verb} ${to} another host, or have no ${field}`
        : `${verb}s go in a circle, ${circle}; one of these hosts must have no ${field}`,
    );
  }
}

export function* undecided({ hosts, compare }: TopologyFile): Iterable<Issue> {
  const acceptors = hosts.filter((host) => !isProxy(host));
  if (compare.length > 0 && acceptors.every(({ accepts }) => accepts !== undefined)) {
    const message = 'every host says what it accepts, so nothing is compared';
    yield issue(['compare'], `${message}; leave compare out, or accepts of some host`);
  }
  for (const [i, host] of hosts.entries()) {
    if (compare.length > 0 || host.accepts !== undefined || isProxy(host)) continue;
    const fixes =
      'add "accepts: NTLM" (or Basic) here, or "compare: [NTLM, Basic]" to the topology';
    yield issue(['hosts', i, 'accepts'], `missing, and compare lists nothing to take; ${fixes}`);
  }
}

/** Nothing where a name is misspelt: what it should have named would seem idle too. */
export function* idle({ hosts, users, programs }: TopologyFile): Iterable<Issue> {
  const names = new Set(hosts.map(({ name }) => name));
  const used = [
    ...hosts.flatMap(({ callsOn = [] }) => callsOn),
    ...users.flatMap((user) => visitsOf(user, hosts)),
    ...programs.map(({ connectsTo }) => connectsTo),
  ];
  if (!used.every((name) => names.has(name))) return;
  for (const [i, { name }] of hosts.entries()) {
    if (used.includes(name)) continue;
    const what = `no user visits "${name}" and no host calls on it`;
    yield issue(['hosts', i, 'name'], `${what}; visit it, call on it, or leave it out`);
  }
}

/** Proxies with nobody behind them, or that sign users in; and proxies in front of proxies. */
export function* proxies({ hosts }: TopologyFile): Iterable<Issue> {
  for (const [i, host] of hosts.entries()) {
    if (!isProxy(host)) continue;
    const { name, accepts, callsOn } = host;
    if (callsOn === undefined) {
      const what = `"${name}" is a proxy in front of nobody`;
      yield issue(['hosts', i, 'paths'], `${what}; add callsOn, or leave paths out`);
    }
    if (accepts !== undefined) {
      const what = `found ${accepts}, but "${name}" has paths: a proxy signs nobody in`;
      const fixes = 'leave accepts out, and say it of the host behind, or leave paths out';
      yield issue(['hosts', i, 'accepts'], `${what}; ${fixes}`);
    }
    const behind = hosts.find((other) => other.name === callsOn);
    if (behind !== undefined && isProxy(behind)) {
      const what = `"${name}" and "${behind.name}" are both proxies, one behind the other`;
      yield issue(['hosts', i, 'callsOn'], `${what}; one proxy in a row is all that is modelled`);
    }
  }
}

/** Redirects that nobody could follow, and redirecting hosts that are asked for something else. */
export function* redirects({ hosts, users }: TopologyFile): Iterable<Issue> {
  for (const [i, { name, redirectsTo, callsOn, paths }] of hosts.entries()) {
    if (redirectsTo === undefined) continue;
    const path = ['hosts', i, 'redirectsTo'];
    if (callsOn !== undefined || paths.length > 0) {
      const what = `"${name}" redirects every request, so it never calls on anybody`;
      yield issue(path, `${what}; leave out callsOn, or redirectsTo`);
    }
    const caller = hosts.find((other) => other.callsOn === name);
    if (caller !== undefined) {
      const what = `"${caller.name}" calls on "${name}", and only browsers follow a redirect`;
      yield issue(path, `${what}; leave out redirectsTo, or that callsOn`);
    }
    if (redirectsTo === name || !hosts.some((host) => host.name === redirectsTo)) continue;
    for (const user of users) {
      const visits = visitsOf(user, hosts);
      if (!visits.includes(name) || visits.includes(redirectsTo)) continue;
      const what = `"${user.name}" visits "${name}" and could not follow it to "${redirectsTo}"`;
      yield issue(path, `${what}; add "${redirectsTo}" to the visits of "${user.name}"`);
    }
  }
}

/** A binding that is demanded of clients who have no channel to bind to. */
export function* bindings({ hosts }: TopologyFile): Iterable<Issue> {
  for (const [i, { name, defences, certificate }] of hosts.entries()) {
    if (certificate !== undefined || defences === 'standard') continue;
    if (defences !== 'hardened' && defences.channelBinding !== 'required') continue;
    const [path, found] =
      defences === 'hardened'
        ? [['hosts', i, 'defences'], '"hardened" asks for']
        : [['hosts', i, 'defences', 'channelBinding'], '"required" asks for'];
    const what = `${found} a channel binding, and without TLS nobody has one to send`;
    yield issue(path, `${what}; give "${name}" a certificate, or ask for less`);
  }
}
