/** Threads that search along with the one that starts them. The body of each is `thread.ts`. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What a thread is given. */
export type ThreadData = {
  readonly memory: WebAssembly.Memory;
  readonly base: number; // the address of its header
};

/** Node runs no TypeScript: from the sources, it is where the build puts it. */
const PATHS = ['thread.js', '../../../dist/checker/kernel/native/thread.js'].map((path) =>
  join(import.meta.dirname, path),
);
const path = PATHS.find((candidate) => existsSync(candidate));

/** Whether the project has been built. */
export const hasThreads = (): boolean => path !== undefined;

/** How many threads can run at the same time here. */
export const coresHere = (): number => availableParallelism();

/**
 * Starts a thread. It does not keep the process from ending.
 *
 * @throws TypeError where `hasThreads` is false.
 */
export function startThread(shared: ThreadData): void {
  if (path === undefined) throw new TypeError('no thread to start: the project is not built');
  new Worker(path, { workerData: shared }).unref();
}
