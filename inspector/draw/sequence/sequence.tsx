/**
 * A sequence diagram: a lifeline (lane) for each party, and rows from top to bottom in the order of
 * the steps. Requests are solid, replies dashed; a lost message ends in a cross.
 */

import { FONT, laneColour, paint } from '../palette.ts';
import type { SequenceHeaderProps, SequenceProps, SequenceRowsProps } from '../props.ts';
import { shortened } from '../text-size.ts';
import type { Lane, Row, SequenceLayout } from './sequence-layout.ts';
import { GUTTER, headWidth, sequenceLayout, TEXT } from './sequence-layout.ts';
import { SequenceRow } from './sequence-row.tsx';

/** The heads of the lanes, as wide as the rows. */
export function SequenceHeader({ layout }: SequenceHeaderProps) {
  const { width, headerHeight, lanes } = layout;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-label={`Parties: ${lanes.map(({ name }) => name).join(', ')}`}
      width={width}
      height={headerHeight}
      viewBox={`0 0 ${width} ${headerHeight}`}
      font-family={FONT}
    >
      <Heads layout={layout} />
    </svg>
  );
}

const Heads = ({ layout: { lanes } }: { readonly layout: SequenceLayout }) => (
  <>
    {lanes.map((lane, i) => (
      <Head key={lane.party} lane={lane} index={i} />
    ))}
  </>
);

function Head({ lane: { name, x, room }, index }: { readonly lane: Lane; readonly index: number }) {
  const width = Math.min(headWidth(name), room);
  const colour = laneColour(index);
  return (
    <g>
      <title>{name}</title>
      <rect
        x={x - width / 2}
        y="8"
        width={width}
        height="30"
        rx="6"
        class={paint('paper', colour)}
        stroke-width="1.75"
      />
      <path
        d={`M${x - width / 2 + 6} 8h${width - 12}`}
        class={paint(null, colour)}
        stroke-width="5"
      />
      <text
        x={x}
        y="28.5"
        text-anchor="middle"
        font-size={TEXT.head}
        font-weight="700"
        class={paint('ink')}
      >
        {shortened(name, width - 12, TEXT.head, true)}
      </text>
    </g>
  );
}

/** Rows `from` to `to`, the first of them at the top of the picture. */
export function SequenceRows({ layout, from, to, at }: SequenceRowsProps) {
  const rows = layout.rows.slice(from, to);
  const top = rows[0]?.y ?? 0;
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const steps = `${rows[0]?.step ?? 0} to ${rows.at(-1)?.step ?? 0}`;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-label={`Sequence diagram, steps ${steps}`}
      width={layout.width}
      height={height}
      viewBox={`0 ${top} ${layout.width} ${height}`}
      font-family={FONT}
    >
      <Rows layout={layout} rows={rows} at={at} />
    </svg>
  );
}

/** All of it under one title, as a picture of its own. */
export function Sequence({ story, at }: SequenceProps) {
  const layout = sequenceLayout(story);
  const height = layout.headerHeight + layout.height + 8;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      width={layout.width}
      height={height}
      viewBox={`0 0 ${layout.width} ${height}`}
      font-family={FONT}
    >
      <title>{story.title}</title>
      <desc>{story.steps.map(({ sentence }, i) => `${i + 1}. ${sentence}`).join(' ')}</desc>
      <rect width={layout.width} height={height} class={paint('paper')} />
      <Heads layout={layout} />
      <g transform={`translate(0 ${layout.headerHeight})`}>
        <Rows layout={layout} rows={layout.rows} at={at} />
      </g>
    </svg>
  );
}

type RowsProps = {
  readonly layout: SequenceLayout;
  readonly rows: readonly Row[];
  readonly at: number;
};

function Rows({ layout, rows, at }: RowsProps) {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const { lanes, width, decisive, isViolated } = layout;
  return (
    <>
      <Band rows={rows.filter(({ step }) => step === at)} width={width} />
      {lanes.map(({ party, x }) => (
        <line
          key={party}
          x1={x}
          x2={x}
          y1={first.y}
          y2={last.y + last.height}
          class={paint(null, 'faint')}
          stroke-width="2"
        />
      ))}
      {decisive === null ? null : (
        <rect
          x="6"
          y={decisive.y + 1}
          width={width - 8}
          height={decisive.height - 2}
          rx="7"
          class={paint(null, isViolated ? 'bad' : 'good')}
          stroke-width="2.5"
        />
      )}
      {rows.map((row) => (
        <g key={row.y} {...(row.step > at && row.kind !== 'verdict' ? { opacity: 0.4 } : {})}>
          {row.isFirst ? <StepNumber row={row} isCurrent={row.step === at} /> : null}
          <SequenceRow row={row} layout={layout} />
        </g>
      ))}
    </>
  );
}

function Band({ rows, width }: { readonly rows: readonly Row[]; readonly width: number }) {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const height = last.y + last.height - first.y;
  return (
    <>
      <rect y={first.y} width={width} height={height} class={paint('accent-soft')} opacity="0.6" />
      <rect y={first.y} width="4" height={height} class={paint('accent')} />
    </>
  );
}

function StepNumber({ row, isCurrent }: { readonly row: Row; readonly isCurrent: boolean }) {
  return (
    <text
      x={GUTTER - 12}
      y={row.y + 17}
      text-anchor="end"
      font-size={TEXT.number}
      font-weight={isCurrent ? 700 : 400}
      class={paint(isCurrent ? 'accent' : 'muted')}
    >
      {row.step}
    </text>
  );
}
