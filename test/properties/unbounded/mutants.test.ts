/** A mutant that breaks a claim in a bounded system of a class breaks the proof for the class. */
import { describe, expect, it } from 'vitest';
import { MachineError } from '../../../checker/model/table.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import { checkClaim } from '../../../properties/check.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE, DIRECT_LINK, SINGLE } from '../../../properties/deployments/plain.ts';
import { mutantsOf } from '../../../properties/faults/mutants.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

const USED: readonly (keyof Machines)[] = [
  ...(['ntlmServerConnection', 'ntlmClientConnection', 'wire'] as const),
  ...(['browser', 'frontEnd', 'mailbox'] as const),
];
const MUTANTS = USED.flatMap(mutantsOf);
const DEPLOYMENTS = [
  deploymentOf(ARTICLE, 'NTLM'),
  deploymentOf(DIRECT_LINK),
  deploymentOf(SINGLE),
];
const [confinement] = THEOREMS;

const isViolated = (machines: Machines) =>
  DEPLOYMENTS.some((deployment) => {
    try {
      const limits = { statesMax: 100_000, machines, stopAtViolation: true };
      return checkClaim(confinement!.claim, deployment, limits).verdict === 'violated';
    } catch (error) {
      if (error instanceof MachineError || error instanceof RangeError) return false;
      throw error;
    }
  });

/** Whether the proof stands. False also where the mutant cannot be tabulated. */
function isProved(machines: Machines): boolean {
  try {
    return prove(confinement!, machines).obstacle === null;
  } catch {
    return false;
  }
}

describe('confinement where every host accepts NTLM', () => {
  it('is not proved of a mutant that violates it in a bounded system', { tags: 'long' }, () => {
    const unsound: string[] = [];
    let violated = 0;
    for (const { id, machine, mutated } of MUTANTS) {
      const machines = { ...MACHINES, [machine]: mutated } as Machines;
      if (!isViolated(machines)) continue;
      violated += 1;
      if (isProved(machines)) unsound.push(id);
    }
    expect(unsound).toEqual([]);
    expect(violated).toBeGreaterThan(0);
  });
});
