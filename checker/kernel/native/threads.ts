/** Worker threads for a search. The body of each is `thread.ts`. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The data of a new thread. */
export type ThreadData = {
  readonly memory: WebAssembly.Memory;
  readonly base: number; // the address of its header
};

/** Beside this module if it is built; otherwise where the build puts it. */
const PATHS = ['thread.js', '../../../dist/checker/kernel/native/thread.js'].map((path) =>
  join(import.meta.dirname, path),
);
const path = PATHS.find((candidate) => existsSync(candidate));

/** Whether the project has been built. */
export const hasThreads = (): boolean => path !== undefined;

/** The number of threads that can run at the same time. */
export const coresHere = (): number => availableParallelism();

/**
 * Starts a thread, which does not keep the process alive.
 *
 * @throws TypeError if `hasThreads` is false.
 */
export function startThread(shared: ThreadData): void {
  if (path === undefined) throw new TypeError('no thread to start: the project is not built');
  new Worker(path, { workerData: shared }).unref();
}
