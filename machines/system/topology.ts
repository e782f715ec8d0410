/**
 * Deployments as plain data: who visits which host, which host calls on which, and the bounds
 * within which everything is explored.
 */
import type { BasicServerInput } from '../basic/basic-server.ts';
import type { Defences } from '../ntlm/acceptor.ts';
import type { HandshakeOf, Initiator } from '../ntlm/initiator.ts';
import type { NtlmPolicy } from '../ntlm/policy.ts';
import type { Upstream } from '../proxy/proxy-effects.ts';
import type { Path } from '../vocabulary/messages.ts';
import type { PoolKeyComponent, Purpose } from '../vocabulary/purpose.ts';
import type { CertificateName, HostName, UserName } from '../vocabulary/terms.ts';

/** Of users and hosts: the names of components add > # @ and a slash. */
export const PARTY_NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;

export type Mechanism = 'NTLM' | 'Basic';

export type User = {
  readonly name: UserName;
  readonly visits: readonly HostName[]; // empty: only programs act in their name
  readonly at: HostName | null; // the host whose console the user uses; null: an own machine
  readonly password: 'strong' | 'weak'; // weak: it can be guessed from a response
  readonly initiator: Initiator; // of their browsers
  readonly keepAlive: boolean; // false: their browsers close a connection after each reply
  readonly handshake: HandshakeOf; // of their browsers
};

export type { Upstream };

export type Host = {
  readonly name: HostName;
  readonly accepts: Mechanism | null; // null: each that the topology compares, in turn
  readonly callsOn: HostName | null; // null: the mailbox is here
  readonly policy: NtlmPolicy; // where it accepts NTLM
  readonly defences: Defences; // where it accepts NTLM
  readonly logonMethod: BasicServerInput['logonMethod']; // where it accepts Basic
  readonly certificate: CertificateName | null; // null: no TLS
  readonly names: readonly HostName[]; // that it takes for its own in a response, at least one
  readonly redirectsTo: HostName | null; // it answers every request with a redirect there
  /**
   * Of a reverse proxy in front of `callsOn`: what each of its paths does. Its clients' connections
   * come in by one after the other, and it accepts what the host behind does. Empty: it is none.
   */
  readonly paths: readonly Upstream[];
};

/** A program that acts for several users over one pool of connections. */
export type Program = {
  readonly name: string; // unlike any user's or host's
  readonly connectsTo: HostName; // where all its connections end
  /** The attributes that the program compares before it reuses a connection. */
  readonly poolKey: readonly PoolKeyComponent[];
  readonly tasks: readonly Purpose[]; // its requests, in any order
  readonly keepAlive: boolean; // false: it closes a connection after each reply
  readonly handshake: HandshakeOf;
};

export const CAPABILITIES = [
  'observe', // hears what passes over wires without TLS
  'replay', // sends a response again that it has heard
  'redirect', // answers a request with a redirect
  'relay', // passes a message from one connection on over another
  'reflect', // relays to the machine that it received it from
  'strip', // takes something out of a message it passes on
  'inject', // adds a part to a message, or sends messages built from its knowledge
  'close', // cuts connections
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export type Adversary = {
  readonly name: string; // unlike any user's or host's, unless it is an account it controls
  /** Hosts, users, and wires as "from>to". */
  readonly controls: readonly string[];
  readonly may: readonly Capability[];
  readonly knows: readonly UserName[]; // users whose password or NTOWF it has from the start
};

/** Bounds that make the state space finite. They limit the proof, not the protocols. */
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
  readonly programs: readonly Program[];
  readonly adversary: Adversary | null; // null: everybody is honest
  readonly bounds: Bounds;
};

/** A host of a deployment, where the mechanism is decided. */
export type AcceptingHost = Host & { readonly accepts: Mechanism };

/** A topology in which the mechanism of every host is decided. */
export type Deployment = Omit<Topology, 'compare' | 'hosts'> & {
  readonly hosts: readonly AcceptingHost[];
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
      const accepts = behind(topology.hosts, host).accepts ?? mechanism;
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

/** The host that signs in the clients of `host`: itself, or the host behind a reverse proxy. */
export function behind<Some extends Host>(hosts: readonly Some[], host: Some): Some {
  const next = host.paths.length === 0 ? undefined : hosts.find((h) => h.name === host.callsOn);
  return next === undefined ? host : behind(hosts, next);
}
