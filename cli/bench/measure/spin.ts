/**
 * Runs SPIN on a Promela text: `spin -a` writes a verifier in C, gcc compiles it, and it can be run
 * any number of times. Every process has a time limit.
 *
 * @source Holzmann, The SPIN Model Checker, 11 and 19 (the verifier's flags and its report)
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportOf, type VerifierReport } from './spin-report.ts';

/** The verifier's macros for the fastest search of every state. */
export const SAFETY = ['-DSAFETY', '-DNOREDUCE', '-DNOFAIR', '-DNOBOUNDCHECK'] as const;

export type CompileOptions = {
  /** Flags for gcc: macros of the verifier, such as `SAFETY` or `-DBFS`. */
  readonly flags: readonly string[];
  readonly optimise: '-O0' | '-O1' | '-O2' | '-O3';
  /** Flags for `spin`: macros of the model, such as `-DNOTE`. */
  readonly model?: readonly string[];
  readonly millisecondsMax?: number; // of each process. Default: 2 minutes
};

export type Verifier = {
  readonly seconds: { readonly spin: number; readonly gcc: number }; // wall time of each
  /**
   * Runs the verifier.
   *
   * @param args - such as `-m1000000`.
   * @param millisecondsMax - default: 2 minutes.
   * @param environment - additional variables. Default: none.
   * @throws Error when it is killed, or prints no report.
   */
  readonly run: (
    args: readonly string[],
    millisecondsMax?: number,
    environment?: Environment,
  ) => Promise<VerifierRun>;
  /** Removes its folder. */
  readonly dispose: () => void;
};

export type Environment = Readonly<Record<string, string>>;

/** The verifier's report, and its wall time; `seconds` is the verifier's own figure. */
export type VerifierRun = VerifierReport & { readonly wallSeconds: number };

const MILLISECONDS_MAX = 120_000;
const OUTPUT_MAX = 2 ** 26; // bytes

/** SPIN's version. Null: `spin` or `gcc` is not installed. */
export function spinVersion(): string | null {
  const said = (command: string, args: readonly string[]) => {
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000 });
    return status === 0 ? stdout : null;
  };
  if (said('gcc', ['--version']) === null) return null;
  return /Spin Version (\S+)/.exec(said('spin', ['-V']) ?? '')?.[1] ?? null;
}

/** @throws Error when SPIN or gcc rejects the text, with its message. */
export async function compileWithSpin(promela: string, options: CompileOptions): Promise<Verifier> {
  const { flags, optimise, model = [], millisecondsMax = MILLISECONDS_MAX } = options;
  const folder = mkdtempSync(join(tmpdir(), 'double-hop-spin-'));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, 'model.pml'), promela);
    const inFolder = (command: string, args: readonly string[], max: number) =>
      finished(command, args, folder, max);
    const spin = await inFolder('spin', [...model, '-a', 'model.pml'], millisecondsMax);
    // After an error, SPIN continues and exits with 0.
    if (spin.exit !== 0 || /\bError\b/i.test(spin.said)) throw new Error(`spin: ${spin.said}`);
    const gcc = await inFolder(
      'gcc',
      [optimise, '-w', ...flags, '-o', 'pan', 'pan.c'],
      millisecondsMax,
    );
    if (gcc.exit !== 0) throw new Error(`gcc: ${gcc.said}`);
    return {
      seconds: { spin: spin.seconds, gcc: gcc.seconds },
      run: async (args, max = MILLISECONDS_MAX, environment = {}) => {
        const { said, seconds } = await finished(
          join(folder, 'pan'),
          args,
          folder,
          max,
          environment,
        );
        return { ...reportOf(said), wallSeconds: seconds };
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

type Finished = { readonly exit: number; readonly said: string; readonly seconds: number };

/** @throws Error when the command cannot be run, or is killed. */
function finished(
  command: string,
  args: readonly string[],
  cwd: string,
  timeout: number,
  environment: Environment = {},
): Promise<Finished> {
  const began = performance.now();
  const env = { ...process.env, ...environment };
  const options = { cwd, timeout, env, maxBuffer: OUTPUT_MAX, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const seconds = (performance.now() - began) / 1000;
      const exit = error === null ? 0 : error.code;
      if (typeof exit === 'number') resolve({ exit, said: `${stdout}${stderr}`, seconds });
      else reject(new Error(`${command} ended after ${seconds} s: ${error?.message}`));
    });
  });
}
