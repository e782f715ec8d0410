/** The options of the bench. */
import { parseArgs } from 'node:util';
import { MATCHES } from './matches.ts';

export type BenchOptions = {
  readonly quick: boolean; // only the two smallest matches
  readonly only: string | null; // the id of one row; null: all rows
  readonly rounds: number | null; // at most, of each contestant; null: 5, or 3 if quick
  readonly json: boolean; // print the results as JSON, and nothing else
  readonly record: string | null; // a file for the results as JSON
  readonly floors: boolean; // fail where a ratio is below three tenths of its target
  readonly requireSpin: boolean; // fail where SPIN is missing
};

/** Every row, printed as a table. */
export const DEFAULTS: BenchOptions = {
  quick: false,
  only: null,
  rounds: null,
  json: false,
  record: null,
  floors: false,
  requireSpin: false,
};

/** A wrong option. The message is complete. */
export class BadOption extends Error {
  override name = 'BadOption';
}

export const HELP = `Usage: npm run bench -- [options]

Compares the speed of the checker with others, and prints one table of ratios. It takes about half
an hour, and 16 GB of memory.

Options:
  --quick         measure only the two smallest comparisons, in 3 rounds (xstate/graph in 1)
  --only ID       measure only this row of the table
  --rounds N      measure N rounds of each side (default: 5, with --quick 3)
  --json          print the results as JSON and nothing else
  --record FILE   also write the results to a file, as JSON
  --floors        fail when a ratio is below 30 % of its target
  --require-spin  fail when SPIN or gcc is missing; without it, their rows are left out

Exit codes:
  0    every row was measured, or left out for a missing program
  1    a side failed or counted wrongly, or --floors or --require-spin was not met
  2    bad input: a wrong option
  130  interrupted with Ctrl-C; the complete rows are printed
`;

/** @returns null for `--help`. @throws BadOption for a wrong argument. */
export function parseOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parsed(args);
  if (values.help) return null;
  const { quick, only = null, rounds, json, record = null, floors } = values;
  return {
    quick,
    only,
    rounds: rounds === undefined ? null : wholeNumber(rounds),
    json,
    record,
    floors,
    requireSpin: values['require-spin'],
  };
}

/** @throws BadOption when no row has this id. */
export function matchesFor({ quick, only }: BenchOptions): typeof MATCHES {
  const all = MATCHES.filter(({ isQuick }) => isQuick || !quick || only !== null);
  if (only === null) return all;
  const ids = all.flatMap(({ comparisons }) => comparisons.map(({ id }) => id));
  if (!ids.includes(only))
    throw new BadOption(`no row is called "${only}"; the rows are ${ids.join(', ')}`);
  return all
    .map((match) => ({
      ...match,
      comparisons: match.comparisons.filter(({ id }) => id === only),
    }))
    .filter(({ comparisons }) => comparisons.length > 0);
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: flag,
        only: text,
        rounds: text,
        json: flag,
        record: text,
        floors: flag,
        'require-spin': flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

const ROUNDS_MAX = 99;

function wholeNumber(text: string): number {
  const rounds = Number(text);
  if (/^\d+$/.test(text) && rounds >= 1 && rounds <= ROUNDS_MAX) return rounds;
  throw new BadOption(`--rounds must be a whole number from 1 to ${ROUNDS_MAX}, found "${text}"`);
}
