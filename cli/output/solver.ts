/** Solvers of others that check a certificate: as processes, found in PATH. */
import { spawnSync } from 'node:child_process';
import type { Certificate } from '../../checker/unbounded/certificate.ts';
import { BadInput } from '../input/bad-input.ts';

const ARGUMENTS = {
  z3: ['-smt2', '-in'],
  cvc5: ['--incremental', '--lang=smt2', '-'],
} as const;

export type Solver = keyof typeof ARGUMENTS;
export const SOLVERS = Object.keys(ARGUMENTS) as readonly Solver[];

export type SolverReport = {
  readonly solver: Solver;
  readonly questions: number;
  readonly wrong: number; // answers that are missing, or not as the proof needs them
  readonly milliseconds: number;
};

/** @throws BadInput where the solver is not installed, or is stopped by a signal. */
export function ask(solver: Solver, { lines, expected }: Certificate): SolverReport {
  const before = performance.now();
  const { stdout, error, signal } = spawnSync(solver, ARGUMENTS[solver], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined)
    throw new BadInput(`--solver ${solver}: it does not run (${error.message}); is it installed?`);
  if (signal !== null) throw new BadInput(`--solver ${solver}: it was stopped by ${signal}`);
  const answers = stdout.split('\n').filter((_, i) => i % 2 === 0); // its answer, then ours
  const wrong = expected.filter((answer, i) => answers[i] !== answer).length;
  const milliseconds = performance.now() - before;
  return { solver, questions: expected.length, wrong, milliseconds };
}
