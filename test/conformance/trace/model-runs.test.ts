/**
 * The model's own runs are behaviours of it. Those of some of its mutants are not: what they do
 * otherwise shows on a wire, and nothing that is free explains it.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type JudgeOptions,
  judgeObservations,
} from '../../../conformance/trace/trace-validation.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { MUTANTS } from '../../../properties/faults/mutants.ts';
import { DEPLOYMENTS, randomFrom, randomTrace, sightOfTrace } from './support/model-runs.ts';

const STEPS = 150;

const verdictOf = (
  deployment: Deployment,
  machines: Machines,
  seed: number,
  options: Partial<JudgeOptions> = {},
) => {
  const trace = randomTrace(deployment, machines, STEPS, randomFrom(seed));
  const observations = sightOfTrace(trace, deployment);
  if (observations.connections.length === 0) return null;
  return judgeObservations(observations, { sides: 'both', ...options });
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
        { numRuns: 8 },
      );
    });
  },
);

const SEEDS = 5;

/** Whether one of some runs with these machines is no behaviour of the honest ones. */
function isFound(machines: Machines): boolean {
  for (let seed = 0; seed < SEEDS; seed += 1)
    for (const deployment of DEPLOYMENTS) {
      const policies = [...new Set(deployment.hosts.map(({ policy }) => policy))];
      const defences = [...new Set(deployment.hosts.map(({ defences: some }) => some))];
      const verdict = verdictOf(deployment, machines, seed, { policies, defences });
      if (verdict?.isBehaviour === false) return true;
    }
  return false;
}

const mutantNamed = (id: string): Machines => {
  const { machine, mutated } = MUTANTS.find((mutant) => mutant.id === id)!;
  return { ...MACHINES, [machine]: mutated } as Machines;
};

describe('a fault', () => {
  /**
   * Without this, what follows would say nothing: a judge that refuses everything finds them all.
   */
  it('is not found where there is none', () => {
    expect(isFound(MACHINES)).toBe(false);
  });

  /** Not all mutants: silence is no fault, and a refusal may always be the page's. */
  it.each([
    'ntlmClientConnection.isFreeFor := true',
    'ntlmClientConnection.attempt left out',
    'ntlmClientConnection.hold left out',
    'ntlmServerConnection.isUnproven := false',
    'ntlmServerConnection.losesConnection := true',
    'basicServerConnection.isPassword := true',
  ])('is found: %s', (id) => {
    expect(isFound(mutantNamed(id))).toBe(true);
  });

  it('is not found where it changes nothing: the policy is that way already', () => {
    expect(isFound(mutantNamed('ntlmServerConnection.isForOneRequest := false'))).toBe(false);
  });
});
