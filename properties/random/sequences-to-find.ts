/** Random search for one attack, repeatable from its seed. */
import fc from 'fast-check';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Attack } from '../faults/attacks/attack.ts';
import { walkAtRandom } from './random-walks.ts';

export const SEQUENCE_SEARCH = { seed: 20_261_124, sequences: 20_000 } as const;

/**
 * The number of random sequences until the attack is found. Infinity: more than
 * `SEQUENCE_SEARCH.sequences`. Null: no single run can show it, as the claim is of kind
 * `reachable`.
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
