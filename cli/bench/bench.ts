/** The bench as a whole: which matches are held, what is printed of them, and how it ends. */
import { writeFileSync } from 'node:fs';
import { BadOption, type BenchOptions, matchesFor } from './bench-options.ts';
import type { Match } from './matches.ts';
import { type Course, rowsOf, unmeasured } from './matching.ts';
import { endChildren } from './measure/run-process.ts';
import { spinVersion } from './measure/spin.ts';
import { thisMachine } from './report/machine.ts';
import { FORMAT, type Results, type Row, reaches } from './report/results.ts';
import { tableOf } from './report/results-table.ts';

export type BenchIo = {
  readonly out: (text: string) => void; // ends the line
  /** One line that replaces itself; the empty text clears it. Silent unless a terminal is there. */
  readonly progress: (text: string) => void;
};

/** Documented in the help. */
export const BENCH_EXIT = { fine: 0, failed: 1, badInput: 2, interrupted: 130 } as const;
export type BenchExit = (typeof BENCH_EXIT)[keyof typeof BENCH_EXIT];

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
/** Of its target, what a ratio must reach with `--floors`: machines of others are noisy. */
const FLOOR = 0.3;
const END_EVERY_MS = 100;
const MISSING = 'apt-get install spin gcc';

/**
 * Takes about half an hour, unless less is asked for. Ctrl-C ends what it has started; the rows so
 * far are printed, and not recorded.
 *
 * @throws BadOption for an unknown row, and for a file that cannot be written.
 */
export async function bench(options: BenchOptions, io: BenchIo): Promise<BenchExit> {
  const matches = matchesFor(options);
  if (options.record !== null) write(options.record, '', 'a'); // before it has taken half an hour
  const stopping = new AbortController();
  let ending: NodeJS.Timeout | undefined;
  const stop = () => {
    stopping.abort();
    endChildren();
    ending ??= setInterval(endChildren, END_EVERY_MS); // one may be about to be started
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

/** @param onProgress - is told who has the next turn. */
export async function resultsOf(
  matches: readonly Match[],
  { rounds, quick }: Pick<BenchOptions, 'rounds' | 'quick'>,
  signal: AbortSignal,
  onProgress: Course['onProgress'],
): Promise<Results> {
  const spin = spinVersion();
  const machine = thisMachine(spin);
  const course: Course = {
    rounds: rounds ?? (quick ? QUICK_ROUNDS : ROUNDS),
    isQuick: quick,
    signal,
    onProgress,
  };
  const rows: Row[] = [];
  for (const match of matches) {
    if (signal.aborted) break;
    const isMissing = match.needsSpin && spin === null;
    rows.push(...(isMissing ? unmeasured(match, MISSING) : await rowsOf(match, course)));
  }
  return { format: FORMAT, date: new Date().toISOString().slice(0, 10), machine, rows };
}

/** How it ends, of rows that are complete. */
export function exitOf(
  rows: readonly Row[],
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
