/** Random search for one attack, in sequences that anybody can take again. */
import fc from 'fast-check';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Attack } from '../faults/attacks/attack.ts';
import { walkAtRandom } from './random-walks.ts';

export const HUNT = { seed: 20_261_124, sequences: 20_000 } as const;

/**
 * After how many random sequences the attack is found. Infinity: not within `HUNT.sequences`. Null:
 * no single run can show it, since the claim says what stays possible.
 */
export function sequencesTo(
  { deployment, sabotage, claim }: Attack,
  seed: number = HUNT.seed,
): number | null {
  if (claim.kind === 'possible') return null;
  const { failure, sequences } = walkAtRandom({
    deployments: fc.constant(deployment),
    machines: sabotage?.weaken(MACHINES) ?? MACHINES,
    about: claim.about,
    claims: [claim],
    sequences: HUNT.sequences,
    seed,
    shrinks: false,
  });
  return failure === null ? Number.POSITIVE_INFINITY : sequences;
}
