/** Runs commands as processes, each with a time limit. */
import { spawn } from 'node:child_process';
import { descendants } from './meter.ts';

export type FinishedProcess = { readonly stdout: string; readonly seconds: number };

const OUTPUT_MAX = 2 ** 26; // characters; more is a bug, and would fill the memory
const STDERR_SHOWN = 500; // characters

/**
 * Runs a command to its end, and measures its wall time.
 *
 * @param secondsMax - after this time it is killed, with its children.
 * @throws Error for a command that cannot be run, does not exit with 0, or is killed.
 */
export function run(
  command: string,
  args: readonly string[],
  secondsMax: number,
): Promise<FinishedProcess> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    // A process group of its own, so that its children are ended with it.
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const texts = { stdout: '', stderr: '' };
    let end: string | null = null; // why it was killed
    const kill = (why: string) => {
      end ??= why;
      if (child.pid !== undefined) endGroup(child.pid);
    };
    const timer = setTimeout(() => kill(`took more than ${secondsMax} s`), secondsMax * 1000);
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        texts[stream] += text;
        if (texts[stream].length > OUTPUT_MAX) kill('prints without end');
      });
    const name = [command, ...args].join(' ');
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${name}: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0 && end === null) resolve({ stdout: texts.stdout, seconds });
      else {
        const why = end ?? `ended with ${code ?? signal}`;
        reject(new Error(`${name} ${why}. ${texts.stderr.trim().slice(-STDERR_SHOWN)}`.trim()));
      }
    });
  });
}

/** Ends all descendants of this process. */
export function endChildren(): void {
  for (const pid of descendants()) endGroup(pid);
}

/** Ends the group that the process leads, or the process alone. */
function endGroup(pid: number): void {
  for (const target of [-pid, pid])
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended, or leads no group.
    }
}
