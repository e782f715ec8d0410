/** Solvers of others that check a certificate, each as a process. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Certificate } from '../../checker/unbounded/certificate.ts';
import { BadInput } from '../input/bad-input.ts';
import { packageRoot } from '../package.ts';

/** With the version that is tested. */
export const Z3_PACKAGE = 'z3-solver@5.2.0';

type Command = readonly [string, ...(readonly string[])];

/** The first two are found in PATH; the last is a package of npm. */
const COMMANDS = {
  z3: (): Command => ['z3', '-smt2', '-in'],
  cvc5: (): Command => ['cvc5', '--incremental', '--lang=smt2', '-'],
  'z3-solver': (): Command => [process.execPath, z3Program(), z3Module()],
} as const;

export type Solver = keyof typeof COMMANDS;
export const SOLVERS = Object.keys(COMMANDS) as readonly Solver[];

export type SolverReport = {
  readonly solver: Solver;
  readonly questions: number;
  readonly wrong: number; // answers that are missing, or not as the proof needs them
  readonly milliseconds: number;
};

/** @throws BadInput where what a solver is run with is known to be missing. */
export const commandOf = (solver: Solver): Command => COMMANDS[solver]();

/** @throws BadInput where the solver is not installed, fails, or is stopped by a signal. */
export function ask(solver: Solver, { lines, expected }: Certificate): SolverReport {
  const before = performance.now();
  const [command, ...args] = commandOf(solver);
  const { stdout, stderr, error, status, signal } = spawnSync(command, args, {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined)
    throw new BadInput(`--solver ${solver}: it does not run (${error.message}); is it installed?`);
  if (signal !== null) throw new BadInput(`--solver ${solver}: it was stopped by ${signal}`);
  const complaint = stderr.split('\n').find((line) => /^\w*error\b/i.test(line));
  if (status !== 0 && complaint !== undefined)
    throw new BadInput(`--solver ${solver}: it failed (${complaint.trim()})`);
  const answers = stdout.split('\n').filter((_, i) => i % 2 === 0); // its answer, then ours
  const wrong = expected.filter((answer, i) => answers[i] !== answer).length;
  const milliseconds = performance.now() - before;
  return { solver, questions: expected.length, wrong, milliseconds };
}

/**
 * The file of the package, which a user may have installed beside this one or where the command is
 * run.
 *
 * @throws BadInput where there is none.
 */
export function z3Module(folders = [packageRoot, process.cwd()]): string {
  try {
    return createRequire(import.meta.url).resolve('z3-solver', { paths: [...folders] });
  } catch {
    throw new BadInput(
      `--solver z3-solver: the package is not installed; run \`npm install ${Z3_PACKAGE}\``,
    );
  }
}

/** Beside this module if it is built; otherwise where the build puts it. */
function z3Program(): string {
  const paths = ['z3-process.js', '../../dist/cli/output/z3-process.js'].map((path) =>
    join(import.meta.dirname, path),
  );
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new BadInput('--solver z3-solver: run `npm run build` first');
  return path;
}
