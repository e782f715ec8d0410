/**
 * The model's own runs are behaviours of it, and those of its mutants are not, wherever what a
 * mutant does otherwise shows on a wire.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JudgeOptions, judgeSight } from '../../../conformance/judge/judge.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import * as plain from '../../../properties/deployments/plain.ts';
import { MUTANTS, type Mutant } from '../../../properties/mutants.ts';
import { randomTrace, sightOfTrace } from './support/model-runs.ts';

const DEPLOYMENTS = [
  plain.ARTICLE,
  plain.SINGLE,
  plain.TWO_USERS,
  plain.BASIC_THEN_NTLM,
  plain.DIRECT_LINK,
].flatMap(deploymentsOf);

const STEPS = 100;

/** A generator that a seed determines: Park and Miller's. */
function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

const verdictOf = (
  deployment: Deployment,
  machines: Machines,
  seed: number,
  options: Partial<JudgeOptions> = {},
) => {
  const trace = randomTrace(deployment, machines, STEPS, randomFrom(seed));
  const sight = sightOfTrace(trace, deployment);
  if (sight.connections.length === 0) return null;
  return judgeSight(sight, { sides: 'both', ...options });
};

describe.each(DEPLOYMENTS.map((deployment) => [deployment.name, deployment] as const))(
  'runs of %s',
  (_, deployment) => {
    it('are behaviours', () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const verdict = verdictOf(deployment, MACHINES, seed);
          expect(verdict?.why ?? '').toBe('');
        }),
        { numRuns: 20 },
      );
    });
  },
);

/** Whether one of some runs with the mutant in it is no behaviour of the honest machines. */
function isFound({ machine, mutated }: Mutant): boolean {
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  return DEPLOYMENTS.some((deployment) => {
    const policies = [...new Set(deployment.hosts.map(({ policy }) => policy))];
    const defences = [...new Set(deployment.hosts.map(({ defences: some }) => some))];
    const strict = { policies, defences, pages: 'anything' } as const;
    return Array.from({ length: 40 }, (_, seed) => seed).some((seed) => {
      try {
        return verdictOf(deployment, machines, seed, strict)?.isBehaviour === false;
      } catch {
        return true; // it does not even run
      }
    });
  });
}

describe('mutants of', () => {
  it.each([
    'ntlmClientConnection',
    'ntlmServerConnection',
    'basicClientConnection',
    'basicServerConnection',
  ] as const)('%s', (machine) => {
    const mutants = MUTANTS.filter((mutant) => mutant.machine === machine);
    const unseen = mutants.filter((mutant) => !isFound(mutant)).map(({ id }) => id);
    expect(unseen).toEqual([]);
  });
});
