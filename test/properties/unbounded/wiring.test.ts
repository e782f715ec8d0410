/**
 * The classes of networks cover the deployments that they are about: their connections are of kinds
 * that the examples show, with their offers, joined along edges with laws that the examples obey.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kinds } from '../../../checker/unbounded/generalise.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { deployment } from '../../../properties/random/random-deployments.ts';
import { abstraction } from '../../../properties/unbounded/abstraction.ts';
import { examplesOf } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';
import { SEED } from '../random/support/topology-files.ts';
import { isMeant, withAccount } from './support/classes.ts';
import { drawn } from './support/drawn.ts';

/** One theorem of the networks, the one that knows most of their names. */
const theoremOf = (id: string): Theorem =>
  THEOREMS.filter(({ network }) => network.id === id).reduce((some, other) =>
    other.functions.length > some.functions.length ? other : some,
  );

/** The deployment with another name for its host `mailbox`, which is also the name of a page. */
function renamed({ bounds, ...some }: Deployment): Deployment {
  const text = JSON.stringify(some).replaceAll('"mailbox"', '"postOffice"');
  return { ...(JSON.parse(text) as Omit<Deployment, 'bounds'>), bounds };
}

const pairs = (law: readonly (readonly [string, string])[]) => law.map(String).sort().join(' ');

/** Kinds with their offers and laws, edges and their laws, as text. */
const shown = ({ kinds, edges }: Kinds) => [
  kinds.length,
  ...kinds.flatMap(({ nth, parts, laws }) => [
    `${nth}: ${pairs(laws)}`,
    ...parts.map(({ name, offers }) => `${nth} ${name} ${[...offers.keys()].sort().join(' ')}`),
  ]),
  ...[...edges].map(([key, { law }]) => `${key} ${pairs(law)}`),
];

const known = new Map<string, Kinds>();

/** What a deployment shows that the examples of the networks do not. Undefined: nothing. */
function strange(id: string, some: Deployment): unknown {
  const theorem = theoremOf(id);
  const { network, fixed, functions } = theorem;
  const examples = (deployment: Deployment) => examplesOf(theorem, deployment);
  const kinds =
    known.get(id) ?? new Kinds(network.examples().flatMap(examples), abstraction(fixed, functions));
  known.set(id, kinds);
  const before = shown(kinds);
  for (const example of examples(some)) kinds.add(example);
  const found = shown(kinds).find((line, i) => line !== before[i]);
  if (found !== undefined) known.delete(id);
  return found;
}

/** Programs that compare the full key, with tasks as the class has them. */
const isPool = ({ programs, hosts }: Deployment) =>
  programs.length > 0 &&
  hosts.every(({ callsOn }) => callsOn === null) &&
  programs.every(
    ({ poolKey, tasks }) =>
      poolKey.length === POOL_KEY.length &&
      tasks.every(
        ({ proxyCredentials, delegation }) => proxyCredentials === null && delegation !== 'policy',
      ),
  );
const isRedirecting = ({ adversary, hosts }: Deployment) =>
  adversary === null && hosts.some(({ redirectsTo }) => redirectsTo !== null);
const isHonest = ({ adversary, programs, hosts, users }: Deployment) =>
  adversary === null &&
  users.every(({ handshake }) => handshake === 'connection') &&
  programs.length === 0 &&
  hosts.every(({ paths, redirectsTo }) => paths.length === 0 && redirectsTo === null);
const isNtlm = ({ hosts }: Deployment) => hosts.every(({ accepts }) => accepts === 'NTLM');

describe.each([
  ['ntlm', DEPLOYMENTS.filter(isHonest).filter(isNtlm)],
  ['mixed', DEPLOYMENTS.filter(isHonest)],
  ['redirects', DEPLOYMENTS.filter(isRedirecting)],
  ['pools', DEPLOYMENTS.filter(isPool)],
  ...['pinned-proxies', 'adversary-channel-binding', 'adversary-target-name'].map(
    (id) =>
      [id, DEPLOYMENTS.map(withAccount).filter((some) => isMeant(theoremOf(id), some))] as const,
  ),
] as const)('the networks of %s', (id, deployments) => {
  it.each(deployments.map((some) => [some.name, some] as const))('cover %s', (_, some) => {
    expect(strange(id, renamed(some))).toBeUndefined();
  });
});

const DRAWN = [
  ...['ntlm', 'mixed', 'ntlm-varied', 'redirects', 'pools', 'pinned-proxies'],
  ...['adversary-channel-binding', 'adversary-target-name'],
];

describe.each(DRAWN)('the networks of %s', (id) => {
  it('cover random deployments', () => {
    const random = drawn(theoremOf(id), 100);
    expect(random.length).toBeGreaterThan(10);
    for (const some of random)
      expect(strange(id, some), `seed ${SEED}: ${JSON.stringify(some)}`).toBeUndefined();
  });
});

describe('the networks of mixed', () => {
  it('cover random deployments of up to 6 hosts and 4 users', () => {
    fc.assert(
      fc.property(deployment, (some) => strange('mixed', some) === undefined),
      { numRuns: 20 },
    );
  });
});
