/**
 * A statechart: boxes in boxes, with lines for transitions. Active states and taken transitions
 * differ from the rest in thickness and marks, and never in colour alone.
 */
import type { ChartNode } from '../../story/story.ts';
import { FONT, paint } from '../palette.ts';
import type { ChartProps, StatechartProps } from '../props.ts';
import { Arrow, pathThrough } from '../shapes.tsx';
import { GuardMarks, Lines, TakenGround } from './chart-lines.tsx';
import { ChartState } from './chart-state.tsx';
import { labelLines } from './chart-text.ts';
import { ChartTree } from './chart-tree.tsx';
import { chartInWords } from './chart-words.ts';
import { ANY_STATE, anyStateOf, DOT } from './elk-graph.ts';
import type { ChartLayout, Edge, Point } from './layout.ts';
import { nodesOf } from './nodes.ts';

type Laid = ChartProps & { readonly layout: ChartLayout };

export function Statechart({ layout, ...props }: StatechartProps) {
  return layout === null ? <ChartTree {...props} /> : <Picture {...props} layout={layout} />;
}

function Picture(props: Laid) {
  const { layout, title } = props;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      font-family={FONT}
    >
      <title>{title}</title>
      <desc>{chartInWords(props)}</desc>
      <States {...props} />
      <Initials layout={layout} />
      <Edges {...props} />
    </svg>
  );
}

function States(props: Laid) {
  const regions = nodesOf(props.chart.root)
    .filter(({ type }) => type === 'parallel')
    .flatMap(({ children }) => children.map(({ id }) => id));
  return (
    <>
      {nodesOf(props.chart.root).map((node) => (
        <g key={node.id}>
          <ChartState {...props} node={node} isRegion={regions.includes(node.id)} />
          <AnyState node={node} layout={props.layout} />
        </g>
      ))}
    </>
  );
}

function AnyState({ node, layout }: { readonly node: ChartNode; readonly layout: ChartLayout }) {
  const box = layout.nodes[anyStateOf(node.id)];
  return box === undefined ? null : (
    <g>
      <rect
        {...box}
        rx={box.height / 2}
        class={paint('paper', 'line')}
        stroke-dasharray="3 3"
        stroke-width="1.25"
      />
      <text
        x={box.x + box.width / 2}
        y={box.y + 15}
        text-anchor="middle"
        font-size="11"
        font-style="italic"
        class={paint('muted')}
      >
        {ANY_STATE.text}
      </text>
    </g>
  );
}

const Initials = ({ layout }: { readonly layout: ChartLayout }) => (
  <>
    {layout.initials.map((points) => (
      <g key={`${points[0]!.x} ${points[0]!.y}`}>
        <Line points={points} isTaken={false} />
      </g>
    ))}
    {Object.entries(layout.nodes).flatMap(([id, { x, y }]) =>
      id.endsWith('/initial') ? (
        <circle key={id} cx={x + DOT / 2} cy={y + DOT / 2} r={DOT / 2} class={paint('ink')} />
      ) : (
        []
      ),
    )}
  </>
);

function Line({
  points,
  isTaken,
}: {
  readonly points: readonly Point[];
  readonly isTaken: boolean;
}) {
  const colour = isTaken ? 'accent' : 'line';
  return (
    <>
      <path d={pathThrough(points)} class={paint(null, colour)} stroke-width={isTaken ? 3 : 1.25} />
      <Arrow points={points} colour={colour} size={isTaken ? 13 : 9} />
    </>
  );
}

/** Those taken last, so that nothing crosses over them. */
function Edges(props: Laid) {
  const isTaken = ({ transitions }: Edge) => transitions.some((id) => props.taken?.includes(id));
  const edges = props.layout.edges.toSorted((a, b) => Number(isTaken(a)) - Number(isTaken(b)));
  return (
    <>
      {edges.map((edge) => (
        <Line key={keyOf(edge)} points={edge.points} isTaken={isTaken(edge)} />
      ))}
      {edges.map((edge) => (
        <Labels key={keyOf(edge)} {...props} edge={edge} />
      ))}
    </>
  );
}

const keyOf = ({ points }: Edge) => points.map(({ x, y }) => `${x} ${y}`).join();

function Labels(props: Laid & { readonly edge: Edge }) {
  const { chart, taken, edge } = props;
  return (
    <>
      {edge.labels.map(({ transition, box }) => {
        const found = chart.transitions.find(({ id }) => id === transition);
        if (found === undefined) return null;
        const words = {
          ...props,
          lines: labelLines(chart, found),
          x: box.x + box.width / 2,
          y: box.y + 3,
          isCentred: true,
        };
        const isTaken = taken?.includes(transition) === true;
        return (
          <g key={transition}>
            {isTaken ? (
              <TakenGround {...box} />
            ) : (
              <rect {...box} rx="4" class={paint('panel')} opacity="0.92" />
            )}
            <Lines {...words} />
            <GuardMarks {...words} />
          </g>
        );
      })}
    </>
  );
}
