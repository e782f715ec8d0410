/**
 * The catalogue of attacks: each is one dropped guard or hypothesis, breaks a claim that held with
 * it, and is found by random search as well. The counts are pinned with the rest.
 */
import { describe, expect, it } from 'vitest';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import type { Attack } from '../../../properties/faults/attacks/attack.ts';
import { ATTACKS } from '../../../properties/faults/attacks/attacks.ts';
import { SEQUENCE_SEARCH, sequencesTo } from '../../../properties/random/sequences-to-find.ts';
import { measureFault } from '../../../properties/verdicts/measure.ts';
import { GOLDENS } from '../../support/goldens.ts';

const EACH = ATTACKS.map((attack) => [attack.id, attack] as const);

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** The places in which two values differ, and the names that the shorter of two lists lacks. */
function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isObject(one) || !isObject(other)) return one === other ? [] : [path];
  if (isNames(one) && isNames(other) && one.length !== other.length)
    return [...new Set([...one, ...other])]
      .filter((name) => one.includes(name) !== other.includes(name))
      .map((name) => `${path} ${name}`);
  const fields = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return fields.flatMap((field) => differences(one[field], other[field], `${path}.${field}`));
}

/** The verdicts of the catalogue are measured once, by `catalogue.test.ts`. */
function goldenIn(place: Deployment, claim: string) {
  const key = stateKey(place);
  const { name } = DEPLOYMENTS.find((deployment) => stateKey(deployment) === key)!;
  return GOLDENS.verdicts[name]?.[claim];
}

const nameless = ({ name: _, ...rest }: Deployment) => rest;

describe('each attack', () => {
  it('has an id of its own', () => {
    expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  });

  it('is judged where the catalogue is', () => {
    const catalogued = new Set(DEPLOYMENTS.map((deployment) => stateKey(deployment)));
    const elsewhere = ATTACKS.filter(({ guarded, deployment }) =>
      [guarded, deployment].some((place) => !catalogued.has(stateKey(place))),
    );
    expect(elsewhere.map(({ id }) => id)).toEqual([]);
  });

  it.each(EACH)('%s drops one thing', (_, { guarded, deployment, fault }) => {
    const dropped = differences(nameless(guarded), nameless(deployment));
    expect(dropped).toHaveLength(fault === null ? 1 : 0);
  });

  it.each(EACH)('%s breaks a claim that holds without it', (id, attack) => {
    const { claim, guarded, deployment, fault } = attack;
    expect(goldenIn(guarded, claim.id)?.verdict).toBe('holds');
    const broken =
      fault === null ? goldenIn(deployment, claim.id) : GOLDENS.attacks[id]?.[claim.id];
    expect(broken?.verdict).toBe('violated');
    expect(broken?.trace).toBeTypeOf('number');
  });

  const faulty = ATTACKS.flatMap(({ id, deployment, fault }) =>
    fault === null ? [] : [{ id, fault: { ...fault, deployment } }],
  );
  it.each(faulty)('$id breaks what the goldens say', ({ id, fault }) => {
    expect(measureFault(fault)).toEqual(GOLDENS.attacks[id]);
  });
});

describe(`random search, within ${SEQUENCE_SEARCH.sequences} sequences`, () => {
  const findable = ATTACKS.filter(({ claim }) => claim.kind !== 'reachable');
  const found = (attack: Attack, seed: number) =>
    expect(sequencesTo(attack, seed)).toBeLessThanOrEqual(SEQUENCE_SEARCH.sequences);

  it.each(findable.map((attack) => [attack.id, attack] as const))(
    'finds %s, from any of three seeds',
    { tags: 'long' },
    (_, attack) => {
      for (const seed of [1, 2, 3]) found(attack, seed);
    },
  );
});
