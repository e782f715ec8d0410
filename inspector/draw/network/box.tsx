/** A party as a box: its name and kind above, its credentials and challenges below. */
import { paint } from '../palette.ts';
import { shortened, widthOf } from '../text-size.ts';
import { Badge } from './badge.tsx';
import { Items, itemsWidth } from './item-marks.tsx';
import { type Box, nameStart } from './layout.ts';
import type { People } from './people.ts';
import { BADGE, BOX, px, RING, TEXT } from './sizes.ts';
import type { Item } from './state/items.ts';
import type { Place } from './state/scene.ts';

type BoxProps = {
  readonly place: Place;
  readonly box: Box;
  readonly holds: readonly Item[];
  readonly people: People;
  readonly isActing: boolean;
};

export function BoxMark({ place, box: { x, y, width }, holds, people, isActing }: BoxProps) {
  const start = nameStart(place);
  const pocket = y + BOX.height - BOX.pocket;
  return (
    <g>
      {isActing ? (
        <rect
          x={px(x - RING + 1.5)}
          y={px(y - RING + 1.5)}
          width={px(width + 2 * RING - 3)}
          height={BOX.height + 2 * RING - 3}
          rx="9"
          class={paint('paper', 'ink')}
          stroke-width="3"
        />
      ) : null}
      <rect x={px(x)} y={y} width={px(width)} height={BOX.height} rx="7" class={paint('paper')} />
      <path
        d={`M${px(x)} ${pocket}h${px(width)}v${BOX.pocket - 7}a7 7 0 0 1 -7 7h${px(14 - width)}a7 7 0 0 1 -7 -7Z`}
        class={paint('panel')}
      />
      <rect
        x={px(x)}
        y={y}
        width={px(width)}
        height={BOX.height}
        rx="7"
        class={paint(null, 'line')}
        stroke-width="1.4"
      />
      {place.isUser ? (
        <Badge
          x={x + BOX.padding + BADGE}
          y={y + 20}
          radius={BADGE}
          person={people.get(place.party) ?? null}
        />
      ) : null}
      <text
        x={px(x + start)}
        y={y + 18}
        font-size={TEXT.name}
        font-weight="700"
        class={paint('ink')}
      >
        {shortened(place.party, width - start - BOX.padding / 2, TEXT.name, true)}
      </text>
      <text x={px(x + start)} y={y + 31} font-size={TEXT.kind} class={paint('muted')}>
        {shortened(place.kind, width - start - BOX.padding / 2, TEXT.kind)}
      </text>
      <Pocket
        x={x + BOX.padding}
        y={pocket + BOX.pocket / 2}
        room={width - 1.5 * BOX.padding}
        {...{ holds, people }}
      />
    </g>
  );
}

type PocketProps = Pick<BoxProps, 'holds' | 'people'> & {
  readonly x: number;
  readonly y: number;
  readonly room: number;
};

/** As many items as fit, and the number of the others. */
function Pocket({ x, y, room, holds, people }: PocketProps) {
  let count = holds.length;
  const more = () => (count === holds.length ? '' : `+${holds.length - count}`);
  const needed = () =>
    itemsWidth(holds.slice(0, count)) + (more() === '' ? 0 : 5 + widthOf(more(), TEXT.label));
  while (count > 0 && needed() > room) count -= 1;
  const shown = holds.slice(0, count);
  return (
    <>
      <Items x={x} y={y} items={shown} people={people} />
      {more() === '' ? null : (
        <text
          x={px(x + itemsWidth(shown) + 5)}
          y={y + 4}
          font-size={TEXT.label}
          class={paint('ink')}
        >
          {more()}
        </text>
      )}
    </>
  );
}
