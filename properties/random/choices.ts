/** Numbers by which a walk that goes on by itself chooses among what is enabled. */
import fc from 'fast-check';

/** The same for the same seed. All numbers are as likely, up to 2^31 - 1. */
export const choicesOf = (seed: number, count: number): readonly number[] =>
  fc.sample(fc.noBias(fc.nat()), { seed, numRuns: count });
