/** Hypotheses and claims are tight, by what was measured: `goldens.json`. */
import { describe, expect, it } from 'vitest';
import { CLAIMS } from '../../properties/catalogue.ts';
import { expectedVerdict, isNegative } from '../../properties/claim.ts';
import {
  failingUnderAttack,
  failingWhereNotGiven,
  failingWithFault,
  measuredOf,
} from '../../properties/verdicts/tightness.ts';
import { GOLDENS } from '../support/goldens.ts';

const EACH = CLAIMS.map((claim) => [claim.id, claim] as const);

describe('the hypothesis of', () => {
  it.each(EACH)('%s is true exactly where the claim holds or has a witness', (_, claim) => {
    const measured = measuredOf(claim, GOLDENS);
    expect(measured.length).toBeGreaterThan(0);
    for (const { deployment, measured: found } of measured) {
      const where = deployment.name;
      if (claim.given.is(deployment) === null) continue; // theory predicts nothing there
      expect([where, claim.given.is(deployment)]).toEqual([where, !isNegative(found)]);
      expect([where, found.verdict]).toEqual([where, expectedVerdict(claim, deployment)]);
    }
  });
});

describe('the claim', () => {
  it.each(EACH)('%s fails in a deployment, with a fault or under an attack', (_, claim) => {
    const failing = [failingWhereNotGiven, failingWithFault, failingUnderAttack].flatMap((where) =>
      where(claim, GOLDENS),
    );
    const shown = failing.filter(({ steps }) => claim.kind === 'sometimes' || steps !== null);
    expect(shown).not.toEqual([]);
  });
});
