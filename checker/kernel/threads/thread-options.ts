/** Whether a search goes on in threads, and in how many. */

import type { SweepOptions } from '../../explore/explored.ts';
import { coresHere, hasThreads } from '../native/threads.ts';

export type ThreadOptions = {
  /** Threads of a search in WebAssembly. Default: one for each core, but no more than 8. */
  readonly threads?: number;
  /** States found by one thread before there are more. Default: 5,000,000. */
  readonly threadsFrom?: number;
};

const THREADS_MAX = 8;
const THREADS_FROM = 5_000_000; // states: with fewer, they do not pay

/**
 * How many threads to go on with after so many states. One where the order matters in which states
 * are found: in a search that stops at the first violation.
 */
export function threadsFor(options: SweepOptions & ThreadOptions, states: number): number {
  const { threads, threadsFrom = THREADS_FROM, stopAtViolation = false } = options;
  if (states < threadsFrom || stopAtViolation || !hasThreads()) return 1;
  return threads ?? Math.min(coresHere(), THREADS_MAX);
}
