/** The progress of a long search in one line: states so far, speed, and an estimate of the rest. */
import type { Turn } from '../../properties/check.ts';

/** The turns of one search so far, the oldest first. */
export type SearchHistory = readonly Turn[];

/** Adds a turn. A turn of another search begins a new history. */
export const continued = (history: SearchHistory, turn: Turn): SearchHistory =>
  history[0]?.search === turn.search ? [...history, turn] : [turn];

const RECENT = 3000; // milliseconds

/** States expanded a second, in the last 3 seconds. Null: not known yet. */
export function speed(history: SearchHistory): number | null {
  const now = history.at(-1);
  if (now === undefined) return null;
  const since = history.find(({ milliseconds }) => milliseconds >= now.milliseconds - RECENT);
  const [states, milliseconds] =
    since === undefined || since === now ? [0, 0] : [expanded(since), since.milliseconds];
  const spent = now.milliseconds - milliseconds;
  return spent > 0 ? ((expanded(now) - states) / spent) * 1000 : null;
}

/** The number of states whose successors are known. */
const expanded = ({ states, frontier }: Turn) => states - frontier;

const TURNS_MIN = 5;
const LATELY = 0.9; // of the expanded states: a frontier that was widest since then may still grow
const SHRUNK = 0.9; // of the widest frontier: below this, it is shrinking
const SKEW = 1.5;

/**
 * An estimate of the number of states still to expand, or "growing" while the frontier grows. Null:
 * neither is known.
 *
 * A breadth-first search ends when its frontier is empty. The frontier of our systems widens level
 * by level and then narrows, and narrowing takes about 1.5 times as many states as widening did. So
 * the estimate is 1.5 times the number of states before the frontier was first as wide as now. It
 * is right within about a factor of two.
 */
export function outlook(history: SearchHistory): number | 'growing' | null {
  const now = history.at(-1);
  if (now === undefined || history.length < TURNS_MIN) return null;
  const widest = history.reduce((most, turn) => (turn.frontier > most.frontier ? turn : most));
  if (expanded(widest) > LATELY * expanded(now)) return 'growing';
  if (now.frontier > SHRUNK * widest.frontier) return null;
  const at = history.findIndex(({ frontier }) => frontier >= now.frontier);
  const [above, below] = [history[at]!, history[at - 1]];
  const [low, from] = below === undefined ? [0, 0] : [below.frontier, expanded(below)];
  const part = (now.frontier - low) / (above.frontier - low);
  return SKEW * (from + part * (expanded(above) - from));
}

export type ProgressPlace = {
  readonly at: number; // from 1
  readonly of: number; // claims
  readonly claim: string; // id
  readonly deployment: string; // name
};

/**
 * @param history - empty: the search has not reported yet.
 * @param bytesMax - the search's limit of memory.
 * @param columns - the width; the least important figures are left out first.
 */
export function progressLine(
  { at, of, claim, deployment }: ProgressPlace,
  history: SearchHistory,
  bytesMax: number,
  columns: number,
): string {
  const where = [part(10, `${at} of ${of}: ${claim}`), part(3, deployment)];
  const now = history.at(-1);
  if (now === undefined) return fitted(where, [], columns);
  const { search, searches, states, frontier, depth, bytes } = now;
  if (searches > 1) where.push(part(6, `search ${search} of ${searches}`));
  const rate = speed(history);
  const ahead = outlook(history);
  return fitted(
    where,
    [
      part(9, `${counted(states)} states`),
      ...(rate === null ? [] : [part(5, rateOf(rate))]),
      part(2, `frontier ${counted(frontier)}`),
      part(1, `depth ${depth}`),
      part(7, `${sizeOf(bytes)} of ${sizeOf(bytesMax)}`),
      ...(ahead === 'growing' ? [part(4, 'growing')] : []),
      ...(typeof ahead === 'number' && rate ? [part(8, leftOf(ahead / rate))] : []),
    ],
    columns,
  );
}

type Figure = { readonly importance: number; readonly text: string };
const part = (importance: number, text: string): Figure => ({ importance, text });

function fitted(where: readonly Figure[], figures: readonly Figure[], columns: number): string {
  const line = [where, figures]
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.map(({ text }) => text).join(', '))
    .join(': ');
  const least = Math.min(...[...where, ...figures].map(({ importance }) => importance));
  if (line.length <= columns || where.length + figures.length === 1) return line;
  const others = (parts: readonly Figure[]) => parts.filter((each) => each.importance > least);
  return fitted(others(where), others(figures), columns);
}

export const counted = (count: number): string => count.toLocaleString('en-US');

function rateOf(perSecond: number): string {
  if (perSecond >= 999_500) return `${(perSecond / 1e6).toFixed(1)} M/s`;
  return perSecond >= 1000 ? `${Math.round(perSecond / 1000)} k/s` : `${Math.round(perSecond)}/s`;
}

/** A number of bytes, to the MiB, or to a tenth of a GiB. */
export function sizeOf(bytes: number): string {
  const mebibytes = Math.round(bytes / 2 ** 20);
  if (mebibytes < 1024) return `${mebibytes} MiB`;
  return `${Number((bytes / 2 ** 30).toFixed(1))} GiB`;
}

/** One significant digit: it is an estimate. */
function leftOf(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  const [unit, name] = seconds < 90 ? [1, 's'] : seconds < 5400 ? [60, 'min'] : [3600, 'h'];
  return `about ${Number((seconds / unit).toPrecision(1))} ${name} left`;
}
