/**
 * Every claim in every deployment of the catalogue: the verdict is the one that theory expects, the
 * counts are the goldens', and the messages that are refused are exactly those of the goldens.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { finished } from '../../checker/explore/search-progress.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { expectedVerdict } from '../../properties/claim.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { vacuityOf } from '../../properties/vacuity.ts';
import { claimsAbout, measureDeployment } from '../../properties/verdicts/measure.ts';
import { GOLDENS } from '../support/goldens.ts';

/** A deployment is large when the searches of its claims visit more states than this, together. */
const LARGE = 90_000;

const isLarge = ({ name }: Deployment): boolean => {
  const states = Object.values(GOLDENS.verdicts[name] ?? {}).map((each) => each.states);
  return states.reduce((sum, each) => sum + each, 0) > LARGE;
};

type MeasuredDeployment = ReturnType<typeof measureDeployment>;
const measurements = new Map<Deployment, MeasuredDeployment>();

function measuredOnce(deployment: Deployment): MeasuredDeployment {
  const measured = measurements.get(deployment) ?? measureDeployment(deployment);
  measurements.set(deployment, measured);
  return measured;
}

const titled = (deployments: readonly Deployment[]) =>
  deployments.map((deployment) => [deployment.name, deployment] as const);

function isAsExpected(name: string, deployment: Deployment): void {
  let measured: MeasuredDeployment;
  beforeAll(() => {
    measured = measuredOnce(deployment);
  });

  it.each(claimsAbout(deployment).map((claim) => [claim.id, claim] as const))(
    '%s has the verdict that theory expects, and the counts of the goldens',
    (id, claim) => {
      const expected = expectedVerdict(claim, deployment);
      if (expected !== null) expect(measured.verdicts[id]?.verdict).toBe(expected);
      expect(measured.verdicts[id]).toEqual(GOLDENS.verdicts[name]?.[id]);
    },
  );

  it('refuses no message that the goldens do not have', () => {
    expect(GOLDENS.refusals).toEqual(expect.arrayContaining([...measured.refusals]));
  });
}

describe.each(titled(DEPLOYMENTS.filter((one) => !isLarge(one))))('%s', isAsExpected);
describe.each(titled(DEPLOYMENTS.filter(isLarge)))('%s', { tags: 'long' }, isAsExpected);

it('every refusal of the goldens happens in some deployment', { tags: 'long' }, () => {
  const refusals = DEPLOYMENTS.flatMap((deployment) => measuredOnce(deployment).refusals);
  expect([...new Set(refusals)].sort()).toEqual(GOLDENS.refusals);
});

it('the goldens have no verdict of a deployment or claim that is gone', () => {
  expect(Object.keys(GOLDENS.verdicts)).toEqual(DEPLOYMENTS.map(({ name }) => name));
  for (const deployment of DEPLOYMENTS)
    expect(Object.keys(GOLDENS.verdicts[deployment.name]!)).toEqual(
      claimsAbout(deployment).map(({ id }) => id),
    );
});

describe('no claim is vacuous:', () => {
  const verdicts = Object.values(GOLDENS.verdicts);

  it.each(CLAIMS.map((claim) => [claim.id, claim] as const))(
    '%s says what it speaks of and has witnesses, unless its verdict itself shows that it happens',
    (_, { kind, witnesses, speaksOf }) => {
      const needsWitness = kind === 'always' || kind === 'response';
      expect(witnesses.length > 0).toBe(needsWitness);
      expect(speaksOf !== null).toBe(needsWitness || kind === 'deadlock-free');
    },
  );

  it('where it holds, what it speaks of happens, but for these', { tags: 'long' }, () => {
    const vacuous = CLAIMS.flatMap((claim) =>
      DEPLOYMENTS.flatMap((deployment) => {
        const of = GOLDENS.verdicts[deployment.name]!;
        const isWitnessed = claim.witnesses.some((id) => of[id]?.verdict === 'witnessed');
        if (of[claim.id]?.verdict !== 'holds' || isWitnessed) return [];
        const { isVacuous, never } = finished(
          vacuityOf(claim, deployment, { statesMax: 1_000_000 }),
        );
        return isVacuous ? [`${claim.id} in ${deployment.name}: ${never.join('; ')}`] : [];
      }),
    );
    expect(vacuous).toMatchInlineSnapshot(`
      [
        "confinement in closing-proxy: no user is ever accepted at mailbox",
        "confinement in proxy-own-certificate: no user is ever accepted at mailbox",
        "agreement-with-holder in closing-proxy: no user is ever accepted at mailbox",
        "agreement-with-holder in proxy-own-certificate: no user is ever accepted at mailbox",
        "served-as-owner in redirect-to-adversary (Basic): no request of a signed-in user ever reaches the page at frontEnd",
        "served-as-owner in redirect-to-adversary (NTLM): no request of a signed-in user ever reaches the page at frontEnd",
        "served-as-owner in closing-proxy: no request of a signed-in user ever reaches the page at mailbox",
        "served-as-owner in proxy-own-certificate: no request of a signed-in user ever reaches the page at mailbox",
        "no-secret-overheard in redirect-to-adversary (NTLM): alice never authenticates to evil within hearing of the adversary",
        "no-secret-overheard in redirect-by-adversary (NTLM): alice never authenticates to evil within hearing of the adversary",
        "no-secret-overheard in an adversary with an account: the adversary hears no client authenticate",
        "no-secret-overheard in between alice and the mailbox, TLS: the adversary hears no client authenticate",
        "no-secret-overheard in a wire that is cut: the adversary hears no client authenticate",
        "persistent-auth-flag in relay of NTLMv1, refused: alice never takes a connection to mailbox as signed in",
        "persistent-auth-flag in pool at a front end: frontEnd never takes a connection to mailbox as signed in; service never takes a connection to frontEnd as signed in",
        "persistent-auth-flag in pool at a front end, sign-in kept: frontEnd never takes a connection to mailbox as signed in; service never takes a connection to frontEnd as signed in",
      ]
    `);
  });

  it('every claim applies to some deployment', () => {
    for (const { id } of CLAIMS) expect(verdicts.some((of) => id in of)).toBe(true);
  });
});

describe('the catalogue has, with NTLM and with Basic,', () => {
  it.each([
    ['1 user, 2 connections a pair, 2 hops', 1, 2, 2],
    ['1 user, 2 connections a pair, 3 hops', 1, 2, 3],
    ['2 users, 1 connection a pair, 2 hops', 2, 1, 2],
    ['2 users, 1 connection a pair, 3 hops', 2, 1, 3],
  ])('%s', (_, users, connections, hops) => {
    const found = DEPLOYMENTS.filter(
      (deployment) =>
        deployment.users.length === users &&
        deployment.bounds.connections === connections &&
        deployment.hosts.length === hops,
    );
    for (const mechanism of ['NTLM', 'Basic'])
      expect(found.some(({ hosts }) => hosts.every(({ accepts }) => accepts === mechanism))).toBe(
        true,
      );
  });
});
