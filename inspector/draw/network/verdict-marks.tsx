/** A refusal is a bar across the end of a pipe, a violation an octagon. Both have a callout. */
import { paint } from '../palette.ts';
import { shortened, widthOf } from '../text-size.ts';
import { polygon } from './badge.tsx';
import { CALLOUT, px, TEXT } from './sizes.ts';
import type { VerdictMark } from './state/verdict-mark.ts';

type At = { readonly x: number; readonly y: number };

/** Across the end of a pipe. It is not red, because a refusal is often correct. */
export const Bar = ({ x, y, height = 28 }: At & { readonly height?: number }) => (
  <path
    d={`M${px(x)} ${px(y - height / 2)}v${height}`}
    class={paint(null, 'ink')}
    stroke-width="6"
  />
);

const OCTAGON = 9;

export const Octagon = ({ x, y }: At) => (
  <g transform={`translate(${px(x)} ${px(y)})`}>
    <path d={polygon(8, OCTAGON + 2.5, 22.5)} class={paint('paper')} />
    <path d={polygon(8, OCTAGON, 22.5)} class={paint('bad')} />
    <path d="M-3.4 -3.4l6.8 6.8m0 -6.8l-6.8 6.8" class={paint(null, 'paper')} stroke-width="2.2" />
  </g>
);

type CalloutProps = {
  readonly x: number; // where its middle should be
  readonly y: number; // top
  readonly room: number; // from 0; it stays inside
  readonly text: string;
  readonly kind: VerdictMark['kind'];
};

export function Callout({ x, y, room, text, kind }: CalloutProps) {
  const words = shortened(text, room - 2 * CALLOUT.padding, TEXT.callout, true);
  const width = Math.ceil(widthOf(words, TEXT.callout, true)) + 2 * CALLOUT.padding;
  const left = Math.max(0, Math.min(room - width, x - width / 2));
  const [ground, line, ink] =
    kind === 'violated'
      ? (['bad-soft', 'bad', 'bad'] as const)
      : (['panel', 'line', 'ink'] as const);
  return (
    <>
      <rect
        x={px(left)}
        y={px(y)}
        width={width}
        height={CALLOUT.height}
        rx="4"
        class={paint(ground, line)}
        stroke-width="1.3"
      />
      <text
        x={px(left + width / 2)}
        y={px(y + 14.8)}
        text-anchor="middle"
        font-size={TEXT.callout}
        font-weight="700"
        class={paint(ink)}
      >
        {words}
      </text>
    </>
  );
}
