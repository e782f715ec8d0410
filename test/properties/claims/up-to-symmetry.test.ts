/** Every claim comes out of a search up to symmetry as it does of a search of all states. */
import { describe, expect, it } from 'vitest';
import type { Symmetry } from '../../../checker/symmetry/symmetry.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { MOST_GENERAL_CLIENT_SYMMETRY, symmetryOf } from '../../../machines/system/exchangeable.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import type { Claim } from '../../../properties/claim.ts';
import { DEPLOYMENTS, deploymentOf } from '../../../properties/deployments/deployments.ts';
import { SINGLE } from '../../../properties/deployments/plain.ts';
import { claimsAbout } from '../../../properties/verdicts/measure.ts';
import { comparedBothWays } from '../../checker/support/both-ways.ts';

const STATES_MAX = 70_000; // of a system that is searched both ways

type Counted = { readonly whole: number; readonly visited: number };

/** Compares both searches of each system of the claim. @returns their states, summed. */
function compared(claim: Claim, one: Deployment, symmetry: Symmetry): Counted {
  const counted = claim.subjects(one, MACHINES).map(({ system, properties }): Counted => {
    const reduced = comparedBothWays(system, properties, symmetry, STATES_MAX);
    if (reduced === null) return { whole: 0, visited: 0 };
    for (const why of reduced.leftOut) expect(why).not.toMatch(/: machine/);
    return { whole: reduced.whole.states, visited: reduced.states };
  });
  return sumOf(counted);
}

const SYMMETRIC = DEPLOYMENTS.filter((one) => symmetryOf(one).renamings.length > 0);

const counts = new Map<Deployment, Counted>();

/** Compares the claims about a deployment, once. Of responses, nothing is exchanged. */
function countsOf(one: Deployment): Counted {
  const known = counts.get(one);
  if (known !== undefined) return known;
  const counted = claimsAbout(one)
    .filter(({ about, kind }) => about === 'deployment' && kind !== 'response')
    .map((claim) => compared(claim, one, symmetryOf(one)));
  const sum = sumOf(counted);
  counts.set(one, sum);
  return sum;
}

const sumOf = (some: readonly Counted[]): Counted => ({
  whole: some.reduce((sum, { whole }) => sum + whole, 0),
  visited: some.reduce((sum, { visited }) => sum + visited, 0),
});

describe('of a deployment whose parts are alike,', { tags: 'long' }, () => {
  it.each(SYMMETRIC.map((one) => [one.name, one] as const))('%s, every claim', (_, one) => {
    const { whole, visited } = countsOf(one);
    expect(whole).toBeGreaterThan(visited);
  });

  it('of five states two are visited, though some claims tell parts apart', () => {
    const { whole, visited } = sumOf(SYMMETRIC.map(countsOf));
    expect(visited / whole).toBeCloseTo(0.41, 1);
  });
});

describe('of a server against the most general client,', () => {
  const single = deploymentOf(SINGLE);

  it.each(Object.entries(POLICIES))('with the policy %s, every claim', (_, policy) => {
    const one = { ...single, hosts: single.hosts.map((host) => ({ ...host, policy })) };
    const claims = claimsAbout(one).filter(({ about }) => about === 'server');
    expect(claims.map(({ id }) => id)).toHaveLength(3);
    for (const claim of claims) {
      const { whole, visited } = compared(claim, one, MOST_GENERAL_CLIENT_SYMMETRY);
      expect(whole / visited).toBeGreaterThan(1.7);
    }
  });
});
