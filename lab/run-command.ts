/** Runs a command to its end. */
import { execFile } from 'node:child_process';

/** A problem of a server of the laboratory: its name, and its last output. */
export class LabError extends Error {
  override name = 'LabError';
}

const OUTPUT_MAX = 2 ** 24; // bytes

/**
 * @returns its standard output.
 *
 * @param name - for error messages.
 * @param millisecondsMax - after which it is killed.
 * @throws LabError with its last lines, if it cannot be run, is killed or fails.
 */
export function runCommand(
  name: string,
  [command, ...args]: readonly [string, ...string[]],
  millisecondsMax: number,
): Promise<string> {
  const options = {
    timeout: millisecondsMax,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_MAX,
  } as const;
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
      const manner = error.killed ? `took more than ${millisecondsMax} ms` : error.message;
      return reject(new LabError(`${name}: ${command} failed: ${manner.split('\n')[0]}\n${said}`));
    });
  });
}
