/** The sequence diagram: lane heads that stay, and as many rows as are in sight. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { SequenceHeader, SequenceRows } from '../../../draw/sequence/sequence.tsx';
import { type SequenceLayout, sequenceLayout } from '../../../draw/sequence/sequence-layout.ts';
import type { Story } from '../../../story/story.ts';
import { px, scroller, textScale } from '../controls/attributes.ts';
import { extentOf, middleOf, rowsWithin, stepAt } from './sequence-rows.ts';

type SequencePaneProps = {
  readonly story: Story;
  readonly position: number;
  readonly label: string;
  readonly onPosition: (position: number) => void;
};

const BEYOND_PX = 300; // drawn above and below the visible part, so that scrolling shows no gap
const SLICE_PX = 300; // the window moves by this much
const FIRST_PX = 600; // drawn before the pane was measured
const SCALE_MIN = 0.76; // smaller than this cannot be read: the pane scrolls sideways instead

export function SequencePane({ story, position, label, onPosition }: SequencePaneProps) {
  const layout = useMemo(() => sequenceLayout(story), [story]);
  const pane = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const sight = useSight(pane, (extentOf(layout.rows, position)?.bottom ?? 0) - FIRST_PX);
  const scale = Math.min(Math.max(sight.width / layout.width, SCALE_MIN), textScale());
  const { from, to } = rowsWithin(
    layout.rows,
    (sight.top - BEYOND_PX) / scale,
    (sight.top + sight.height + BEYOND_PX) / scale,
  );
  useEffect(() => {
    if (pane.current !== null) reveal(pane.current, layout, position, scale);
  }, [position, layout, scale]);
  // A short cut: the log has a button for each step.
  useEffect(() => {
    const select = ({ clientY }: MouseEvent) => {
      const y = clientY - rows.current!.getBoundingClientRect().top;
      const step = stepAt(layout.rows, y / scale);
      if (step !== null) onPosition(step);
    };
    rows.current?.addEventListener('click', select);
    return () => rows.current?.removeEventListener('click', select);
  });
  const width = layout.width * scale;
  const top = (layout.rows[from]?.y ?? 0) * scale;
  return (
    <div class="sequence" ref={pane} {...scroller(label)}>
      <div class="lanes" style={{ width: px(width) }}>
        <SequenceHeader layout={layout} />
      </div>
      <div class="rows" ref={rows} style={{ width: px(width), height: px(layout.height * scale) }}>
        <div class="drawn" style={{ transform: `translateY(${px(top)})` }}>
          <SequenceRows layout={layout} from={from} to={to} at={position} />
        </div>
      </div>
    </div>
  );
}

type Sight = { readonly top: number; readonly height: number; readonly width: number }; // pixels

/**
 * What of the scroller's content is in sight, to the nearest slice above and below.
 *
 * @param likely - where that begins at first, before anything can be measured.
 */
function useSight(pane: { readonly current: HTMLElement | null }, likely: number): Sight {
  const [sight, setSight] = useState<Sight>({
    ...{ top: Math.max(likely, 0), height: FIRST_PX, width: 600 },
  });
  useLayoutEffect(() => {
    const element = pane.current!;
    const look = () => {
      const top = Math.floor(element.scrollTop / SLICE_PX) * SLICE_PX;
      const height = Math.ceil(element.clientHeight / SLICE_PX + 1) * SLICE_PX;
      const width = element.clientWidth;
      setSight((old) =>
        old.top === top && old.height === height && old.width === width
          ? old
          : { top, height, width },
      );
    };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return sight;
}

const ROOM_PX = 48; // kept above and below a step that is brought into sight

/** Scrolls no further than it takes; sideways too, where not all lanes are in sight. */
function reveal(pane: HTMLElement, layout: SequenceLayout, step: number, scale: number): void {
  const extent = extentOf(layout.rows, step) ?? { top: 0, bottom: 0 };
  const [top, bottom] = [extent.top * scale - ROOM_PX, extent.bottom * scale + ROOM_PX];
  const { clientWidth, clientHeight, scrollTop } = pane;
  const inner = clientHeight - layout.headerHeight * scale;
  const isTooLong = bottom - top > inner;
  if (top < scrollTop || isTooLong) pane.scrollTo({ top: Math.max(top, 0) });
  else if (bottom > scrollTop + inner) pane.scrollTo({ top: bottom - inner });
  const middle = middleOf(layout, step);
  if (layout.width * scale > clientWidth && middle !== null)
    pane.scrollTo({ left: middle * scale - clientWidth / 2 });
}
