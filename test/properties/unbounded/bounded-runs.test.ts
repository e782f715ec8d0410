/**
 * Agreement with the bounded search: every group in every state that it reaches lies in a view of
 * the proof, and what the view says to be the same is the same there. Of every theorem, in the
 * deployments of the catalogue and in random ones, as far as they are what it speaks of.
 */
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';
import { SEED } from '../random/support/topology-files.ts';
import { outside } from './support/bounded-groups.ts';
import type { Bounds } from './support/bounded-rows.ts';
import { isMeant, withAccount } from './support/classes.ts';
import { drawn } from './support/drawn.ts';

const KNOWN: Bounds = { statesMax: 4_000, walks: 20 }; // of each system of the catalogue
const RANDOM: Bounds = { statesMax: 400, walks: 4 }; // of each system of a random deployment
const FILES = 200;

const QUICK = [
  'confinement of ntlm',
  'own-challenge-only of server',
  'challenge-accepted-once of server',
];
const nameOf = ({ claim, network }: Theorem) => `${claim.id} of ${network.id}`;

describe('the views hold every group of every state that the bounded search reaches:', () => {
  const rows = (isQuick: boolean) =>
    THEOREMS.map((theorem) => [nameOf(theorem), theorem] as const).filter(
      ([name]) => QUICK.includes(name) === isQuick,
    );
  it.each(rows(true))('%s', (_, theorem) => expectCovered(theorem));
  it.each(rows(false))('%s', { tags: ['long'] }, (_, theorem) => expectCovered(theorem));
});

function expectCovered(theorem: Theorem): void {
  const { network } = prove(theorem);
  const groupsIn = (deployments: readonly Deployment[], bounds: Bounds) => {
    let groups = 0;
    for (const deployment of deployments) {
      const found = outside(theorem, network, deployment, bounds);
      expect(found.stray, `seed ${SEED}: ${JSON.stringify(deployment)}`).toEqual([]);
      groups += found.groups;
    }
    return groups;
  };
  const known = DEPLOYMENTS.map(withAccount).filter((some) => isMeant(theorem, some));
  expect(groupsIn(known, KNOWN)).toBeGreaterThan(20);
  const random = drawn(theorem, FILES);
  expect(random.length).toBeGreaterThan(FILES / 10);
  expect(groupsIn(random, RANDOM)).toBeGreaterThan(500);
}
