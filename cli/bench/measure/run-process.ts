/** Commands run as whole processes, each with a time after which it is killed. */
import { spawn } from 'node:child_process';
import { descendants } from './meter.ts';

export type Ended = { readonly stdout: string; readonly seconds: number };

const OUTPUT_MAX = 2 ** 26; // characters; more is a fault, and would fill the memory
const TOLD = 500; // characters of what a command complained about

/**
 * Runs a command to its end, and takes the time from outside.
 *
 * @param secondsMax - then it is killed, with all that it has started.
 * @throws Error for a command that cannot be run, ends with anything but 0, or is killed.
 */
export function run(command: string, args: readonly string[], secondsMax: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    // A group of its own, so that what it started is ended with it.
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
        reject(new Error(`${name} ${why}. ${texts.stderr.trim().slice(-TOLD)}`.trim()));
      }
    });
  });
}

/** Ends every process that this one has started, and those that they have. */
export function endChildren(): void {
  for (const pid of descendants()) endGroup(pid);
}

/** The group that the process leads, or where it leads none, the process. */
function endGroup(pid: number): void {
  for (const target of [-pid, pid])
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended, or leads no group.
    }
}
