/** Lines of words in a box of a chart, those of transitions taken on a ground of their own. */
import type { ChartTransition } from '../../story/story.ts';
import { paint } from '../palette.ts';
import type { ChartProps } from '../props.ts';
import { TruthMark } from '../shapes.tsx';
import { LINE, type Line, lineWidth } from './chart-text.ts';
import { guardValue } from './chart-words.ts';
import type { Box } from './layout.ts';

const BASELINE = 11; // of a line, from its top

type LinesProps = ChartProps & {
  readonly lines: readonly Line[];
  readonly x: number; // where they begin, or their middle where they are centred
  readonly y: number; // top of the first
  readonly isCentred: boolean;
};

export function Lines(props: LinesProps) {
  const { lines, x, y, isCentred } = props;
  return (
    <g font-size={LINE.size} {...(isCentred ? { 'text-anchor': 'middle' } : {})}>
      {lines.map((line, i) => (
        <text
          key={`${line.transition} ${i}`}
          x={x + line.indent}
          y={y + i * LINE.height + BASELINE}
          class={paint(isTaken(props, line) ? 'ink' : 'muted')}
        >
          <Words line={line} {...props} />
        </text>
      ))}
    </g>
  );
}

function Words(props: ChartProps & { readonly line: Line }) {
  const { parts } = props.line;
  const value = lineValue(props, props.line);
  return (
    <>
      {parts.map(({ text, kind }, i) => (
        <tspan
          key={kind}
          {...(kind === 'strong' ? { 'font-weight': 600, class: paint('ink') } : {})}
        >
          {i > 0 ? ` ${text}` : text}
          {kind === 'guard' && value !== null ? (
            <tspan font-weight="600" class={paint(value ? 'good' : 'bad')}>{` = ${value}`}</tspan>
          ) : null}
        </tspan>
      ))}
    </>
  );
}

/** Before each line whose guard was asked in the step: whether it held. */
export function GuardMarks(props: LinesProps) {
  const { lines, x, y, isCentred } = props;
  return (
    <>
      {lines.map((line, i) => {
        const value = lineValue(props, line);
        const start = isCentred ? x - lineWidth(line) / 2 - 6 : x - 9;
        return value === null ? null : (
          <TruthMark key={line.transition} x={start} y={y + (i + 0.5) * LINE.height} held={value} />
        );
      })}
    </>
  );
}

const isTaken = ({ taken }: ChartProps, { transition }: Line) =>
  transition !== null && taken?.includes(transition) === true;

function lineValue(props: ChartProps, { guard, transition }: Line): boolean | null {
  const found = props.chart.transitions.find(({ id }) => id === transition);
  return guard === null || found === undefined ? null : guardValue(props, found);
}

/** Around the words of one transition that was taken. */
export function TakenGround({ x, y, width, height }: Box) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx="4"
      class={paint('accent-soft', 'accent')}
      stroke-width="2"
    />
  );
}

/** Boxes of the lines of each transition taken, within `box` whose first line is at its top. */
export function takenBoxes(
  chartTransitions: readonly ChartTransition[],
  taken: readonly string[] | null,
  lines: readonly Line[],
  { x, y, width }: Box,
): readonly Box[] {
  return chartTransitions.flatMap(({ id }) => {
    if (!taken?.includes(id)) return [];
    const first = lines.findIndex(({ transition }) => transition === id);
    const count = lines.filter(({ transition }) => transition === id).length;
    if (count === 0) return [];
    return [{ x, y: y + first * LINE.height, width, height: count * LINE.height }];
  });
}
