/** Tables for a terminal: columns padded to their widest cell, numbers to the right. */

export type Cell = string | number | null; // null: nothing to say, shown as a dash

const text = (cell: Cell): string =>
  cell === null ? '-' : typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;

/**
 * @param heading - one a column. The last column is not padded, and is cut to fit.
 * @param columns - how wide the table may be, in characters.
 * @returns the lines, heading first.
 */
export function table(
  heading: readonly string[],
  rows: readonly (readonly Cell[])[],
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
  const line = (cells: readonly Cell[]) =>
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
