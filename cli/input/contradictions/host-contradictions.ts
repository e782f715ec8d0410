/** Contradictions about the hosts of a topology file. */
import { type Issue, issue } from '../bad-input.ts';
import type { TopologyFile } from '../topology-schema.ts';
import { visitsOf } from './name-contradictions.ts';

type HostEntry = TopologyFile['hosts'][number];

/** Names that people give to a reverse proxy. */
const PROXY = /proxy|gateway|balancer|nginx|envoy|traefik|varnish|squid|waf|^lb\d*$|^edge/i;

const isProxy = ({ paths }: HostEntry): boolean => paths.length > 0;

/** Circles of calls, and circles of redirects. */
export function* circles({ hosts }: TopologyFile): Iterable<Issue> {
  yield* circlesBy('callsOn', 'call', hosts);
  yield* circlesBy('redirectsTo', 'redirect to', hosts);
}

function* circlesBy(
  field: 'callsOn' | 'redirectsTo',
  verb: string,
  hosts: readonly HostEntry[],
): Iterable<Issue> {
  const next = new Map(hosts.map((host) => [host.name, host[field]]));
  const reported = new Set<string>();
  for (const [i, { name }] of hosts.entries()) {
    const trail: string[] = [];
    let at: string | undefined = name;
    for (; at !== undefined && !trail.includes(at); at = next.get(at)) trail.push(at);
    if (at !== name || reported.has(name)) continue;
    for (const member of trail) reported.add(member);
    const circle = [...trail, name].join(' -> ');
    yield issue(
      ['hosts', i, field],
      trail.length === 1
        ? `"${name}" must not ${verb} itself; name another host, or leave ${field} out`
        : `the hosts ${verb} each other in a circle, ${circle}; one of them must have no ${field}`,
    );
  }
}

export function* undecided({ hosts, compare }: TopologyFile): Iterable<Issue> {
  const acceptors = hosts.filter((host) => !isProxy(host));
  if (compare.length > 0 && acceptors.every(({ accepts }) => accepts !== undefined)) {
    const message = 'every host has accepts, so nothing is compared';
    yield issue(['compare'], `${message}; leave out compare, or the accepts of a host`);
  }
  for (const [i, host] of hosts.entries()) {
    if (compare.length > 0 || host.accepts !== undefined || isProxy(host)) continue;
    const accepting =
      'add "accepts: NTLM" (or Basic) here, or "compare: [NTLM, Basic]" to the topology';
    if (host.callsOn !== undefined && PROXY.test(host.name)) {
      const fix = 'a reverse proxy accepts no sign-in: add "paths: [pinned]" (or pooled, closing)';
      yield issue(['hosts', i, 'paths'], `missing, and "${host.name}" has no accepts; ${fix}`);
      continue;
    }
    const fixes =
      host.callsOn === undefined
        ? accepting
        : `if it is a reverse proxy, add "paths: [pinned]" (or pooled, closing); else ${accepting}`;
    yield issue(['hosts', i, 'accepts'], `missing, and the topology has no compare; ${fixes}`);
  }
}

/** Hosts without use. Silent while a name is misspelt: the host that it meant would seem unused. */
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
    const what = `no user visits "${name}" and no host calls it`;
    yield issue(['hosts', i, 'name'], `${what}; add it to visits or callsOn, or leave it out`);
  }
}

/** Proxies without a host behind them, proxies that accept sign-ins, and chains of proxies. */
export function* proxies({ hosts }: TopologyFile): Iterable<Issue> {
  for (const [i, host] of hosts.entries()) {
    if (!isProxy(host)) continue;
    const { name, accepts, callsOn, names } = host;
    if (callsOn === undefined) {
      const what = `"${name}" is a proxy without a host behind it`;
      yield issue(['hosts', i, 'paths'], `${what}; add callsOn, or leave paths out`);
    }
    if (accepts !== undefined) {
      const what = `found ${accepts}, but "${name}" has paths, and a proxy accepts no sign-in`;
      const fixes = 'move accepts to the host behind it, or leave paths out';
      yield issue(['hosts', i, 'accepts'], `${what}; ${fixes}`);
    }
    if (names !== undefined) {
      const what = `"${name}" has paths, and a proxy compares no target name`;
      yield issue(['hosts', i, 'names'], `${what}; move names to the host behind it`);
    }
  }
}

/** Redirects that a user cannot follow, and redirecting hosts that call or are called. */
export function* redirects({ hosts, users }: TopologyFile): Iterable<Issue> {
  for (const [i, { name, redirectsTo, callsOn, paths }] of hosts.entries()) {
    if (redirectsTo === undefined) continue;
    const path = ['hosts', i, 'redirectsTo'];
    if (callsOn !== undefined || paths.length > 0) {
      const what = `"${name}" redirects every request, so it never calls another host`;
      yield issue(path, `${what}; leave out callsOn, or redirectsTo`);
    }
    const caller = hosts.find((other) => other.callsOn === name);
    if (caller !== undefined) {
      const what = `"${caller.name}" calls "${name}", and only browsers follow a redirect`;
      yield issue(path, `${what}; leave out redirectsTo, or that callsOn`);
    }
    if (redirectsTo === name || !hosts.some((host) => host.name === redirectsTo)) continue;
    for (const user of users) {
      const visits = visitsOf(user, hosts);
      if (!visits.includes(name) || visits.includes(redirectsTo)) continue;
      const what = `"${user.name}" visits "${name}" and cannot follow its redirect to "${redirectsTo}"`;
      yield issue(path, `${what}; add "${redirectsTo}" to the visits of "${user.name}"`);
    }
  }
}

/** Whether a proxy that ends TLS stands before the host. `seen`: the proxies before it. */
const isBehindTls = (
  name: string,
  hosts: readonly HostEntry[],
  seen: readonly string[] = [],
): boolean =>
  hosts.some(
    (proxy) =>
      isProxy(proxy) &&
      proxy.callsOn === name &&
      !seen.includes(proxy.name) &&
      (proxy.certificate !== undefined || isBehindTls(proxy.name, hosts, [...seen, proxy.name])),
  );

/** Channel bindings required of clients of which none has a TLS channel, not even to a proxy. */
export function* bindings({ hosts }: TopologyFile): Iterable<Issue> {
  for (const [i, { name, defences, certificate }] of hosts.entries()) {
    if (certificate !== undefined || defences === 'standard' || isBehindTls(name, hosts)) continue;
    if (defences !== 'hardened' && defences.channelBinding !== 'required') continue;
    const [path, found] =
      defences === 'hardened'
        ? [['hosts', i, 'defences'], '"hardened" needs']
        : [['hosts', i, 'defences', 'channelBinding'], '"required" needs'];
    const what = `${found} a channel binding, which no client can send without TLS`;
    yield issue(path, `${what}; give "${name}" a certificate, or do not require it`);
  }
}
