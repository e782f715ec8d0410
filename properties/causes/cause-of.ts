/** The cause of a violation, by the claim that is violated. */
import { MACHINES } from '../../machines/system/deployment.ts';
import type { ClaimResult } from '../check.ts';
import type { Fault } from '../claim.ts';
import { type Cause, causeFrom, type Run } from './cause.ts';
import { faultReason, isPossibleWithout } from './faults.ts';

/**
 * Null: the claim is not violated.
 *
 * @param fault - with which the result was found. Null: none.
 */
export function causeOf(
  {
    claim,
    deployment,
    verdict,
    trace,
    loop,
  }: Pick<ClaimResult, 'claim' | 'deployment' | 'verdict' | 'trace' | 'loop'>,
  fault: Fault | null = null,
): Cause | null {
  if (verdict !== 'violated' || trace === null || claim.cause === null) return null;
  const machines = fault?.inject(MACHINES) ?? MACHINES;
  const run: Run = { deployment, trace, loop, machines };
  const account = claim.cause(run, claim);
  const isOfFault = fault !== null && !isPossibleWithout(claim, run);
  return causeFrom(isOfFault ? { ...account, why: faultReason(fault, machines) } : account);
}
