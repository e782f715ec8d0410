/**
 * The classes of networks cover the deployments that they are about: their connections are of kinds
 * that the examples show, with their offers, joined along edges with laws that the examples obey.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kinds } from '../../../checker/unbounded/generalise.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { deployment } from '../../../properties/random/random-deployments.ts';
import { abstraction, exampleOf } from '../../../properties/unbounded/abstraction.ts';
import { NETWORKS, type NetworkClass, THEOREMS } from '../../../properties/unbounded/theorems.ts';
import { SEED } from '../random/support/topology-files.ts';
import { drawn } from './support/classes.ts';

const networkOf = (id: string) => NETWORKS.find((network) => network.id === id)!;

/** The deployment with another name for its host `mailbox`, which is also the name of a page. */
function renamed({ bounds, ...some }: Deployment): Deployment {
  const text = JSON.stringify(some).replaceAll('"mailbox"', '"postOffice"');
  return { ...(JSON.parse(text) as Omit<Deployment, 'bounds'>), bounds };
}

const exampleFor = (some: Deployment) => exampleOf(some, systemOf(some));

/** Kinds with their offers, edges and laws, as text. */
const shown = ({ kinds, edges }: Kinds) => [
  kinds.length,
  ...kinds.flatMap(({ nth, parts }) =>
    parts.map(({ name, offers }) => `${nth} ${name} ${[...offers.keys()].sort().join(' ')}`),
  ),
  ...[...edges].map(([key, { law }]) => `${key} ${law.map(String).sort().join(' ')}`),
];

const known = new Map<NetworkClass, Kinds>();

/** What a deployment shows that the examples do not. Undefined: nothing. */
function strange(network: NetworkClass, some: Deployment): unknown {
  const kinds = known.get(network) ?? new Kinds(network.examples().map(exampleFor), abstraction());
  known.set(network, kinds);
  const before = shown(kinds);
  kinds.add(exampleFor(some));
  const found = shown(kinds).find((line, i) => line !== before[i]);
  if (found !== undefined) known.delete(network);
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
] as const)('the networks of %s', (id, deployments) => {
  it.each(deployments.map((some) => [some.name, some] as const))('cover %s', (_, some) => {
    expect(strange(networkOf(id), renamed(some))).toBeUndefined();
  });
});

const DRAWN = ['ntlm', 'mixed', 'ntlm-varied', 'redirects', 'pools'];

describe.each(DRAWN)('the networks of %s', (id) => {
  it('cover random deployments', () => {
    const random = drawn(THEOREMS.find(({ network }) => network.id === id)!, 100);
    expect(random.length).toBeGreaterThan(10);
    for (const some of random)
      expect(strange(networkOf(id), some), `seed ${SEED}: ${JSON.stringify(some)}`).toBeUndefined();
  });
});

describe('the networks of mixed', () => {
  it('cover random deployments of up to 6 hosts and 4 users', () => {
    fc.assert(
      fc.property(deployment, (some) => strange(networkOf('mixed'), some) === undefined),
      { numRuns: 20 },
    );
  });
});
