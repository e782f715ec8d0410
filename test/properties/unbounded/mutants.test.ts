/**
 * A mutant that breaks a claim in a bounded system of a class breaks the proof for the class.
 *
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { MachineError } from '../../../checker/model/table.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import { checkClaim } from '../../../properties/check.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import * as plain from '../../../properties/deployments/plain.ts';
import { mutantsOf } from '../../../properties/faults/mutants.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';
import { isMeant } from './support/classes.ts';

const USED: readonly (keyof Machines)[] = [
  ...(['ntlmServerConnection', 'ntlmClientConnection'] as const),
  ...(['basicServerConnection', 'basicClientConnection'] as const),
  ...(['wire', 'browser', 'frontEnd', 'mailbox'] as const),
];
const MUTANTS = USED.flatMap(mutantsOf).map(({ id, machine, mutated }) => ({
  id,
  machines: { ...MACHINES, [machine]: mutated } as Machines,
}));
const DEPLOYMENTS = [
  deploymentOf(plain.SINGLE),
  deploymentOf(plain.ARTICLE, 'NTLM'),
  deploymentOf(plain.DIRECT_LINK),
  deploymentOf(plain.ARTICLE, 'Basic'),
  deploymentOf(plain.NETWORK_LOGON),
  deploymentOf(plain.BASIC_THEN_NTLM),
  deploymentOf(plain.THREE_HOPS),
];

/** Servers that accept NTLM get no password, whatever one mutant does. */
const UNBROKEN = 'password-stays-secret';

const isViolated = (theorem: Theorem, machines: Machines) =>
  DEPLOYMENTS.filter((deployment) => isMeant(theorem, deployment)).some((deployment) => {
    try {
      const limits = { statesMax: 100_000, machines, stopAtViolation: true };
      return checkClaim(theorem.claim, deployment, limits).verdict === 'violated';
    } catch (error) {
      if (error instanceof MachineError || error instanceof RangeError) return false;
      throw error;
    }
  });

/** Whether the proof stands. False also where the mutant cannot be tabulated. */
function isProved(theorem: Theorem, machines: Machines): boolean {
  try {
    return prove(theorem, machines).obstacle === null;
  } catch {
    return false;
  }
}

it.each(
  THEOREMS.filter(({ network: { id } }) => id === 'ntlm' || id === 'mixed').map(
    (theorem) => [theorem.claim.id, theorem.network.id, theorem] as const,
  ),
)('%s for networks of %s is not proved of a mutant that breaks it', (claim, _, theorem) => {
  const broken = MUTANTS.filter(({ machines }) => isViolated(theorem, machines));
  expect(broken.length > 0).toBe(claim !== UNBROKEN);
  const standing = broken.filter(({ machines }) => isProved(theorem, machines));
  expect(standing.map(({ id }) => id)).toEqual([]);
});
