/** Random search for one attack, in sequences that anybody can take again. */
import fc from 'fast-check';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Attack } from '../faults/attacks/attack.ts';
import { walkAtRandom } from './random-walks.ts';

export const SEQUENCE_SEARCH = { seed: 20_261_124, sequences: 20_000 } as const;

/**
 * After how many random sequences the attack is found. Infinity: not within `SEQUENCE_SEARCH.sequences`. Null:
 * no single run can show it, since the claim says what stays possible.
 */
export function sequencesTo(
  { deployment, fault, claim }: Attack,
  seed: number = SEQUENCE_SEARCH.seed,
): number | null {
  if (claim.kind === 'reachable') return null;
  const { failure, sequences } = walkAtRandom({
    deployments: fc.constant(deployment),
    machines: fault?.inject(MACHINES) ?? MACHINES,
    about: claim.about,
    claims: [claim],
    sequences: SEQUENCE_SEARCH.sequences,
    seed,
    shrinks: false,
  });
  return failure === null ? Number.POSITIVE_INFINITY : sequences;
}
