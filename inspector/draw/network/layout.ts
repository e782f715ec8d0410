/** Positions in the network picture. They depend on the parties only, and not on the step. */
import type { Connection } from '../../../story/component-names.ts';
import { widthOf } from '../text-size.ts';
import { BADGE, BOX, CALLOUT, PIPE, RING, TEXT } from './sizes.ts';
import type { Place, Scene } from './state/scene.ts';

export type Box = { readonly x: number; readonly y: number; readonly width: number };
export type Route = { readonly start: number; readonly end: number; readonly y: number };

export type NetworkLayout = {
  readonly width: number;
  readonly height: number; // with room for a callout
  readonly boxes: ReadonlyMap<string, Box>; // by party
  readonly routes: ReadonlyMap<string, Route>; // by connection; `end` is at its server
  readonly calloutY: number;
};

/**
 * A row of boxes, callers at the left.
 *
 * @throws RangeError where the connections are no chain: one from each party to the next.
 */
export function networkLayout({ places, connections }: Scene, width: number): NetworkLayout {
  if (!isChain(places, connections)) throw new RangeError('the connections are no chain');
  const box = boxWidth(places, width);
  const gap = places.length < 2 ? 0 : (width - places.length * box) / (places.length - 1);
  const boxes = new Map(
    places.map(({ party }, i) => [party, { x: i * (box + gap), y: RING, width: box }]),
  );
  const y = RING + BOX.height / 2;
  const routes = new Map(
    connections.map(({ name }, i) => {
      const start = i * (box + gap) + box;
      return [name, { start, end: start + gap, y }];
    }),
  );
  const calloutY = BOX.height + 2 * RING + CALLOUT.gap;
  return { width, height: calloutY + CALLOUT.height, boxes, routes, calloutY };
}

const isChain = (places: readonly Place[], connections: readonly Connection[]): boolean =>
  connections.length === places.length - 1 &&
  connections.every(({ from, to }, i) => places[i]?.party === from && places[i + 1]?.party === to);

/** As wide as the widest name, as long as the pipes keep their least length. */
function boxWidth(places: readonly Place[], width: number): number {
  const wanted = places.map(
    (place) => nameStart(place) + widthOf(place.party, TEXT.name, true) + BOX.padding,
  );
  const most = (width - (places.length - 1) * PIPE.least) / places.length;
  return Math.min(Math.max(BOX.width, ...wanted), most);
}

/** From the left edge of its box. A user's name stands beside a badge. */
export const nameStart = ({ isUser }: Place): number => BOX.padding + (isUser ? 2 * BADGE + 5 : 0);
