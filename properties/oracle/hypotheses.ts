/** How hypotheses are made: of a predicate, of several hypotheses, and within a scope. */
import type { Deployment } from '../../machines/system/topology.ts';
import type { Given } from '../claim.ts';

export type Predicate = (deployment: Deployment) => boolean;

/** Words that say the opposite of `isBroken`. */
export const unless = (isBroken: Predicate, says: string): Given => ({
  says,
  is: (deployment) => !isBroken(deployment),
});

/** False where some part is false; null where none is and theory says nothing of some part. */
export const all = (...parts: readonly Given[]): Given => ({
  says: parts.map(({ says }) => says).join('; '),
  is: (deployment) => {
    const found = parts.map((part) => part.is(deployment));
    return found.includes(false) ? false : found.includes(null) ? null : true;
  },
});

/**
 * The same words; theory decides only where `covers` is true. Of other deployments it may still
 * know that the claim holds.
 */
export const within = (
  covers: Predicate,
  { says, is }: Given,
  holdsBeyond: Predicate = () => false,
): Given => ({
  says,
  is: (deployment) => (covers(deployment) ? is(deployment) : holdsBeyond(deployment) ? true : null),
});
