/** One row of a sequence diagram: an arrow, or what stands on the lanes. */
import { paint } from '../palette.ts';
import { CROSS, TICK } from '../shapes.tsx';
import { shortened, widthOf } from '../text-size.ts';
import type { Annotation } from './sequence-content.ts';
import {
  CHIP,
  chipWidth,
  GUTTER,
  type Lane,
  type Row,
  type SequenceLayout,
  TEXT,
} from './sequence-layout.ts';
import { Message } from './sequence-message.tsx';

type RowProps = { readonly row: Row; readonly layout: SequenceLayout };

export function SequenceRow({ row, layout }: RowProps) {
  switch (row.kind) {
    case 'arrow':
      return <Message {...row} lanes={layout.lanes} />;
    case 'beside':
      return <Items items={row.items} y={row.y} lanes={layout.lanes} />;
    case 'sentence':
      return <Sentence text={row.text} y={row.y} width={layout.width} />;
    case 'verdict':
      return <Verdict text={row.text} y={row.y} layout={layout} />;
  }
}

type ItemsProps = {
  readonly items: readonly Annotation[];
  readonly y: number;
  readonly lanes: readonly Lane[];
};

/** Those of one lane below each other. */
function Items({ items, y, lanes }: ItemsProps) {
  return (
    <>
      {lanes.flatMap((lane) =>
        items
          .filter(({ party }) => party === lane.party)
          .map((item, i) => (
            <Item
              key={`${lane.party} ${item.text}`}
              item={item}
              lane={lane}
              y={y + 2 + i * (CHIP.height + CHIP.gap)}
            />
          )),
      )}
    </>
  );
}

/** A state in a pill, or a note in a box with a folded corner. */
function Item(props: { readonly item: Annotation; readonly lane: Lane; readonly y: number }) {
  const { item, lane, y } = props;
  const width = Math.min(chipWidth(item.text), lane.room);
  const left = lane.x - width / 2;
  const isNote = item.shape === 'note';
  const right = left + width;
  return (
    <g>
      <title>{`${item.party}: ${item.text}`}</title>
      {isNote ? (
        <path
          d={`M${left} ${y}H${right - 7}L${right} ${y + 7}V${y + CHIP.height}H${left}Z`}
          class={paint('panel', 'line')}
        />
      ) : (
        <rect
          x={left}
          y={y}
          width={width}
          height={CHIP.height}
          rx={CHIP.height / 2}
          class={paint('accent-soft', 'accent')}
          stroke-width="1.25"
        />
      )}
      <text
        x={lane.x}
        y={y + 14}
        text-anchor="middle"
        font-size={TEXT.chip}
        {...(isNote ? { 'font-style': 'italic' } : {})}
        class={paint('ink')}
      >
        {shortened(item.text, width - CHIP.padding, TEXT.chip)}
      </text>
    </g>
  );
}

type SentenceProps = { readonly text: string; readonly y: number; readonly width: number };

const Sentence = ({ text, y, width }: SentenceProps) => (
  <g>
    <title>{text}</title>
    <text x={GUTTER} y={y + 17} font-size={TEXT.chip} class={paint('muted')}>
      {shortened(text, width - GUTTER - 12, TEXT.chip)}
    </text>
  </g>
);

type VerdictProps = {
  readonly text: string;
  readonly y: number;
  readonly layout: Pick<SequenceLayout, 'width' | 'isViolated'>;
};

/** In the lower right corner of the box around the decisive step. */
function Verdict({ text, y, layout: { width, isViolated } }: VerdictProps) {
  const size = Math.ceil(widthOf(text, TEXT.label, true)) + 34;
  const [ground, ink] = isViolated
    ? (['bad-soft', 'bad'] as const)
    : (['good-soft', 'good'] as const);
  return (
    <g transform={`translate(${width - size - 7} ${y + 1})`}>
      <rect width={size} height="22" rx="4" class={paint(ground)} />
      <path
        d={isViolated ? CROSS : TICK}
        transform="translate(14 11) scale(1.5)"
        class={paint(null, ink)}
        stroke-width="1.4"
        stroke-linecap="round"
      />
      <text x="25" y="15.5" font-size={TEXT.label} font-weight="700" class={paint(ink)}>
        {text}
      </text>
    </g>
  );
}
