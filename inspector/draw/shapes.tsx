/** Small things that the drawings are made of: lines with arrows, ticks, crosses, a key. */
import type { Point } from './chart/layout.ts';
import { type Colour, paint } from './palette.ts';

const BEND = 6; // radius, in pixels

/** A line through the points, its bends rounded. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const bends = rest.slice(0, -1).map((bend, i) => {
    const before = towards(bend, i === 0 ? first : rest[i - 1]!);
    const after = towards(bend, rest[i + 1]!);
    return `L${before.x} ${before.y}Q${bend.x} ${bend.y} ${after.x} ${after.y}`;
  });
  const last = rest.at(-1) ?? first;
  return `M${first.x} ${first.y}${bends.join('')}L${last.x} ${last.y}`;
}

/** The point on the way from one to the other where a bend begins: at most half the way. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(BEND, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** A filled arrow head whose tip is the last of the points. */
export function Arrow(props: {
  readonly points: readonly Point[];
  readonly colour: Colour;
  readonly size: number;
}) {
  const { points, colour, size } = props;
  const tip = points.at(-1)!;
  const before = points.at(-2) ?? tip;
  const turn = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  const half = size * 0.45;
  return (
    <path
      class={paint(colour)}
      d={`M0 0L${-size} ${-half}L${-size} ${half}Z`}
      transform={`translate(${tip.x} ${tip.y}) rotate(${Math.round(turn)})`}
    />
  );
}

export const TICK = 'M-3.2 0.2L-0.9 2.5L3.4 -2.4';
export const CROSS = 'M-2.6 -2.6L2.6 2.6M-2.6 2.6L2.6 -2.6';

/** A disc with a tick, or a ring with a cross. */
export function TruthMark({ x, y, held }: Point & { readonly held: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle
        r="6.5"
        class={held ? paint('good', 'good') : paint('paper', 'bad')}
        stroke-width="1.5"
      />
      <path
        d={held ? TICK : CROSS}
        class={paint(null, held ? 'paper' : 'bad')}
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </g>
  );
}

export const KEY_WIDTH = 17;

/** A key, from its left end, around the height `y`. */
export function Key({ x, y }: Point) {
  return (
    <g
      transform={`translate(${x} ${y})`}
      class={paint(null, 'credential')}
      stroke-width="1.8"
      stroke-linecap="round"
    >
      <circle cx="4" cy="0" r="3.3" />
      <path d="M7.4 0H15.5M12 0V3.2M15.2 0V3.2" />
    </g>
  );
}
