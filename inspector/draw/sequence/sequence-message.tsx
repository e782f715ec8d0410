/** A message between two lanes: put on the wire, arriving, or lost. */
import type { Travel } from '../../story/story.ts';
import { paint } from '../palette.ts';
import { Arrow, CROSS, KEY_WIDTH, Key } from '../shapes.tsx';
import { shortened, widthOf } from '../text-size.ts';
import type { Fate } from './sequence-content.ts';
import {
  KEY,
  keyLines,
  LABEL_LINE,
  type Lane,
  labelLines,
  spanOf,
  TEXT,
} from './sequence-layout.ts';

type MessageProps = {
  readonly travel: Travel;
  readonly fate: Fate;
  readonly y: number;
  readonly lanes: readonly Lane[];
};

const LOST_AFTER = 0.62; // of the way
const WORDS: Readonly<Record<Fate, string>> = {
  sent: 'is put on the wire',
  arrived: 'arrives',
  lost: 'is lost: the connection closed',
};
const BACK = 36; // how far a message to oneself goes, in pixels

export function Message({ travel, fate, y, lanes }: MessageProps) {
  const { from, to, label } = travel;
  const { start, end } = spanOf(travel, lanes);
  const lines = fate === 'sent' ? [] : labelLines({ travel, fate }, lanes);
  const line = y + (fate === 'sent' ? 18 : 7 + lines.length * LABEL_LINE);
  const tip = start + reachOf(travel, fate, end - start);
  return (
    <g>
      <title>{`${label}, ${from} to ${to}: ${WORDS[fate]}`}</title>
      <Shaft travel={travel} fate={fate} start={start} tip={tip} y={line} />
      <Tip travel={travel} fate={fate} start={start} tip={tip} y={line} />
      {fate === 'sent' ? (
        <SentLabel travel={travel} y={line - 5} lanes={lanes} />
      ) : (
        <>
          <Label travel={travel} lines={lines} y={line - 5} lanes={lanes} />
          <KeyChip travel={travel} y={line + 8} lanes={lanes} />
        </>
      )}
    </g>
  );
}

/** The two ends of the arrow. A message that is only sent reaches as far as its label. */
function reachOf({ label }: Travel, fate: Fate, way: number): number {
  if (fate !== 'sent') return fate === 'lost' ? way * LOST_AFTER : way;
  const length = widthOf(label, TEXT.chip) + 22;
  return Math.sign(way) * Math.min(length, Math.abs(way) * 0.85);
}

type LineProps = {
  readonly travel: Travel;
  readonly fate: Fate;
  readonly start: number;
  readonly tip: number;
  readonly y: number;
};

const colourOf = ({ credential }: Travel, fate: Fate) =>
  credential !== null ? 'credential' : fate === 'sent' ? 'muted' : 'ink';

function Shaft({ travel, fate, start, tip, y }: LineProps) {
  const toSelf = `M${start} ${y - 8}h${BACK}v8H${start + 8}`;
  const short = fate === 'arrived' ? Math.sign(tip - start) * 8 : 0; // the tip of the arrow is thin
  return (
    <path
      d={start === tip ? toSelf : `M${start} ${y}H${tip - short}`}
      class={paint(null, colourOf(travel, fate))}
      stroke-width={fate === 'sent' ? 1.5 : 2}
      {...(travel.isReply ? { 'stroke-dasharray': '6 4' } : {})}
    />
  );
}

function Tip({ travel, fate, start, tip, y }: LineProps) {
  if (fate === 'arrived') {
    const before = start === tip ? start + BACK : start;
    const points = [
      { x: before, y },
      { x: tip, y },
    ];
    return <Arrow points={points} colour={colourOf(travel, fate)} size={11} />;
  }
  if (fate === 'sent')
    return (
      <circle
        cx={tip}
        cy={y}
        r="3.5"
        class={paint('paper', colourOf(travel, fate))}
        stroke-width="1.5"
      />
    );
  return (
    <path
      d={CROSS}
      transform={`translate(${tip} ${y}) scale(2.2)`}
      class={paint(null, 'bad')}
      stroke-width="1.2"
      stroke-linecap="round"
    />
  );
}

type LabelProps = {
  readonly travel: Travel;
  readonly lines: readonly string[];
  readonly y: number; // of the last
  readonly lanes: readonly Lane[];
};

/** Over the middle of an arrow, or to the right of one that goes back to its own lane. */
function Label({ travel, lines, y, lanes }: LabelProps) {
  const { left, width } = spanOf(travel, lanes);
  const isOwn = width === 0;
  return (
    <g
      font-size={TEXT.label}
      font-weight="600"
      text-anchor={isOwn ? 'start' : 'middle'}
      class={paint('ink')}
    >
      {lines.map((line, i) => (
        <text
          key={line}
          x={isOwn ? left + BACK + 6 : left + width / 2}
          y={y - (lines.length - 1 - i) * LABEL_LINE}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** From its sender's lane on. */
function SentLabel({ travel, y, lanes }: Omit<LabelProps, 'lines'>) {
  const { start, end, width } = spanOf(travel, lanes);
  const toward = end >= start ? 1 : -1;
  return (
    <text
      x={start + toward * (width === 0 ? BACK + 6 : 9)}
      y={y}
      text-anchor={toward > 0 ? 'start' : 'end'}
      font-size={TEXT.chip}
      class={paint('muted')}
    >
      {shortened(travel.label, Math.max(width, 200) - 26, TEXT.chip)}
    </text>
  );
}

/** What travels of a secret, and what that is bound to. */
function KeyChip({ travel, y, lanes }: Omit<LabelProps, 'lines'>) {
  const lines = keyLines(travel, lanes);
  if (lines.length === 0) return null;
  const { left, width } = spanOf(travel, lanes);
  const text = Math.max(...lines.map((line) => widthOf(line, TEXT.chip)));
  const size = Math.ceil(text) + KEY_WIDTH + 2 * KEY.padding + 4;
  const x = width === 0 ? left + BACK : left + (width - size) / 2;
  const height = lines.length * KEY.line + 6;
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={size}
        height={height}
        rx="7"
        class={paint('credential-soft', 'credential')}
      />
      <Key x={x + KEY.padding} y={y + height / 2} />
      {lines.map((line, i) => (
        <text
          key={line}
          x={x + KEY.padding + KEY_WIDTH + 4}
          y={y + 14 + i * KEY.line}
          font-size={TEXT.chip}
          class={paint('credential')}
        >
          {line}
        </text>
      ))}
    </g>
  );
}
