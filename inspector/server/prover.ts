/** Checking in a thread of its own, from the outside. */
import { Worker } from 'node:worker_threads';
import type { News, Progress } from '../feed.ts';
import type { Assignment, Told } from './prove.ts';

const ENTRY = new URL('./prove-worker.js', import.meta.url); // as it is built

/**
 * Starts at once. An error other than a limit is ours, and ends the process.
 *
 * @returns what ends it, whether it is done or not.
 */
export function startProving(
  assignment: Assignment,
  { tell, progress }: Told,
): () => Promise<void> {
  const worker = new Worker(ENTRY, { workerData: assignment });
  worker.on('message', (told: News | Progress) => {
    if (told.type === 'progress') progress(told);
    else tell(told);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    tell({ type: 'limit', message: 'more than fits into memory: nothing more was proved' });
    tell({ type: 'judged' });
  });
  return async () => {
    await worker.terminate();
  };
}
