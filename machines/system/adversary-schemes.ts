/** The offers of a deployment's adversary: its capabilities, spelt out. */
import type { Injected, Stripped } from '../adversary/changes.ts';
import type { Scheme } from '../adversary/schemes.ts';
import type { ConnectionName } from '../vocabulary/terms.ts';
import type { Link } from './links.ts';
import type { Adversary, Capability, Deployment } from './topology.ts';

/** The number of responses that it keeps for replay. More than these is an error. */
export const RESPONSES_MAX = 4;

export type Ends = {
  readonly inbound: readonly Link[]; // it is the server
  readonly outbound: readonly Link[]; // it is the client
  readonly tapped: readonly Link[];
};

/** The user that the adversary is. Null: none. */
export const accountOf = ({ controls }: Adversary, users: Deployment['users']) =>
  users.find(({ name }) => controls.includes(name))?.name ?? null;

export function schemesOf(party: Adversary, deployment: Deployment, ends: Ends): readonly Scheme[] {
  const { users, hosts } = deployment;
  const may = (capability: Capability) => party.may.includes(capability);
  const account = accountOf(party, users);
  const isStatic = hosts.some(({ defences }) => defences.challenges === 'static');
  const provable = may('inject')
    ? users.map(({ name }) => name)
    : account === null
      ? []
      : [account];
  return [
    ...ends.inbound.flatMap((link) => [
      ...link.connections.flatMap((on): Scheme[] => [
        { type: 'adversary.unauthorized', on },
        ...(may('inject') && isStatic ? challenges(on, link) : []),
        ...(may('redirect') ? redirects(on, link, deployment) : []),
      ]),
      ...ends.outbound.flatMap((other) => passing(link, other, party, deployment)),
    ]),
    ...ends.outbound.flatMap(({ connections }) =>
      connections.flatMap((on): Scheme[] => [
        ...(may('replay') || provable.length > 0
          ? [
              { type: 'adversary.ask', on, path: 'mailbox' } as const,
              { type: 'adversary.negotiate', on, path: 'mailbox' } as const,
            ]
          : []),
        ...provable.map((as) => ({ type: 'adversary.answer', on, as }) as const),
        ...(may('replay')
          ? Array.from({ length: RESPONSES_MAX }, (_, nth) => ({
              type: 'adversary.replay' as const,
              on,
              nth,
            }))
          : []),
      ]),
    ),
  ];
}

/** With the name of its own host, or with none. */
const challenges = (on: ConnectionName, { to }: Link): Scheme[] =>
  [to.name, null].map((computer) => ({ type: 'adversary.challenge', on, computer }));

const redirects = (on: ConnectionName, { from, to }: Link, { users }: Deployment): Scheme[] =>
  (users.find(({ name }) => name === from)?.visits ?? [])
    .filter((host) => host !== to.name)
    .map((host) => ({ type: 'adversary.redirect', on, to: host }));

/** Requests from a victim to a server, and the server's replies back. */
function passing(
  victims: Link,
  servers: Link,
  { may }: Adversary,
  { users }: Deployment,
): readonly Scheme[] {
  const at = users.find(({ name }) => name === victims.from)?.at ?? victims.from;
  const isReflection = at === servers.to.name;
  const { certificate, name, names } = servers.to;
  const parts = <Part>(capability: Capability, some: readonly Part[]) =>
    may.includes(capability) ? some : [];
  const strips = (from: string, to: string, some: readonly Stripped[]) =>
    parts('strip', some).map((part) => ({ type: 'adversary.strip', from, to, part }) as const);
  const injects = (from: string, to: string, some: readonly Injected[]) =>
    parts('inject', some).map((part) => ({ type: 'adversary.inject', from, to, part }) as const);
  return victims.connections.flatMap((victim) =>
    servers.connections.flatMap((server): Scheme[] => [
      ...(may.includes(isReflection ? 'reflect' : 'relay')
        ? (
            [
              [victim, server],
              [server, victim],
            ] as const
          ).map(
            ([from, to]): Scheme => ({
              type: isReflection ? 'adversary.reflect' : 'adversary.relay',
              from,
              to,
            }),
          )
        : []),
      ...strips(victim, server, ['binding', 'mic']),
      ...strips(server, victim, ['computer', 'timestamp']),
      ...injects(victim, server, [{ computer: name, binding: certificate, target: names[0]! }]),
      ...injects(server, victim, ['flags']),
    ]),
  );
}
