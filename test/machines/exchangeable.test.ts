/**
 * What is declared to be alike in a deployment is so: names permuted in a topology make the same
 * system, and the machines keep to it wherever a search comes by them.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../checker/explore/limits.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System } from '../../checker/model/system.ts';
import { searchReduced } from '../../checker/quotient/quotient.ts';
import { search } from '../../checker/search.ts';
import { type Renaming, renamerOf } from '../../checker/symmetry/symmetry-names.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { symmetryOf } from '../../machines/system/exchangeable.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { deployment } from '../../properties/random/random-deployments.ts';
import { proxied } from '../../properties/random/random-proxies.ts';

const SYMMETRIC = DEPLOYMENTS.filter((one) => symmetryOf(one).renamings.length > 0);

function deploymentNamed(name: string): Deployment {
  const found = DEPLOYMENTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no deployment is named ${name}`);
  return found;
}

const exchangedIn = (one: Deployment) => symmetryOf(one).renamings.map(({ name }) => name);

describe('what may be exchanged', () => {
  it('are users who are alike, and connections of one party to another', () => {
    expect(exchangedIn(deploymentNamed('two-users (NTLM)'))).toEqual(['alice and bob']);
    expect(exchangedIn(deploymentNamed('article, 2 connections (Basic)'))).toEqual([
      'alice>frontEnd#1 and alice>frontEnd#2',
      'frontEnd>mailbox#1 and frontEnd>mailbox#2',
    ]);
    expect(exchangedIn(deploymentNamed('curl-like-pool'))).toEqual([
      'service>mailbox#1 and service>mailbox#2',
    ]);
    expect(exchangedIn(deploymentNamed('pool for two users'))).toEqual(['alice and bob']);
  });

  it('are not users who come by different paths, or are asked for in different ways', () => {
    for (const name of ['two-paths-one-pooled', 'two-paths-one-closing', 'curl-like-pool'])
      expect(exchangedIn(deploymentNamed(name))).not.toContain('alice and bob');
  });

  it('are not users of whom one visits more, sits elsewhere, or has another client', () => {
    const { users, ...rest } = deploymentNamed('two-users (NTLM)');
    const [alice, bob] = users as [Deployment['users'][number], Deployment['users'][number]];
    for (const other of [
      { ...bob, visits: ['frontEnd', 'mailbox'] },
      { ...bob, at: 'mailbox' },
      { ...bob, initiator: { ...bob.initiator, sendsMic: false } },
    ])
      expect(exchangedIn({ ...rest, users: [alice, other] })).toEqual([]);
  });

  it('is nothing next to an adversary', () => {
    const threatened = DEPLOYMENTS.filter(({ adversary }) => adversary !== null);
    expect(threatened.length).toBeGreaterThan(20);
    for (const one of threatened) expect(exchangedIn(one)).toEqual([]);
  });

  it('is not the connection on which a browser follows a redirect', () => {
    const redirect = deploymentNamed('redirect (NTLM)');
    const wide = { ...redirect, bounds: { ...redirect.bounds, connections: 3 } };
    expect(exchangedIn(wide)).toEqual([
      'alice>frontEnd#2 and alice>frontEnd#3',
      'alice>mailbox#2 and alice>mailbox#3',
    ]);
    expect(systemOf(wide)[0]!.input).toMatchObject({ via: 'alice>frontEnd#1' });
  });
});

/** What each component is, by name; the order of offers says nothing. */
const contentsOf = (system: System) =>
  new Map(
    system.map(({ name, machine, input = null, offers, ports }) => [
      name,
      stateKey({
        machine: machine.id,
        input,
        offers: offers.map((event) => stateKey(event)).sort(),
        ports,
      }),
    ]),
  );

/** Of the parties alone, in whose names connections have theirs. */
const ofParties = ({ name, of }: Renaming): Renaming => ({
  name,
  of: new Map([...of].filter(([from]) => !from.includes('>'))),
});

it.each(SYMMETRIC.map((one) => [one.name, one] as const))(
  '%s is the same system with names permuted in its topology',
  (_, one) => {
    const { tokens, renamings } = symmetryOf(one);
    for (const renaming of renamings) {
      const permuted = renamerOf(tokens, ofParties(renaming))(one);
      expect(contentsOf(systemOf(permuted))).toEqual(contentsOf(systemOf(one)));
    }
  },
);

it.each(DEPLOYMENTS.map((one) => [one.name, one] as const))(
  'in %s the names of users are only names',
  (_, one) => {
    const pairs = one.users.map(({ name }, i) => [name, `user${9 - i}`] as const);
    const of = new Map(pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
    const renamed = renamerOf(symmetryOf(one).tokens, { name: 'all users', of })(one);
    expect(renamed.users.map(({ name }) => name)).toEqual(pairs.map(([, name]) => name));
    const counted = (some: Deployment) => {
      try {
        const { states, transitions, depth } = search(systemOf(some), [], { statesMax: 5000 });
        return [states, transitions, depth];
      } catch (error) {
        if (!(error instanceof LimitReached)) throw error;
        return [error.states, error.transitions, error.depth];
      }
    };
    expect(counted(renamed)).toEqual(counted(one));
  },
);

/** Deployments without any monitor: how many states there are, and how many are visited. */
const VISITED: Readonly<Record<string, readonly [whole: number, visited: number]>> = {
  'basic-then-ntlm': [816, 415],
  'two-users (NTLM)': [6496, 3304],
  'two-users (Basic)': [338, 177],
  'article, 2 connections (NTLM)': [62688, 16734],
  'article, 2 connections (Basic)': [620, 198],
  '3 hops, 2 connections (NTLM)': [62688, 16734],
  '3 hops, 2 connections (Basic)': [13472, 2060],
  'two users, 3 hops (NTLM)': [6496, 3304],
  'two users, 3 hops (Basic)': [1204, 615],
  'three-hops, two users': [8776, 4468],
  'basic-then-ntlm, 1 user, 2 connections': [3593, 965],
  'single, 2 connections': [3204, 1623],
  'curl-like-pool': [3025, 1540],
  'pool for two users': [19, 10],
  'pool of requests that differ in credentials': [19, 10],
  'pool of requests that differ in ambientIdentity': [19, 10],
  'pool of requests that differ in proxyCredentials': [19, 10],
  'pool key without credentials': [23, 12],
  'pool key without ambientIdentity': [23, 12],
  'pool key without proxyCredentials': [23, 12],
  'handshakes-per-host': [2508, 1269],
  'pinned-proxy': [600, 305],
  'pooling-proxy': [8610, 4350],
  'pooling-proxy-basic': [480, 252],
  'closing-proxy-basic': [336, 174],
  'two-paths-pinned': [600, 305],
  'rotating-proxy': [16250, 4256],
  'rotating-proxy, connections close': [39725, 10483],
  'pinned-proxy, 2 connections': [1995, 516],
  'pool at a front end': [272, 144],
  'pool at a front end, sign-in kept': [576, 292],
  'proxy before a front end': [2762, 1396],
  'two proxies in a row': [5259, 2650],
};

it('every machine keeps each symmetry of the catalogue, which saves what is written here', () => {
  const visited = SYMMETRIC.map((one) => {
    const reduced = searchReduced(systemOf(one), [], symmetryOf(one), { statesMax: 20_000 });
    expect([one.name, reduced.leftOut]).toEqual([one.name, []]);
    return [one.name, [reduced.whole.states, reduced.states]] as const;
  });
  expect(Object.fromEntries(visited)).toEqual(VISITED);
  for (const [whole, states] of Object.values(VISITED)) expect(whole / states).toBeGreaterThan(1.8);
});

it('three connections a pair are 36 ways to exchange them, and 27 times fewer states', () => {
  const article = deploymentNamed('article (NTLM)');
  const bounds = { ...article.bounds, connections: 3, challenges: 1, wrongPasswords: false };
  const wide = { ...article, bounds };
  const reduced = searchReduced(systemOf(wide), [], symmetryOf(wide), { statesMax: 30_000 });
  expect(reduced).toMatchObject({ order: 36, states: 24_022, leftOut: [] });
  const { states, transitions, depth } = search(systemOf(wide), [], {
    statesMax: 700_000,
    engine: 'plain',
  });
  expect(reduced.whole).toEqual({ states, transitions });
  expect([states, reduced.depth]).toEqual([657_240, depth]);
});

/** As few of everything as leaves something to exchange. */
const small = (one: Deployment): Deployment => ({
  ...one,
  users: one.users.slice(0, 2).map((user) => ({
    ...user,
    visits: [one.hosts[0]!.name],
    initiator: one.users[0]!.initiator,
  })),
  bounds: { ...one.bounds, challenges: 1, pages: ['mailbox'], wrongPasswords: false },
});
const canBeExhausted = ({ users, hosts, bounds }: Deployment): boolean =>
  hosts.length <= 2 && users.length * bounds.connections <= 2;

it.each([
  ['a row of hosts', deployment, 15],
  ['a proxy', proxied, 15],
] as const)('random deployments with %s keep what is declared of them', (_, some, numRuns) => {
  const symmetric = some
    .map(small)
    .filter((one) => canBeExhausted(one) && symmetryOf(one).renamings.length > 0);
  fc.assert(
    fc.property(symmetric, (one) => {
      const system = systemOf(one);
      const reduced = searchReduced(system, [], symmetryOf(one), { statesMax: 50_000 });
      const { states, transitions } = search(system, [], { statesMax: 100_000, engine: 'plain' });
      expect(reduced).toMatchObject({ leftOut: [], whole: { states, transitions } });
      expect(states / reduced.states).toBeGreaterThan(1.4);
    }),
    { numRuns },
  );
});
