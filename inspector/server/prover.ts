/** Starts the thread that checks claims. */
import { Worker } from 'node:worker_threads';
import type { News, Progress } from '../feed.ts';
import type { Assignment, Publisher } from './prove.ts';

const ENTRY = new URL('./prove-worker.js', import.meta.url); // as it is built

/**
 * Starts at once. An error other than a limit is a defect and ends the process.
 *
 * @returns a function that ends the thread, whether it has finished or not.
 */
export function startProving(
  assignment: Assignment,
  { publish, progress }: Publisher,
): () => Promise<void> {
  const worker = new Worker(ENTRY, { workerData: assignment });
  worker.on('message', (message: News | Progress) => {
    if (message.type === 'progress') progress(message);
    else publish(message);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    publish({ type: 'limit', message: 'the memory is full: no further claim was checked' });
    publish({ type: 'finished' });
  });
  return async () => {
    await worker.terminate();
  };
}
