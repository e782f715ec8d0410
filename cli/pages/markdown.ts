/** What the generated pages share, and how Markdown quotes text from outside. */
import { visible } from '../../story/visible.ts';

export const GENERATED = 'Generated; do not edit. `npm run generate` writes it.';

export type Cell = string | number | null; // null: empty

export const grouped = (count: number): string => count.toLocaleString('en-US');

/** "1 step", "17 steps". */
export const stepsText = (steps: number): string =>
  `${grouped(steps)} step${steps === 1 ? '' : 's'}`;

const cellText = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'number' ? grouped(cell) : cell;

export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(heading),
    line(heading.map(() => '---')),
    ...rows.map((row) => line(row.map(cellText))),
  ].join('\n');
}

/**
 * Text from outside as Markdown that shows it: no picture, link, tag, table cell or heading of its
 * own. A "." or ":" within a word becomes an entity, so that no address in it becomes a link.
 *
 * @source CommonMark 0.31.2, 2.4 (backslash escapes), 2.5 (entities); GitHub Flavored Markdown
 *   0.29, 4.10 (tables), 6.9 (autolinks)
 */
export const markdownText = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]#!|~$]/g, '\\$&')
    .replace(/[&<>@]/g, entity)
    .replace(/(?<=\S)[.:](?=\S)/g, entity);

const entity = (character: string) => `&#${character.codePointAt(0)};`;

export const code = (text: string): string => `\`${text}\``;

/** Parts that are shown when the reader opens them. `summary` is HTML. */
export const folded = (summary: string, ...parts: readonly string[]): string =>
  [`<details><summary>${summary}</summary>`, ...parts, '</details>'].join('\n\n');

export const page = (title: string, ...parts: readonly string[]): string =>
  `${[`# ${title}`, GENERATED, ...parts].join('\n\n')}\n`;
