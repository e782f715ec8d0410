/** A message in transit: a tag that points to its receiver, with chevrons behind it. */
import { type Colour, paint } from '../palette.ts';
import { ITEM_HEIGHT, Items, itemsWidth } from './item-marks.tsx';
import type { Route } from './layout.ts';
import type { People } from './people.ts';
import { BADGE, px, RING } from './sizes.ts';
import type { Move } from './state/moves.ts';

const PADDING = 5;
const POINT = 7;
const HEIGHT = ITEM_HEIGHT + 8;
const CHEVRONS = { first: 6, step: 7, count: 3, half: 4.5 } as const;
const CHEVRON_ROOM = 17; // for one, beside the ring of the sender

type TagProps = {
  readonly move: Move;
  readonly route: Route;
  readonly people: People;
  readonly isViolation: boolean; // it violates the claim
  readonly isTaken: boolean; // the pipe has a badge at its end, which stays visible
  readonly ground: Colour; // of the chevrons, visible on the pipe
};

export function Tag({ move, route, people, isViolation, isTaken, ground }: TagProps) {
  const { toServer, carries } = move;
  const width = itemsWidth(carries) + 2 * PADDING;
  const x = restOf(move, route, width + POINT, isTaken);
  const left = toServer ? x : x + POINT; // of its body
  const shape = outline(left, route.y, width, toServer);
  return (
    <>
      <Chevrons tail={toServer ? x : x + width + POINT} {...{ route, move, ground }} />
      <path d={shape} class={paint('paper', 'paper')} stroke-width="6" stroke-linejoin="round" />
      <path
        d={shape}
        class={paint('paper', isViolation ? 'bad' : 'ink')}
        stroke-width={isViolation ? 2.6 : 1.9}
        stroke-linejoin="round"
        {...(toServer ? {} : { 'stroke-dasharray': '5 3' })}
      />
      <Items x={left + PADDING} y={route.y} items={carries} people={people} />
    </>
  );
}

/** Its left end: near the receiver where it has arrived, else near the sender, with a chevron. */
function restOf({ toServer, hasArrived }: Move, route: Route, width: number, isTaken: boolean) {
  const room = route.end - route.start;
  const share = toServer === hasArrived ? 0.64 : 0.36;
  const [before, after] = toServer ? [CHEVRON_ROOM, 4] : [4, CHEVRON_ROOM];
  const least = route.start + before;
  const most = route.end - width - Math.max(after, isTaken ? BADGE + 3 : 0);
  const wanted = route.start + room * share - width / 2;
  return Math.max(route.start + 4, Math.min(most, Math.max(least, wanted)));
}

function outline(left: number, y: number, width: number, toServer: boolean): string {
  const [top, half] = [px(y - HEIGHT / 2), HEIGHT / 2];
  return toServer
    ? `M${px(left)} ${top}h${px(width)}l${POINT} ${half}l${-POINT} ${half}h${px(-width)}Z`
    : `M${px(left + width)} ${top}h${px(-width)}l${-POINT} ${half}l${POINT} ${half}h${px(width)}Z`;
}

type ChevronsProps = Pick<TagProps, 'route' | 'ground'> & {
  readonly tail: number; // where the tag ends
  readonly move: Move;
};

/** As many as fit. They show the direction. */
function Chevrons({ tail, route: { start, end, y }, move, ground }: ChevronsProps) {
  const { toServer, hasArrived } = move;
  const clear = hasArrived ? 1 : RING + 1; // the sender has a ring where it acts
  const way = toServer ? 1 : -1;
  const { first, step, count, half } = CHEVRONS;
  const tips = Array.from({ length: count }, (_, i) => tail - way * (first + i * step));
  return (
    <>
      {tips
        .filter((tip) => tip - way * half > start + clear && tip - way * half < end - clear)
        .map((tip) => (
          <path
            key={tip}
            d={`M${px(tip - way * half)} ${px(y - half)}L${px(tip)} ${px(y)}L${px(tip - way * half)} ${px(y + half)}`}
            class={paint(null, ground)}
            stroke-width="2"
          />
        ))}
    </>
  );
}
