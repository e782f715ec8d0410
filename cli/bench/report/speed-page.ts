/** The recorded results as a page of the documentation. */
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

export function speedPage({ machine, rows, date }: Results): string {
  const parts = [
    '# Speed',
    'Generated from `docs/bench.json`; do not edit. `npm run bench -- --record docs/bench.json` ' +
      'measures again, and `npm run generate` writes this page.',
    MEANING,
    `Measured on ${date}: ${machineText(machine)}.`,
    markdown(
      ['what', 'against', 'double-hop', 'other', 'ratio', 'at least'],
      rows.map((row) => [
        row.what,
        row.against,
        ...figuresOf(row),
        ratioText(row),
        targetText(row),
      ]),
    ),
    ...rows.flatMap((row) =>
      row.outcome === 'measured' ? [] : [`\`${row.id}\` ${row.outcome}: ${row.why}`],
    ),
    '## Whole processes',
    'Each median is over the rounds given, with the least and the greatest value.',
    markdown(
      ['process', 'did', ...SIDE_HEADING],
      sidesOf(rows).map(({ did, side }) => [side.name, did, ...sideCells(side)]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

const markdown = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
