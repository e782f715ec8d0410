/**
 * The results of the bench as plain data: `--record` writes them as JSON, and the table and the
 * page are printed from them.
 */

export const FORMAT = 'double-hop-bench/1';

/** Over the rounds of one side. The median of an even number is the mean of the middle two. */
export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number; // at least 1
};

/** One side of a comparison, measured as a whole process. */
export type Side = {
  readonly name: string;
  readonly amount: number; // of work in each round, in the row's unit
  readonly seconds: Spread;
  readonly cpuSeconds: Spread | null; // user and system; null: not known on this system
  readonly peakBytes: Spread | null; // resident memory; null: not known on this system
};

/**
 * The compared figure.
 *
 * - `time`: seconds.
 * - `rate`: amount a second.
 * - `memory`: peak bytes of memory for each unit of the amount.
 */
export type Measure = 'time' | 'rate' | 'memory';

export type Unit = 'states' | 'sequences' | 'verdicts';

export type RowHead = {
  readonly id: string; // unique
  readonly what: string; // the work
  readonly against: string; // the name of the other side
  readonly measure: Measure;
  readonly unit: Unit;
  /** The ratio that our side shall reach. Null: the row is for information. */
  readonly target: number | null;
};

/**
 * One comparison. A `ratio` of 2 means that our side takes half the time, or half the memory, by
 * the medians. In a row that `failed` the sides did not do the same work, so it has no figures.
 */
export type BenchRow = RowHead &
  (
    | {
        readonly outcome: 'measured';
        readonly ours: Side;
        readonly theirs: Side;
        readonly ratio: number;
      }
    | { readonly outcome: 'not measured' | 'failed'; readonly why: string }
  );

export type Machine = {
  readonly cpu: string; // its model
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string; // such as "linux x64"
  readonly loadAverage: number; // of the last minute, before the first round
  readonly versions: Readonly<Record<string, string | null>>; // by program; null: not installed
};

export type Results = {
  readonly format: typeof FORMAT;
  readonly date: string; // such as 2026-11-24
  readonly machine: Machine;
  readonly rows: readonly BenchRow[];
};

/** The compared figure: less is better, except for a rate. Null: it was not measured. */
export function figureOf({ amount, seconds, peakBytes }: Side, measure: Measure): number | null {
  if (measure === 'time') return seconds.median;
  if (measure === 'rate') return amount / seconds.median;
  return peakBytes === null ? null : peakBytes.median / amount;
}

/** The ratio of the figures; above 1, ours is better. Null: one of them was not measured. */
export function ratioOf(ours: Side, theirs: Side, measure: Measure): number | null {
  const [own, other] = [figureOf(ours, measure), figureOf(theirs, measure)];
  if (own === null || other === null) return null;
  return measure === 'rate' ? own / other : other / own;
}

/** False for a measured row that misses this share of its target. */
export const reaches = (row: BenchRow, share: number): boolean =>
  row.outcome !== 'measured' || row.target === null || row.ratio >= row.target * share;
