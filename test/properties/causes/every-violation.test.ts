/** The cause of every violation in the catalogue, and of every fault. */
import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { claimById } from '../../../properties/by-id.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { pathText } from '../../../properties/causes/cause.ts';
import { causeOf } from '../../../properties/causes/cause-of.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Fault } from '../../../properties/claim.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { GOLDENS } from '../../support/goldens.ts';
import { withSafe } from './safe-values.ts';

type Pair = readonly [name: string, id: string, Deployment, Fault | null];
type Pinned = Readonly<Record<string, { readonly verdict: string; readonly states: number }>>;

const violatedIn = (pinned: Pinned = {}) =>
  Object.entries(pinned).filter(([, { verdict }]) => verdict === 'violated');

const CATALOGUED = DEPLOYMENTS.flatMap((deployment) =>
  violatedIn(GOLDENS.verdicts[deployment.name]).map(([id, { states }]) => ({
    pair: [`${id}, ${deployment.name}`, id, deployment, null] as Pair,
    states,
  })),
);
const FAULTY = FAULTS.flatMap((fault) =>
  violatedIn(GOLDENS.faults[fault.id]).map(([id, { states }]) => ({
    pair: [`${id}, with ${fault.id}`, id, fault.deployment, fault] as Pair,
    states,
  })),
);
const ALL = [...CATALOGUED, ...FAULTY];
const SMALL = 2_000; // states

const partiesOf = ({ users, hosts, programs, adversary }: Deployment): readonly string[] => [
  ...[...users, ...hosts, ...programs].map(({ name }) => name),
  ...(adversary === null ? [] : [adversary.name]),
];
/** But for names that are words of the field as well. */
const NAMES = new Set(DEPLOYMENTS.flatMap(partiesOf).filter((name) => name !== 'proxy'));

const check = (id: string, deployment: Deployment, fault: Fault | null) =>
  checkClaim(claimById(id), deployment, {
    ...{ statesMax: 1_000_000, stopAtViolation: true },
    machines: fault?.inject(MACHINES) ?? MACHINES,
  });

function isTold(_: string, id: string, deployment: Deployment, fault: Fault | null): void {
  const result = check(id, deployment, fault);
  const { step, sentence, allowedBy } = causeOf(result, fault)!;
  expect(step).toBeGreaterThanOrEqual(claimById(id).kind === 'always' ? 1 : 0);
  expect(step).toBeLessThanOrEqual(result.trace!.length);
  expect(sentence).toMatch(/^\S.*[^.]\.$/);
  expect(sentence).not.toMatch(/undefined|null|\[object/);
  const own = partiesOf(deployment);
  const told = fault === null ? sentence : sentence.split(', because of the fault')[0]!;
  const strangers = (told.match(/[\w-]+/g) ?? []).filter(
    (word) => NAMES.has(word) && !own.includes(word) && !isAttribute(word, deployment),
  );
  expect(strangers).toEqual([]);
  if (fault === null) return;
  expect(sentence).toContain(`because of the fault ${fault.id}, in the `);
  expect(allowedBy).toBeNull();
}

/** Certificates and the attributes of a program's requests have names too. */
const isAttribute = (word: string, { hosts, programs }: Deployment): boolean =>
  hosts.some(({ certificate }) => certificate === word) ||
  programs.some(({ tasks }) => JSON.stringify(tasks).includes(`"${word}"`));

describe('the cause', () => {
  const [small, large] = [true, false].map((isSmall) =>
    ALL.filter(({ states }) => states <= SMALL === isSmall).map(({ pair }) => pair),
  ) as [Pair[], Pair[]];
  const title = 'has a step of the run, one sentence, and names of the deployment: %s';
  it.each(small)(title, isTold);
  it.each(large)(title, { tags: 'long' }, isTold);

  it('is read by each claim that a run can violate', () => {
    for (const { kind, cause } of CLAIMS) expect(cause === null).toBe(kind === 'sometimes');
  });
});

/** More than is worth a search in a deployment that is changed to be safe. */
const LARGE = 100_000; // states

describe('the field that a cause names', () => {
  const named = CATALOGUED.filter(({ states }) => states <= LARGE).map(({ pair }) => pair);

  it.each(named)(
    'allows the violation: another value ends it, or leaves another cause: %s',
    {
      tags: 'long',
    },
    (_, id, deployment) => {
      const claim = claimById(id);
      const { allowedBy } = causeOf(check(id, deployment, null))!;
      if (allowedBy === null) return;
      const safe = withSafe(deployment, allowedBy, claim.kind);
      const again = check(id, safe, null);
      if (again.verdict === 'holds') return;
      const other = causeOf(again)!.allowedBy;
      expect(other === null ? null : pathText(other.path)).not.toBe(pathText(allowedBy.path));
    },
  );

  it('is named for every violation but those in which requests wait for a connection', {
    tags: 'long',
  }, () => {
    const without = CATALOGUED.map(({ pair }) => pair).filter(
      ([, id, deployment]) => causeOf(check(id, deployment, null))!.allowedBy === null,
    );
    for (const [, id, deployment] of without)
      expect(causeOf(check(id, deployment, null))!.sentence).toContain('waits at');
    expect(without.length).toBeGreaterThan(0);
  });
});
