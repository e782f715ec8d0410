/** Turns the data of a topology file into a topology, or into a list of its issues. */
import { DEFENCES, HARDENED } from '../../machines/ntlm/acceptor.ts';
import { INITIATORS } from '../../machines/ntlm/initiator.ts';
import { POLICIES } from '../../machines/ntlm/policy.ts';
import type { Host, Program, Topology, User } from '../../machines/system/topology.ts';
import { type Issue, parse } from './bad-input.ts';
import { contradictionsIn, uselessCapabilitiesIn } from './contradictions/contradictions.ts';
import { visitsOf } from './contradictions/name-contradictions.ts';
import type { Expectations } from './expectations.ts';
import { format, type TopologyFile } from './topology-schema.ts';

export type ParsedTopology =
  | { readonly topology: Topology; readonly expect: Expectations; readonly issues: readonly [] }
  | { readonly topology: null; readonly issues: readonly Issue[] }; // at least one

/** @param defaultName - the topology's name, if the data gives none. */
export function parseTopology(data: unknown, defaultName: string): ParsedTopology {
  const { data: file, issues } = parse(format, data);
  if (file === null) return { topology: null, issues };
  const contradictions = contradictionsIn(file);
  if (contradictions.length > 0) return { topology: null, issues: contradictions };
  const topology = topologyOf(file, defaultName);
  const useless = uselessCapabilitiesIn(topology);
  return useless.length > 0
    ? { topology: null, issues: useless }
    : { topology, expect: file.expect, issues: [] };
}

const topologyOf = (
  { name, compare, hosts, users, programs, adversary, bounds }: TopologyFile,
  defaultName: string,
): Topology => ({
  name: name ?? defaultName,
  compare,
  users: users.map((user) => userOf(user, hosts)),
  hosts: hosts.map((host) => hostOf(host, hosts)),
  programs: programs.map(programOf),
  adversary: adversary ?? null,
  bounds,
});

const WORDS = { standard: DEFENCES, hardened: HARDENED };

const hostOf = (host: TopologyFile['hosts'][number], hosts: TopologyFile['hosts']): Host => {
  const { name, accepts, callsOn, certificate, names, redirectsTo, policy, defences } = host;
  return {
    ...host,
    accepts: accepts ?? null,
    callsOn: callsOn ?? null,
    policy: typeof policy === 'string' ? POLICIES[policy] : policy,
    defences: typeof defences === 'string' ? WORDS[defences] : defences,
    certificate: certificate ?? null,
    redirectsTo: redirectsTo ?? null,
    names: (names ?? [name]).map((listed) => spelling(listed, hosts)),
  };
};

/** Names are compared without regard to case, so each is written as the host of that name is. */
const spelling = (listed: string, hosts: TopologyFile['hosts']): string =>
  hosts.find(({ name }) => name === listed)?.name ??
  hosts.find(({ name }) => name.toLowerCase() === listed.toLowerCase())?.name ??
  listed;

const userOf = (user: TopologyFile['users'][number], hosts: TopologyFile['hosts']): User => {
  const { name, at, password, initiator, keepAlive, handshake } = user;
  return {
    name,
    visits: visitsOf(user, hosts),
    at: at ?? null,
    password,
    initiator: typeof initiator === 'string' ? INITIATORS[initiator] : initiator,
    keepAlive,
    handshake,
  };
};

const programOf = ({
  name,
  connectsTo,
  poolKey,
  tasks,
  keepAlive,
  handshake,
}: TopologyFile['programs'][number]): Program => ({
  name,
  connectsTo,
  poolKey,
  keepAlive,
  handshake,
  tasks: tasks.map(({ credentials, ambientIdentity, origin, proxyCredentials, delegation }) => ({
    credentials: credentials ?? null,
    ambientIdentity,
    origin: origin ?? connectsTo,
    proxyCredentials: proxyCredentials ?? null,
    delegation,
  })),
});
