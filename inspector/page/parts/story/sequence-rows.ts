/** Which rows of a sequence diagram are in sight, and where a step's rows are. */
import type { SequenceLayout } from '../../../draw/sequence/sequence-layout.ts';

type Rows = SequenceLayout['rows'];

/** The fewest rows that cover `top` to `bottom`. `from` inclusive, `to` exclusive. */
export function rowsWithin(
  rows: Rows,
  top: number,
  bottom: number,
): { readonly from: number; readonly to: number } {
  const from = firstWhere(rows, ({ y, height }) => y + height > top);
  const to = firstWhere(rows, ({ y }) => y >= bottom);
  return { from: Math.min(from, to), to };
}

/** From the first of the step's rows to its last, in pixels. Null: it has none. */
export function extentOf(
  rows: Rows,
  step: number,
): { readonly top: number; readonly bottom: number } | null {
  const first = rows[firstWhere(rows, (row) => row.step >= step)];
  const last = rows[firstWhere(rows, (row) => row.step > step) - 1];
  if (first === undefined || last === undefined || first.step !== step) return null;
  return { top: first.y, bottom: last.y + last.height };
}

/** The middle of what the step's rows show, in pixels from the left. Null: they show no lane. */
export function middleOf({ rows, lanes }: SequenceLayout, step: number): number | null {
  const own = rows.slice(
    firstWhere(rows, (row) => row.step >= step),
    firstWhere(rows, (row) => row.step > step),
  );
  const parties = own.flatMap((row): readonly string[] => {
    if (row.kind === 'arrow') return [row.travel.from, row.travel.to];
    return row.kind === 'beside' ? row.items.map(({ party }) => party) : [];
  });
  const places = lanes.filter(({ party }) => parties.includes(party)).map(({ x }) => x);
  return places.length === 0 ? null : (Math.min(...places) + Math.max(...places)) / 2;
}

/** The step whose row is at `y`; rows follow each other without gaps. Null: there is none. */
export function stepAt(rows: Rows, y: number): number | null {
  const row = rows[firstWhere(rows, (candidate) => candidate.y + candidate.height > y)];
  return row !== undefined && row.y <= y ? row.step : null;
}

/** Rows ascend, so that once `holds` is true it stays so. */
function firstWhere(rows: Rows, holds: (row: Rows[number]) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
