/** Rows and matches made up for tests: nothing in them was measured. */

import type { Match } from '../../../cli/bench/matches.ts';
import type { Contestant } from '../../../cli/bench/measure/alternate.ts';
import type { MeasuredRound } from '../../../cli/bench/measure/meter.ts';
import {
  type BenchRow,
  FORMAT,
  type Results,
  type Side,
} from '../../../cli/bench/report/results.ts';

const spread = (median: number, rounds = 5) => ({
  median,
  min: median - 1,
  max: median + 1,
  rounds,
});

export const side = (name: string, seconds: number, peakBytes: number | null = 4e6): Side => ({
  name,
  amount: 1_000,
  seconds: spread(seconds),
  cpuSeconds: spread(seconds * 1.5),
  peakBytes: peakBytes === null ? null : spread(peakBytes),
});

const HEAD = { what: '1,000 states', measure: 'time', unit: 'states' } as const;

export const measuredRow = (id: string, ratio: number, target: number | null): BenchRow => ({
  ...HEAD,
  id,
  against: 'other',
  target,
  outcome: 'measured',
  ours: side('double-hop', 2),
  theirs: side('other', 2 * ratio),
  ratio,
});

export const missingRow = (
  id: string,
  outcome: 'not measured' | 'failed',
  why: string,
): BenchRow => ({
  ...HEAD,
  id,
  against: 'SPIN',
  target: 2,
  outcome,
  why,
});

export const results = (...rows: readonly BenchRow[]): Results => ({
  format: FORMAT,
  date: '2026-11-24',
  machine: {
    cpu: 'A processor',
    cores: 2,
    memoryBytes: 8e9,
    system: 'linux x64',
    loadAverage: 0.25,
    versions: { node: '20.0.0', spin: null },
  },
  rows,
});

export const contestant = (name: string, round: () => Promise<MeasuredRound>): Contestant => ({
  name,
  amount: 1_000,
  round,
});

/** A match of two sides, `ours` and `theirs`. */
export const match = (
  ours: () => Promise<MeasuredRound>,
  theirs: () => Promise<MeasuredRound>,
  dispose = () => {},
): Match => ({
  name: 'made up',
  needsSpin: false,
  isQuick: true,
  comparisons: [
    { ...HEAD, id: 'speed', target: 3, ours: 'ours', theirs: 'theirs' },
    { ...HEAD, id: 'memory', measure: 'memory', target: 2, ours: 'ours', theirs: 'theirs' },
  ],
  prepare: async () => ({
    contestants: [contestant('ours', ours), contestant('theirs', theirs)],
    dispose,
  }),
});
