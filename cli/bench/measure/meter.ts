/**
 * Measures the child processes of a piece of work: processor time and memory, as the kernel counts
 * them. Only Linux reports them; elsewhere both are null.
 */
import { readdirSync, readFileSync } from 'node:fs';

export type MeasuredRound = {
  readonly seconds: number; // wall time
  readonly cpuSeconds: number | null; // user and system, of all children that ended
  readonly peakBytes: number | null; // resident in the largest of them
};

/** `getconf CLK_TCK` is 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
/** Growth in the last moments of a process, for no longer than this, is missed. */
const LOOK_EVERY_MS = 20;

/**
 * Runs `work` and measures its child processes. Nothing else may start a process at the same time.
 *
 * The high-water mark of a process is read while it runs. The value that `wait` reports at its end
 * is useless: a small child of a large parent counts as large as its parent.
 */
export async function metered<Result>(
  work: () => Promise<Result>,
): Promise<MeasuredRound & { readonly result: Result }> {
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

/** Ids of the running children of a process. Default: of this one. */
export function children(of: number | 'self' = 'self'): readonly number[] {
  try {
    return readdirSync(`/proc/${of}/task`).flatMap((task) =>
      readFileSync(`/proc/${of}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter((pid) => pid !== '')
        .map(Number),
    );
  } catch {
    return []; // it has ended, or the system does not report it
  }
}

/** The children and their children: gcc starts the real compiler as a child. */
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
