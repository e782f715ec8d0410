/** The part of a long list that is in sight, through TanStack's virtualizer. */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

/**
 * Lists up to this long are drawn whole: then a search in the page finds everything, and nothing
 * has to be measured.
 */
const WHOLE_MAX = 120;

export type Windowed = {
  readonly items: readonly { readonly index: number }[];
  readonly before: number; // pixels of the rows left out above
  readonly behind: number; // and below
  readonly measure: (element: HTMLElement | null) => void; // needs `data-index`
  readonly reveal: (index: number) => void;
};

/** @param height - of an item before it was measured, in pixels. */
export function useWindowed(
  scroller: { readonly current: HTMLElement | null },
  count: number,
  height: number,
): Windowed {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const isWhole = count <= WHOLE_MAX;
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(0),
  };
  const kept = useRef<Virtualizer<HTMLElement, HTMLElement>>(null);
  kept.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = kept.current;
  virtualizer.setOptions(options);
  useLayoutEffect(() => (isWhole ? undefined : virtualizer._didMount()), [virtualizer, isWhole]);
  useLayoutEffect(() => (isWhole ? undefined : virtualizer._willUpdate()));
  return {
    ...(isWhole ? wholeOf(count) : inSight(virtualizer)),
    reveal(index) {
      // The virtualizer would look again for many frames, as it must where nothing is drawn yet.
      const drawn = scroller.current?.querySelector(`[data-index="${index}"]`);
      if (drawn) bringIntoSight(drawn, scroller.current!);
      else virtualizer.scrollToIndex(index, { align: 'center' });
    },
  };
}

/** Scrolls the list alone: the page stays where its reader has it. */
function bringIntoSight(item: Element, list: HTMLElement): void {
  const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}

const wholeOf = (count: number) => ({
  items: Array.from({ length: count }, (_, index) => ({ index })),
  ...{ before: 0, behind: 0, measure: () => {} },
});

function inSight(virtualizer: Virtualizer<HTMLElement, HTMLElement>) {
  const items = virtualizer.getVirtualItems();
  return {
    items,
    before: items[0]?.start ?? 0,
    behind: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
  };
}
