/** What the generated pages share. */

export const GENERATED = 'Generated; do not edit. `npm run generate` writes it.';

const cellText = (cell: string | number | null): string =>
  cell === null ? '' : typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;

/** A Markdown table. Null leaves a cell empty. */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(heading),
    line(heading.map(() => '---')),
    ...rows.map((row) => line(row.map(cellText))),
  ].join('\n');
}

export const page = (title: string, ...parts: readonly string[]): string =>
  `${[`# ${title}`, GENERATED, ...parts].join('\n\n')}\n`;
