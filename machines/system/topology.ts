/**
 * Deployments as plain data: who visits which host, which host calls on which, and the bounds
 * within which everything is explored.
 */
import type { BasicServerInput } from '../basic/server-connection.ts';
import type { Path } from '../messages.ts';
import type { NtlmPolicy } from '../ntlm/policy.ts';
import type { ConnectionName, HostName, UserName } from '../terms.ts';

/** Of users and hosts: the names of components add > # @ and a slash. */
export const PARTY_NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;

export type Mechanism = 'NTLM' | 'Basic';

export type User = {
  readonly name: UserName;
  readonly visits: readonly HostName[]; // at least one
};

export type Host = {
  readonly name: HostName;
  readonly accepts: Mechanism | null; // null: each that the topology compares, in turn
  readonly callsOn: HostName | null; // null: the mailbox is here
  readonly policy: NtlmPolicy; // where it accepts NTLM
  readonly logonMethod: BasicServerInput['logonMethod']; // where it accepts Basic
};

/** What makes the state space finite. Each is a limit of what was proved, not of the protocols. */
export type Bounds = {
  readonly connections: number; // per pair of parties, at least 1
  readonly challenges: number; // serials on a connection before they repeat, at least 1
  readonly pages: readonly Path[]; // what users ask a front end for
  readonly wrongPasswords: boolean; // whether users mistype
  readonly closing: boolean; // whether connections close
};

/** No cycles; every name that is used is there; users and hosts have different names. */
export type Topology = {
  readonly name: string;
  readonly compare: readonly Mechanism[]; // empty unless some host accepts null
  readonly users: readonly User[];
  readonly hosts: readonly Host[];
  readonly bounds: Bounds;
};

/** A topology in which every host has made up its mind. */
export type Deployment = Omit<Topology, 'compare' | 'hosts'> & {
  readonly hosts: readonly (Host & { readonly accepts: Mechanism })[];
};

/**
 * The deployments a topology stands for: one for each mechanism it compares, or just itself.
 *
 * @throws TypeError for a host that accepts nothing, and for calls that go in a circle.
 */
export function deploymentsOf({ compare, ...topology }: Topology): readonly Deployment[] {
  refuseCircles(topology.hosts);
  const accepting = (mechanism: Mechanism | null, name: string): Deployment => ({
    ...topology,
    name,
    hosts: topology.hosts.map((host) => {
      const accepts = host.accepts ?? mechanism;
      if (accepts === null) throw new TypeError(`${host.name} accepts nothing to sign in with`);
      return { ...host, accepts };
    }),
  });
  return compare.length === 0
    ? [accepting(null, topology.name)]
    : compare.map((mechanism) => accepting(mechanism, `${topology.name} (${mechanism})`));
}

function refuseCircles(hosts: readonly Host[]): void {
  for (const { name } of hosts) {
    const trail = [name];
    for (let at = nextOf(hosts, name); at !== null; at = nextOf(hosts, at)) {
      if (trail.includes(at)) throw new TypeError(`calls go in a circle at ${at}`);
      trail.push(at);
    }
  }
}

const nextOf = (hosts: readonly Host[], name: HostName): HostName | null =>
  hosts.find((host) => host.name === name)?.callsOn ?? null;

/** All connections from one party to one host. */
export type Link = {
  readonly from: UserName | HostName;
  readonly to: Deployment['hosts'][number];
  readonly caller: Deployment['hosts'][number] | null; // null: a user
  readonly connections: readonly ConnectionName[];
};

const known = new WeakMap<Deployment, readonly Link[]>();

/** Every link of a deployment: users' first, then from host to host. */
export function linksOf(deployment: Deployment): readonly Link[] {
  const links = known.get(deployment) ?? findLinks(deployment);
  known.set(deployment, links);
  return links;
}

function findLinks({ users, hosts, bounds }: Deployment): readonly Link[] {
  const hostNamed = (name: HostName) => {
    const host = hosts.find((candidate) => candidate.name === name);
    if (host === undefined) throw new TypeError(`no host is named ${name}`);
    return host;
  };
  const link = (from: string, caller: Link['caller'], to: HostName): Link => ({
    from,
    to: hostNamed(to),
    caller,
    connections: Array.from({ length: bounds.connections }, (_, i) => `${from}>${to}#${i + 1}`),
  });
  return [
    ...users.flatMap(({ name, visits }) => visits.map((host) => link(name, null, host))),
    ...hosts.flatMap((host) =>
      host.callsOn === null ? [] : [link(host.name, host, host.callsOn)],
    ),
  ];
}
