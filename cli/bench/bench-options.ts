/** What the bench is asked to do. */
import { parseArgs } from 'node:util';
import { MATCHES } from './matches.ts';

export type BenchOptions = {
  readonly quick: boolean; // the two smallest matches
  readonly only: string | null; // the id of one row
  readonly rounds: number | null; // at most, of each contestant; null: five, or three if quick
  readonly json: boolean; // print the results as JSON, and nothing else
  readonly record: string | null; // a file for the same
  readonly floors: boolean; // fail where a ratio is below three tenths of its target
  readonly requireSpin: boolean; // fail where SPIN is missing
};

/** What is not asked otherwise: everything, and nothing but the table. */
export const DEFAULTS: BenchOptions = {
  quick: false,
  only: null,
  rounds: null,
  json: false,
  record: null,
  floors: false,
  requireSpin: false,
};

/** An option that is not what it should be. The message is complete. */
export class BadOption extends Error {
  override name = 'BadOption';
}

export const HELP = `Usage: npm run bench -- [options]

Compares the checker with others, on systems of its own, and prints one table of ratios. All of it
takes about half an hour, and 16 GB of memory.

  --quick         the two smallest comparisons, in three rounds (xstate/graph in one)
  --only ID       one row of the table
  --rounds N      so many rounds of each side (default: 5, with --quick 3)
  --json          print the results as JSON and nothing else
  --record FILE   write the results to a file as well, as JSON
  --floors        fail where a ratio is below three tenths of what it shall be
  --require-spin  fail where SPIN or gcc is missing; else rows that need them are left out

Exit codes:
  0  everything was measured that could be
  1  a side found other counts than it must, or failed; or what --floors or --require-spin asks
  2  bad input: an option that is not what it should be
  130  stopped by Ctrl-C; the rows that were complete are printed
`;

/** @throws BadOption for arguments that are none of these. Null: help is asked for. */
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
