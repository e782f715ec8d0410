/** Tables, numbered lists and wrapped text for a terminal. */
import { endlessly } from '../../story/endless.ts';
import { visible } from '../../story/visible.ts';

export type TableCell = string | number | null; // null is shown as a dash

const text = (cell: TableCell): string =>
  cell === null ? '-' : typeof cell === 'number' ? cell.toLocaleString('en-US') : visible(cell);

/**
 * A table. Each column is as wide as its widest cell; columns of numbers are aligned to the right.
 *
 * @param heading - one title a column. A last column of text is not padded, and is cut to fit.
 * @param columns - the greatest width of the table, in characters.
 * @returns the lines, heading first.
 */
export function table(
  heading: readonly string[],
  rows: readonly (readonly TableCell[])[],
  columns: number,
): readonly string[] {
  const widths = heading.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => text(row[i] ?? null).length)),
  );
  const isNumeric = heading.map(
    (_, i) =>
      rows.some((row) => typeof row[i] === 'number') &&
      rows.every((row) => typeof row[i] === 'number' || row[i] === null),
  );
  const line = (cells: readonly TableCell[]) =>
    cells
      .map((cell, i) => {
        if (i === heading.length - 1 && !isNumeric[i]) return text(cell);
        return isNumeric[i] ? text(cell).padStart(widths[i]!) : text(cell).padEnd(widths[i]!);
      })
      .join('  ')
      .trimEnd();
  const cut = (whole: string) =>
    whole.length <= columns ? whole : `${whole.slice(0, Math.max(columns - 1, 0))}…`;
  return [heading, ...rows].map((row) => cut(line(row)));
}

/**
 * A numbered and indented list of sentences. A long sentence continues on the next line.
 *
 * @param loop - how many sentences come before the loop, which repeats for ever. The first sentence
 *   of the loop is marked, and a last line says that the loop repeats. Null: there is no loop.
 */
export function numbered(
  sentences: readonly string[],
  columns: number,
  loop: number | null = null,
): readonly string[] {
  const margin = String(sentences.length).length + 2;
  const indent = ' '.repeat(margin);
  const end = endlessly(loop, sentences.length);
  return [
    ...sentences.flatMap((sentence, i) =>
      wrapped(sentence, columns - margin - 2).map((line, part) =>
        part === 0
          ? `${i === loop ? '>' : ' '} ${`${i + 1}.`.padStart(margin - 1)} ${line}`
          : `  ${indent}${line}`,
      ),
    ),
    ...(end === null ? [] : [`  ${indent}${end}`]),
  ];
}

export function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of visible(text).split(' ')) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? word : `${lines[last]} ${word}`;
    if (longer.length <= Math.max(width, 20)) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}
