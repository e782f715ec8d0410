/**
 * Every claim, exhausted in every deployment of the catalogue: the verdict is what theory expects,
 * the counts are what was pinned, and no message is refused that was not refused before.
 */
import { describe, expect, it } from 'vitest';
import { CLAIMS } from '../../properties/catalogue.ts';
import { expectedVerdict } from '../../properties/claim.ts';
import { DEPLOYMENTS } from '../../properties/deployments/deployments.ts';
import { claimsAbout, measureDeployment } from '../../properties/verdicts/measure.ts';
import { GOLDENS } from '../support/goldens.ts';

const refusals = new Set<string>();

describe.each(DEPLOYMENTS.map((deployment) => [deployment.name, deployment] as const))(
  '%s',
  (name, deployment) => {
    const measured = measureDeployment(deployment);
    for (const refusal of measured.refusals) refusals.add(refusal);

    it.each(claimsAbout(deployment).map((claim) => [claim.id, claim] as const))(
      '%s comes out as theory says, with the pinned counts',
      (id, claim) => {
        expect(measured.verdicts[id]?.verdict).toBe(expectedVerdict(claim, deployment));
        expect(measured.verdicts[id]).toEqual(GOLDENS.verdicts[name]?.[id]);
      },
    );
  },
);

it('refuses exactly the messages that are pinned', () => {
  expect([...refusals].sort()).toEqual(GOLDENS.refusals);
});

it('goldens no verdict of a deployment or claim that is gone', () => {
  expect(Object.keys(GOLDENS.verdicts)).toEqual(DEPLOYMENTS.map(({ name }) => name));
});

describe('no claim is vacuous:', () => {
  const verdicts = Object.values(GOLDENS.verdicts);

  it.each(CLAIMS.map((claim) => [claim.id, claim] as const))(
    '%s has a witness wherever it holds, or says itself that something can be',
    (id, { kind, witnesses }) => {
      const needsWitness = kind === 'always' || kind === 'response';
      expect(witnesses.length > 0).toBe(needsWitness);
      if (!needsWitness) return;
      for (const [deployment, of] of Object.entries(GOLDENS.verdicts))
        if (of[id]?.verdict === 'holds')
          expect([deployment, witnesses.map((witness) => of[witness]?.verdict)]).toEqual([
            deployment,
            expect.arrayContaining(['witnessed']),
          ]);
    },
  );

  it('every claim applies somewhere', () => {
    for (const { id } of CLAIMS) expect(verdicts.some((of) => id in of)).toBe(true);
  });
});

describe('what must be exhausted at least', () => {
  it.each([
    ['1 user, 2 connections a pair, 2 hops', 1, 2, 2],
    ['1 user, 2 connections a pair, 3 hops', 1, 2, 3],
    ['2 users, 1 connection a pair, 2 hops', 2, 1, 2],
    ['2 users, 1 connection a pair, 3 hops', 2, 1, 3],
  ])('is: %s, with NTLM and with Basic', (_, users, connections, hops) => {
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
