/** The results as text for a terminal: ratios first, then the cost of each side. */
import {
  figuresOf,
  MEANING,
  machineText,
  ratioText,
  SIDE_HEADING,
  sideCells,
  sidesOf,
  targetText,
} from './format.ts';
import type { Results } from './results.ts';

/** @returns lines, which are not cut to a width. */
export function tableOf({ machine, rows, date }: Results): readonly string[] {
  const sides = sidesOf(rows);
  return [
    `Measured on ${date}: ${machineText(machine)}.`,
    MEANING,
    '',
    ...aligned([
      ['id', 'what', 'against', 'double-hop', 'other', 'ratio', 'at least'],
      ...rows.map((row) => [
        row.id,
        row.what,
        row.against,
        ...figuresOf(row),
        ratioText(row),
        targetText(row),
      ]),
    ]),
    ...rows.flatMap((row) =>
      row.outcome === 'measured' ? [] : [`${row.id} ${row.outcome}: ${row.why}`],
    ),
    '',
    ...aligned([
      ['whole process', 'did', ...SIDE_HEADING],
      ...sides.map(({ did, side }) => [side.name, did, ...sideCells(side)]),
    ]),
  ];
}

/** Columns as wide as their widest cell. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}
