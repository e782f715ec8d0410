/** How a long search goes, as one line: how far it has come, how fast, and how much may be left. */
import type { Turn } from '../../properties/check.ts';

/** What one search has told so far, the oldest first. */
export type Course = readonly Turn[];

/** The course with one more turn: a new one where another search has begun. */
export const continued = (course: Course, turn: Turn): Course =>
  course[0]?.search === turn.search ? [...course, turn] : [turn];

const RECENT = 3000; // milliseconds

/** States a second, of late: how many have had their steps found. Null: it cannot be told yet. */
export function speed(course: Course): number | null {
  const now = course.at(-1);
  if (now === undefined) return null;
  const since = course.find(({ milliseconds }) => milliseconds >= now.milliseconds - RECENT);
  const [states, milliseconds] =
    since === undefined || since === now ? [0, 0] : [expanded(since), since.milliseconds];
  const spent = now.milliseconds - milliseconds;
  return spent > 0 ? ((expanded(now) - states) / spent) * 1000 : null;
}

/** States whose steps are known. Each turn of a search adds as many. */
const expanded = ({ states, frontier }: Turn) => states - frontier;

const TURNS_MIN = 5;
const LATELY = 0.9; // of the states expanded: a frontier that was widest since may yet grow
const SHRUNK = 0.9; // of the widest frontier: below, it is no mere dent
const SKEW = 1.5;

/**
 * How many states are still to be expanded, as a guess, or whether the frontier still grows. Null:
 * neither can be said.
 *
 * A breadth-first search ends when its frontier is empty, and while it grows nobody knows how far.
 * Systems of ours widen level by level and then narrow again, in one hump whose far side is about
 * one and a half times as long as the near one. So once it has narrowed, what is left is 1.5 times
 * the states it took to become as wide as it is now. That is right within a factor of two or so.
 */
export function outlook(course: Course): number | 'growing' | null {
  const now = course.at(-1);
  if (now === undefined || course.length < TURNS_MIN) return null;
  const widest = course.reduce((most, turn) => (turn.frontier > most.frontier ? turn : most));
  if (expanded(widest) > LATELY * expanded(now)) return 'growing';
  if (now.frontier > SHRUNK * widest.frontier) return null;
  const at = course.findIndex(({ frontier }) => frontier >= now.frontier);
  const [above, below] = [course[at]!, course[at - 1]];
  const [low, from] = below === undefined ? [0, 0] : [below.frontier, expanded(below)];
  const part = (now.frontier - low) / (above.frontier - low);
  return SKEW * (from + part * (expanded(above) - from));
}

export type Place = {
  readonly at: number; // from 1
  readonly of: number; // claims
  readonly claim: string; // id
  readonly deployment: string; // name
};

/**
 * @param course - empty: nothing is known of the search yet.
 * @param bytesMax - what the search may take.
 * @param columns - what does not fit is left out, the least important first.
 */
export function progressLine(
  { at, of, claim, deployment }: Place,
  course: Course,
  bytesMax: number,
  columns: number,
): string {
  const where = [part(10, `${at} of ${of}: ${claim}`), part(3, deployment)];
  const now = course.at(-1);
  if (now === undefined) return fitted(where, [], columns);
  const { search, searches, states, frontier, depth, bytes } = now;
  if (searches > 1) where.push(part(6, `search ${search} of ${searches}`));
  const rate = speed(course);
  const ahead = outlook(course);
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

type Part = { readonly importance: number; readonly text: string };
const part = (importance: number, text: string): Part => ({ importance, text });

function fitted(where: readonly Part[], figures: readonly Part[], columns: number): string {
  const line = [where, figures]
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.map(({ text }) => text).join(', '))
    .join(': ');
  const least = Math.min(...[...where, ...figures].map(({ importance }) => importance));
  if (line.length <= columns || where.length + figures.length === 1) return line;
  const others = (parts: readonly Part[]) => parts.filter((each) => each.importance > least);
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

/** One digit that counts: a guess says no more than it knows. */
function leftOf(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  const [unit, name] = seconds < 90 ? [1, 's'] : seconds < 5400 ? [60, 'min'] : [3600, 'h'];
  return `about ${Number((seconds / unit).toPrecision(1))} ${name} left`;
}
