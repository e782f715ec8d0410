/**
 * Theory against the model, on random deployments with an adversary: any defences, any client, any
 * capabilities.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { MachineError } from '../../../checker/model/table.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import { withAdversary } from '../../../properties/random/random-adversary.ts';

const SEED = 20_261_124;
const DEPLOYMENTS = 150;

/** Null: too large to exhaust here, or more responses than the adversary keeps. */
function verdictOf(claim: Claim, deployment: Deployment): string | null {
  try {
    return checkClaim(claim, deployment, { statesMax: 20_000 }).verdict;
  } catch (error) {
    if (error instanceof LimitReached || error instanceof MachineError) return null;
    throw error;
  }
}

it(`on ${DEPLOYMENTS} random deployments, every verdict is the one that theory predicts`, () => {
  const tally = new Map<string, number>();
  for (const deployment of fc.sample(withAdversary, { seed: SEED, numRuns: DEPLOYMENTS }))
    for (const claim of CLAIMS) {
      if (claim.about !== 'deployment' || !claim.appliesTo(deployment)) continue;
      const verdict = verdictOf(claim, deployment);
      const what = `${claim.id} ${verdict ?? 'is not checked'}`;
      tally.set(what, (tally.get(what) ?? 0) + 1);
      if (verdict === null) continue;
      const expected = expectedVerdict(claim, deployment);
      if (expected === null) continue;
      expect([claim.id, verdict, deployment]).toEqual([claim.id, expected, deployment]);
    }
  // The deployments are neither all harmless nor all lost, and few are too large.
  for (const what of ['confinement holds', 'confinement violated', 'attack-is-refused witnessed'])
    expect([what, (tally.get(what) ?? 0) > 20]).toEqual([what, true]);
  expect(tally.get('mic-protects violated')).toBeGreaterThan(0);
  expect(tally.get('confinement is not checked') ?? 0).toBeLessThan(DEPLOYMENTS / 10);
});
