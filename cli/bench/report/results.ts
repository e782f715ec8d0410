/**
 * What the bench found, as plain data: the JSON text that `--record` writes, and from which the
 * table and the page of figures are printed.
 */

export const FORMAT = 'double-hop-bench/1';

/** Over the rounds of one side. An even number of rounds: the mean of the middle two. */
export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number; // at least 1
};

/** One side of a comparison, as a whole process: from its start to its end, seen from outside. */
export type Side = {
  readonly name: string;
  readonly amount: number; // of what was done in each round, in the row's unit
  readonly seconds: Spread;
  readonly cpuSeconds: Spread | null; // user and system; null: not known on this machine
  readonly peakBytes: Spread | null; // of memory that is resident; null: not known here
};

/**
 * What is compared.
 *
 * - `time`: seconds.
 * - `rate`: amount a second.
 * - `memory`: peak bytes of memory, for each of the amount.
 */
export type Measure = 'time' | 'rate' | 'memory';

export type Unit = 'states' | 'sequences' | 'verdicts';

export type RowHead = {
  readonly id: string; // unique
  readonly what: string; // what was done, and how much of it
  readonly against: string; // the name of the other side
  readonly measure: Measure;
  readonly unit: Unit;
  /** How many times as good as the other side this one shall be. Null: told for information. */
  readonly target: number | null;
};

/**
 * One comparison. `ratio` says how many times as good ours is by the medians: times as fast, or so
 * many times less memory. A row that `failed` was measured, but not of the same thing: its counts
 * are not what they must be, and no figure of it is worth anything.
 */
export type Row = RowHead &
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
  readonly system: string; // as linux x64
  readonly loadAverage: number; // of the last minute, before the first round
  readonly versions: Readonly<Record<string, string | null>>; // by program; null: not installed
};

export type Results = {
  readonly format: typeof FORMAT;
  readonly date: string; // as 2026-11-24
  readonly machine: Machine;
  readonly rows: readonly Row[];
};

/** What a side is compared by: less is better, but for a rate. Null: it was not measured. */
export function figureOf({ amount, seconds, peakBytes }: Side, measure: Measure): number | null {
  if (measure === 'time') return seconds.median;
  if (measure === 'rate') return amount / seconds.median;
  return peakBytes === null ? null : peakBytes.median / amount;
}

/** How many times as good `ours` is. Null where either was not measured. */
export function ratioOf(ours: Side, theirs: Side, measure: Measure): number | null {
  const [own, other] = [figureOf(ours, measure), figureOf(theirs, measure)];
  if (own === null || other === null) return null;
  return measure === 'rate' ? own / other : other / own;
}

/** False for a row that was measured and misses this share of its target. */
export const reaches = (row: Row, share: number): boolean =>
  row.outcome !== 'measured' || row.target === null || row.ratio >= row.target * share;
