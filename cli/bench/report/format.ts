/** Formats figures for people, in the table and on the page. */
import {
  type BenchRow,
  figureOf,
  type Machine,
  type Measure,
  type Side,
  type Unit,
} from './results.ts';

const ONE: Readonly<Record<Unit, string>> = {
  states: 'state',
  sequences: 'sequence',
  verdicts: 'verdict',
};

/** Three significant digits, and every digit before the point: 0.123, 12.3, 1,230. */
export function digits(value: number): string {
  const places = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: Math.min(places, 3),
    maximumFractionDigits: Math.min(places, 3),
  });
}

/** The figures of our side and of the other; dashes when they were not measured. */
export const figuresOf = (row: BenchRow): readonly string[] =>
  row.outcome === 'measured'
    ? [row.ours, row.theirs].map((side) => figureText(side, row.measure, row.unit))
    : ['-', '-'];

/** The compared figure of a side, with its unit. */
function figureText(side: Side, measure: Measure, unit: Unit): string {
  const figure = figureOf(side, measure);
  if (figure === null) return '-';
  if (measure === 'time') return `${digits(figure)} s`;
  return measure === 'rate'
    ? `${digits(figure)} ${unit}/s`
    : `${digits(figure)} bytes/${ONE[unit]}`;
}

export const megabytes = (bytes: number): string => `${digits(bytes / 10 ** 6)} MB`;

/** The ratio, or the outcome of a row without one. */
export const ratioText = (row: BenchRow): string =>
  row.outcome === 'measured' ? digits(row.ratio) : row.outcome;

export const targetText = ({ target }: BenchRow): string =>
  target === null ? '-' : digits(target);

/** A side's whole process: time, its spread, rounds, processor time and memory. */
export function sideCells({ seconds, cpuSeconds, peakBytes }: Side): readonly string[] {
  return [
    `${digits(seconds.median)} s`,
    `${digits(seconds.min)}..${digits(seconds.max)}`,
    String(seconds.rounds),
    cpuSeconds === null ? '-' : `${digits(cpuSeconds.median)} s`,
    peakBytes === null ? '-' : megabytes(peakBytes.median),
  ];
}

export const SIDE_HEADING = ['median', 'min..max', 'rounds', 'CPU', 'peak memory'] as const;

/** The sides of all rows, each once, with their work. */
export function sidesOf(
  rows: readonly BenchRow[],
): readonly { readonly did: string; readonly side: Side }[] {
  const sides = rows.flatMap((row) =>
    row.outcome === 'measured'
      ? [row.ours, row.theirs].map((side) => ({
          did: `${side.amount.toLocaleString('en-US')} ${row.unit}`,
          side,
        }))
      : [],
  );
  return [...new Map(sides.map((each) => [JSON.stringify(each), each])).values()];
}

export function machineText({ cpu, cores, memoryBytes, system, loadAverage, versions }: Machine) {
  const installed = Object.entries(versions)
    .map(([name, version]) => `${name} ${version ?? 'not installed'}`)
    .join(', ');
  return (
    `${cpu}, ${cores} cores, ${megabytes(memoryBytes)} of memory, ${system}; ${installed}; ` +
    `load average at the start ${loadAverage.toFixed(2)}`
  );
}

/** The meaning of the ratios. */
export const MEANING =
  'A ratio of 2 means that double-hop takes half the time, or half the memory, by the medians. ' +
  'Each round is a new process, timed from its start to its end; the sides take their rounds in ' +
  "turn. Node's start and every call of XState count.";
