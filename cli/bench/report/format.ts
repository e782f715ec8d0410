/** Figures as people read them. Shared by the table and the page. */
import { figureOf, type Machine, type Measure, type Row, type Side, type Unit } from './results.ts';

const ONE: Readonly<Record<Unit, string>> = {
  states: 'state',
  sequences: 'sequence',
  verdicts: 'verdict',
};

/** Three digits that count, and no fewer before the point: 0.123, 12.3, 1,230. */
export function digits(value: number): string {
  const places = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: Math.min(places, 3),
    maximumFractionDigits: Math.min(places, 3),
  });
}

/** Of our side and of the other; dashes where they were not measured. */
export const figuresOf = (row: Row): readonly string[] =>
  row.outcome === 'measured'
    ? [row.ours, row.theirs].map((side) => figureText(side, row.measure, row.unit))
    : ['-', '-'];

/** What a side is compared by, with its unit. */
function figureText(side: Side, measure: Measure, unit: Unit): string {
  const figure = figureOf(side, measure);
  if (figure === null) return '-';
  if (measure === 'time') return `${digits(figure)} s`;
  return measure === 'rate'
    ? `${digits(figure)} ${unit}/s`
    : `${digits(figure)} bytes/${ONE[unit]}`;
}

export const megabytes = (bytes: number): string => `${digits(bytes / 10 ** 6)} MB`;

/** Of a row that was measured; of any other, why it was not. */
export const ratioText = (row: Row): string =>
  row.outcome === 'measured' ? digits(row.ratio) : row.outcome;

export const targetText = ({ target }: Row): string => (target === null ? '-' : digits(target));

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

/** The sides of all rows, each once, with what they did. */
export function sidesOf(
  rows: readonly Row[],
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

/** What the ratios are, in words. */
export const MEANING =
  'A ratio says how many times as good double-hop is by the medians: as fast, or with so many ' +
  'times less memory. Each round is a fresh process, timed from outside from its start to its ' +
  "end; the sides take their rounds in turns. Node's start and every call of XState are counted.";
