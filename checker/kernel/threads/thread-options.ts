/** Whether a search uses threads, and how many. */

import type { SweepOptions } from '../../explore/explored.ts';
import { coresHere, hasThreads } from '../native/threads.ts';

export type ThreadOptions = {
  /** Threads of a search in WebAssembly. Default: one for each core, but no more than 8. */
  readonly threads?: number;
  /** The number of states from which more threads are used. Default: 5,000,000. */
  readonly threadsFrom?: number;
};

const THREADS_MAX = 8;
const THREADS_FROM = 5_000_000; // states: with fewer, they do not pay

/**
 * The number of threads to continue with after `states` states. A search that stops at the first
 * violation uses one, because it depends on the order in which states are found.
 */
export function threadsFor(options: SweepOptions & ThreadOptions, states: number): number {
  const { threads, threadsFrom = THREADS_FROM, stopAtViolation = false } = options;
  if (states < threadsFrom || stopAtViolation || !hasThreads()) return 1;
  return threads ?? Math.min(coresHere(), THREADS_MAX);
}
