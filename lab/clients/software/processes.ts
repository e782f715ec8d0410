/** Clients that are programs: run once for all visits, and killed at their time limit. */
import { execFile } from 'node:child_process';

export type Ended = { readonly out: string; readonly error: string; readonly wasKilled: boolean };

const OUTPUT_MAX = 2 ** 22; // bytes

/** The output of a program, whatever its exit code. `input`: its standard input. */
export function ended(
  command: string,
  args: readonly string[],
  millisecondsMax: number,
  input = '',
): Promise<Ended> {
  const options = {
    timeout: millisecondsMax,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_MAX,
    env: { PATH: process.env.PATH ?? '', LANG: 'C', HOME: '/nonexistent' }, // no .curlrc, no proxy
  } as const;
  return new Promise((resolve) => {
    const child = execFile(command, args, options, (failure, out, error) => {
      resolve({ out, error, wasKilled: failure?.killed ?? false });
    });
    child.stdin?.on('error', () => {}); // it ended without reading
    child.stdin?.end(input);
  });
}
