/**
 * What the processes cost that a piece of work starts: processor time and memory, as the kernel
 * counts them for this process and its children. Only Linux says so; elsewhere both are null.
 */
import { readdirSync, readFileSync } from 'node:fs';

export type Measured = {
  readonly seconds: number; // wall time
  readonly cpuSeconds: number | null; // user and system, of all children that ended meanwhile
  readonly peakBytes: number | null; // resident in the largest of them
};

/** `getconf CLK_TCK` is 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
/** A process may grow once more after the last look at it, for no longer than this. */
const LOOK_EVERY_MS = 20;

/**
 * Runs `work` and measures what its child processes cost. Nothing else may start any meanwhile.
 *
 * The high-water mark of a process is looked up while it runs. What `wait` tells of it at its end
 * is of no use: there, a small child of a large parent counts as large as its parent.
 */
export async function metered<Result>(
  work: () => Promise<Result>,
): Promise<Measured & { readonly result: Result }> {
  const before = childrensCpuSeconds();
  const began = performance.now();
  let peak: number | null = null;
  const look = () => {
    for (const pid of descendants()) peak = Math.max(peak ?? 0, highWaterBytes(pid) ?? 0);
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    const result = await work();
    const seconds = (performance.now() - began) / 1000;
    const after = childrensCpuSeconds();
    const cpuSeconds = before === null || after === null ? null : after - before;
    return { result, seconds, cpuSeconds, peakBytes: peak };
  } finally {
    clearInterval(looking);
  }
}

/** Ids of the processes that a process has started and that still run. Default: this one. */
export function children(of: number | 'self' = 'self'): readonly number[] {
  try {
    return readdirSync(`/proc/${of}/task`).flatMap((task) =>
      readFileSync(`/proc/${of}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter((pid) => pid !== '')
        .map(Number),
    );
  } catch {
    return []; // it has ended, or nobody says
  }
}

/** The children, and theirs: a compiler is started by another program of its name. */
export function descendants(of: number | 'self' = 'self'): readonly number[] {
  return children(of).flatMap((pid) => [pid, ...descendants(pid)]);
}

function highWaterBytes(pid: number): number | null {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null; // it has ended
  }
}

function childrensCpuSeconds(): number | null {
  try {
    // The name of the program, in brackets, may hold anything; the fields after it may not.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [cutime, cstime] = [Number(fields[13]), Number(fields[14])];
    return (cutime + cstime) / TICKS_A_SECOND;
  } catch {
    return null;
  }
}
