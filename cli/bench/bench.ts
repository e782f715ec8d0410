/** The whole bench: runs the matches, prints the results, and decides the exit code. */
import { writeFileSync } from 'node:fs';
import { BadOption, type BenchOptions, matchesFor } from './bench-options.ts';
import type { Match } from './matches.ts';
import { type MatchOptions, rowsOf, unmeasured } from './matching.ts';
import { endChildren } from './measure/run-process.ts';
import { spinVersion } from './measure/spin.ts';
import { thisMachine } from './report/machine.ts';
import { type BenchRow, FORMAT, type Results, reaches } from './report/results.ts';
import { tableOf } from './report/results-table.ts';

export type BenchIo = {
  readonly out: (text: string) => void; // ends the line
  /** Shows one line that replaces the one before; the empty text clears it. Only on a terminal. */
  readonly progress: (text: string) => void;
};

/** Documented in the help. */
/** `broken`: a defect, or an output that cannot be written. */
export const BENCH_EXIT = {
  fine: 0,
  failed: 1,
  badInput: 2,
  broken: 70,
  interrupted: 130,
} as const;
export type BenchExit = (typeof BENCH_EXIT)[keyof typeof BENCH_EXIT];

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
/** The share of its target that a ratio must reach with `--floors`: other machines are noisy. */
const FLOOR = 0.3;
const END_EVERY_MS = 100;
const MISSING = 'apt-get install spin gcc';

/**
 * Takes about half an hour for all rows. Ctrl-C ends its child processes; the complete rows are
 * then printed, and not recorded.
 *
 * @throws BadOption for an unknown row, and for a file that cannot be written.
 */
export async function bench(options: BenchOptions, io: BenchIo): Promise<BenchExit> {
  const matches = matchesFor(options);
  if (options.record !== null) write(options.record, '', 'a'); // fails now, not after half an hour
  const stopping = new AbortController();
  let ending: NodeJS.Timeout | undefined;
  const stop = () => {
    stopping.abort();
    endChildren();
    ending ??= setInterval(endChildren, END_EVERY_MS); // another may be starting just now
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);
  try {
    const results = await resultsOf(matches, options, stopping.signal, io.progress);
    io.progress('');
    if (options.json) io.out(JSON.stringify(results, null, 2));
    else for (const line of tableOf(results)) io.out(line);
    if (stopping.signal.aborted) return BENCH_EXIT.interrupted;
    if (options.record !== null)
      write(options.record, `${JSON.stringify(results, null, 2)}\n`, 'w');
    return exitOf(results.rows, options);
  } finally {
    clearInterval(ending);
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
  }
}

/** @param onProgress - receives the contestant of the next round. */
export async function resultsOf(
  matches: readonly Match[],
  { rounds, quick }: Pick<BenchOptions, 'rounds' | 'quick'>,
  signal: AbortSignal,
  onProgress: MatchOptions['onProgress'],
): Promise<Results> {
  const spin = spinVersion();
  const machine = thisMachine(spin);
  const matchOptions: MatchOptions = {
    rounds: rounds ?? (quick ? QUICK_ROUNDS : ROUNDS),
    isQuick: quick,
    signal,
    onProgress,
  };
  const rows: BenchRow[] = [];
  for (const match of matches) {
    if (signal.aborted) break;
    const isMissing = match.needsSpin && spin === null;
    rows.push(...(isMissing ? unmeasured(match, MISSING) : await rowsOf(match, matchOptions)));
  }
  return { format: FORMAT, date: new Date().toISOString().slice(0, 10), machine, rows };
}

/** The exit code for complete rows. */
export function exitOf(
  rows: readonly BenchRow[],
  { floors, requireSpin }: Pick<BenchOptions, 'floors' | 'requireSpin'>,
): BenchExit {
  const isFine = rows.every(
    (row) =>
      row.outcome !== 'failed' &&
      !(requireSpin && row.outcome === 'not measured') &&
      !(floors && !reaches(row, FLOOR)),
  );
  return isFine ? BENCH_EXIT.fine : BENCH_EXIT.failed;
}

function write(path: string, text: string, flag: 'a' | 'w'): void {
  try {
    writeFileSync(path, text, { flag });
  } catch (error) {
    throw new BadOption(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
