/**
 * Programs, run in the foreground: each has its own folder and process group, and its output in a
 * file. It has started when it listens, and is stopped by its id.
 *
 * A group ends with this process, however that ends: no program outlives the tests or a Ctrl-C.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Address, isListening, originOf } from './ports.ts';
import { LabError } from './run-command.ts';

export type Program = {
  readonly name: string; // for error messages, as "nginx-pooled"
  readonly folder: string; // its working directory, which exists and gets its output
  readonly command: string;
  readonly args: readonly string[];
  /** Variables beside PATH and LANG. */
  readonly environment?: Readonly<Record<string, string>>;
  /** It has started when it accepts connections at each of these. */
  readonly listens: readonly Address[];
  /** Its own log files, by path in its folder. */
  readonly logs?: readonly string[];
  readonly startMilliseconds?: number; // until it listens, at most. Default: 15 seconds
  readonly stopMilliseconds?: number; // until it is killed. Default: 5 seconds
};

export type Running = {
  readonly pid: number;
  /** Its output and its log files. */
  readonly log: () => string;
  /** How it ended by itself, with its last lines. Null: it runs, or was stopped. */
  readonly trouble: () => string | null;
  /**
   * Stops it, if need be by SIGKILL, and waits for its end. A second call does nothing.
   *
   * @throws LabError if it had ended by itself.
   */
  readonly stop: () => Promise<void>;
};

const START_MILLISECONDS = 60_000; // against hanging alone
const STOP_MILLISECONDS = 5_000;
const POLL_MILLISECONDS = 25;
const LAST_LINES = 12;
const OUTPUT = 'output.log';

/** Of the process group whose number is given. */
const END_GROUP = 'kill -s TERM -- "-$1"; sleep 3; kill -s KILL -- "-$1"';

/**
 * Starts a program and waits until it listens.
 *
 * @throws LabError with its name and the last lines of its log, if its port is taken, it ends
 *   early, or it does not listen in time.
 */
export async function startProgram(program: Program): Promise<Running> {
  const { name, listens, startMilliseconds = START_MILLISECONDS } = program;
  for (const address of listens)
    if (await isListening(address))
      throw new LabError(
        `${name}: ${originOf(address)} is taken: another program listens there; stop that one`,
      );
  const running = spawned(program);
  const end = performance.now() + startMilliseconds;
  const open = async () => (await Promise.all(listens.map(isListening))).every(Boolean);
  while (!(await open())) {
    const trouble = running.trouble();
    if (trouble !== null) {
      await running.stop().catch(() => {}); // the rest of its group
      throw new LabError(trouble);
    }
    if (performance.now() > end) {
      await running.stop();
      const places = listens.map(originOf).join(' and ');
      const problem = `${name} does not listen at ${places} after ${startMilliseconds} ms`;
      throw new LabError(`${problem}${lastLines(running.log())}`);
    }
    await sleep(POLL_MILLISECONDS);
  }
  return running;
}

function spawned(program: Program): Running {
  const { name, folder, command, args, environment = {}, logs = [] } = program;
  const output = openSync(join(folder, OUTPUT), 'a');
  const env = { PATH: process.env.PATH ?? '', LANG: 'C', ...environment };
  const options = { cwd: folder, env, detached: true } as const;
  const child = spawn(command, args, { ...options, stdio: ['ignore', output, output] });
  closeSync(output);
  let failure: Error | null = null;
  let asked = false;
  child.once('error', (error) => {
    failure = error;
  });
  const dismiss = child.pid === undefined ? () => {} : afterUs(END_GROUP, String(child.pid));
  child.once('exit', dismiss);
  const log = () =>
    [OUTPUT, ...logs]
      .map((file) => join(folder, file))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8'))
      .join('');
  const trouble = () => {
    if (asked) return null;
    if (failure !== null) return `${name} cannot be run: ${failure.message}`;
    return hasEnded(child) ? `${name} ended by itself, ${manner(child)}${lastLines(log())}` : null;
  };
  const stop = async () => {
    if (asked) return;
    const found = trouble();
    asked = true;
    const { stopMilliseconds = STOP_MILLISECONDS } = program;
    if (child.pid !== undefined) await ended(child, child.pid, stopMilliseconds);
    if (found !== null) throw new LabError(found);
  };
  return { pid: child.pid ?? -1, log, trouble, stop };
}

/** Stops the whole group: its first process is asked to end, and the others end with it. */
async function ended(child: ChildProcess, pid: number, millisecondsMax: number): Promise<void> {
  if (!hasEnded(child)) {
    process.kill(pid, 'SIGTERM');
    const end = performance.now() + millisecondsMax;
    while (!hasEnded(child) && performance.now() < end) await sleep(POLL_MILLISECONDS);
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {} // the group is empty
  while (!hasEnded(child)) await sleep(POLL_MILLISECONDS); // a killed process ends
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null;

const manner = ({ exitCode, signalCode }: ChildProcess) =>
  signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;

/** The end of a log, as the end of a message. */
function lastLines(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-LAST_LINES);
  return log.trim() === '' ? '; it printed nothing' : `; it printed last:\n${lines.join('\n')}`;
}

/**
 * Runs shell commands after this process has ended, however it ends: the shell waits for the end of
 * its standard input.
 *
 * @param commands - of a POSIX shell, with `argument` as `$1`.
 * @returns a function that cancels them.
 */
export function afterUs(commands: string, argument: string): () => void {
  const script = `read -r line || { ${commands}; } 2> /dev/null`;
  const shell = spawn('/bin/sh', ['-c', script, 'after-us', argument], {
    detached: true, // a Ctrl-C is not for it
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => {}); // there is no shell
  shell.stdin.on('error', () => {}); // it is gone already
  return () => shell.stdin.end('called off\n');
}
