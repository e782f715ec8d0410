/** The box of one state: its name, its description as a tooltip, and its internal transitions. */
import type { ChartNode } from '../../story/story.ts';
import { paint } from '../palette.ts';
import type { ChartProps } from '../props.ts';
import { GuardMarks, Lines, TakenGround, takenBoxes } from './chart-lines.tsx';
import { insideLines, LIST_INDENT, nameOf, PADDING, TITLE } from './chart-text.ts';
import type { Box, ChartLayout } from './layout.ts';

type Props = ChartProps & {
  readonly node: ChartNode;
  readonly isRegion: boolean; // of a parallel state
  readonly layout: ChartLayout;
};

export function ChartState(props: Props) {
  const { node, chart, active, layout, isRegion } = props;
  const box = layout.nodes[node.id];
  if (box === undefined) return null;
  // That the whole machine is active says nothing, unless it has no states.
  const isShown = node !== chart.root || node.children.length === 0;
  const isActive = isShown && active.includes(node.id);
  const lines = insideLines(chart, node);
  const list = { ...box, y: box.y + TITLE.height + 1 };
  const words = {
    ...props,
    lines,
    x: box.x + PADDING + LIST_INDENT,
    y: list.y,
    isCentred: false,
  };
  return (
    <g>
      {node.description === null ? null : <title>{node.description}</title>}
      <Frame box={box} node={node} isActive={isActive} isRegion={isRegion} />
      <Name box={box} node={node} isActive={isActive} />
      {lines.length > 0 ? (
        <line
          x1={box.x}
          x2={box.x + box.width}
          y1={box.y + TITLE.height - 2}
          y2={box.y + TITLE.height - 2}
          class={paint(null, 'faint')}
        />
      ) : null}
      {takenBoxes(chart.transitions, props.taken, lines, inset(list)).map((taken) => (
        <TakenGround key={taken.y} {...taken} />
      ))}
      <Lines {...words} />
      <GuardMarks {...words} />
    </g>
  );
}

const inset = (box: Box): Box => ({ ...box, x: box.x + 4, width: box.width - 8 });

function Frame(props: {
  readonly box: Box;
  readonly node: ChartNode;
  readonly isActive: boolean;
  readonly isRegion: boolean;
}) {
  const { box, node, isActive, isRegion } = props;
  const isLeaf = node.children.length === 0;
  const fill = isLeaf ? (isActive ? 'accent-soft' : 'paper') : 'panel';
  return (
    <>
      <rect
        {...box}
        rx={isLeaf ? 9 : 11}
        class={paint(fill, isActive ? 'accent' : 'line')}
        stroke-width={isActive ? (isLeaf ? 3 : 2.5) : 1.25}
        {...(isRegion ? { 'stroke-dasharray': '7 5' } : {})}
      />
      {node.type === 'final' ? (
        <rect
          x={box.x + 3.5}
          y={box.y + 3.5}
          width={box.width - 7}
          height={box.height - 7}
          rx="6.5"
          class={paint(null, isActive ? 'accent' : 'line')}
          stroke-width="1.25"
        />
      ) : null}
    </>
  );
}

function Name(props: { readonly box: Box; readonly node: ChartNode; readonly isActive: boolean }) {
  const { box, node, isActive } = props;
  const isLeaf = node.children.length === 0;
  const middle = box.y + TITLE.height / 2 - (isLeaf ? 0 : 1);
  return (
    <>
      {isActive ? <circle cx={box.x + 14} cy={middle + 1} r="4.5" class={paint('accent')} /> : null}
      <text
        x={box.x + (isActive ? 24 : PADDING + 3)}
        y={middle + 5.5}
        font-size={TITLE.size}
        font-weight="700"
        class={paint('ink')}
      >
        {nameOf(node)}
      </text>
    </>
  );
}
