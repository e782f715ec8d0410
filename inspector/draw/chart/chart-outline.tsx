/** A chart as lines of text in a picture, where it has no layout. */
import type { ChartNode } from '../../story/story.ts';
import { FONT, paint } from '../palette.ts';
import type { ChartProps } from '../props.ts';
import { widthOf } from '../text-size.ts';
import { LINE } from './chart-text.ts';
import { chartInWords, guardValue, transitionWords } from './chart-words.ts';

type OutlineLine = { readonly text: string; readonly depth: number; readonly isStrong: boolean };

const INDENT = 18;
const MARGIN = 12;

export function ChartOutline(props: ChartProps) {
  const lines = linesIn(props, props.chart.root, 0);
  const widths = lines.map(
    ({ text, depth }) => depth * INDENT + widthOf(text, LINE.size, true) + 2 * MARGIN,
  );
  const [width, height] = [Math.ceil(Math.max(...widths)), lines.length * LINE.height + 2 * MARGIN];
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      font-family={FONT}
    >
      <title>{props.title}</title>
      <desc>{chartInWords(props)}</desc>
      <rect width={width} height={height} class={paint('paper')} />
      {lines.map(({ text, depth, isStrong }, i) => (
        <text
          key={`${i} ${text}`}
          x={MARGIN + depth * INDENT}
          y={MARGIN + (i + 0.8) * LINE.height}
          font-size={LINE.size}
          font-weight={isStrong ? 700 : 400}
          class={paint(isStrong ? 'accent' : 'ink')}
        >
          {text}
        </text>
      ))}
    </svg>
  );
}

function linesIn(props: ChartProps, node: ChartNode, depth: number): readonly OutlineLine[] {
  const { chart, active, taken } = props;
  const isActive = active.includes(node.id);
  const named = `${node.key}${isActive ? ' (active)' : ''}`;
  const answers = chart.transitions
    .filter(({ source }) => source === node.id)
    .map((transition): OutlineLine => {
      const value = guardValue(props, transition);
      const isTaken = taken?.includes(transition.id) === true;
      const words = `on ${transitionWords(chart, transition)}`;
      const asked = value === null ? '' : `, ${transition.guard} was ${value}`;
      return {
        text: `${words}${asked}${isTaken ? ' (taken)' : ''}`,
        depth: depth + 1,
        isStrong: isTaken,
      };
    });
  return [
    { text: [named, node.description ?? []].flat().join(': '), depth, isStrong: isActive },
    ...answers,
    ...node.children.flatMap((child) => linesIn(props, child, depth + 1)),
  ];
}
