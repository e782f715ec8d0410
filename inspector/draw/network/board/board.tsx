/** A board: two runs side by side, frame by frame, with a legend. */
import { FONT, paint } from '../../palette.ts';
import { widthOf, wrapped } from '../../text-size.ts';
import { type NetworkLayout, networkLayout } from '../layout.ts';
import { Network } from '../network.tsx';
import { type People, peopleOf } from '../people.ts';
import { CALLOUT, px } from '../sizes.ts';
import { type Column, columnText, type Frame } from './columns.ts';
import { LegendMarks, legendOf } from './legend.tsx';

const WIDTH = 880;
const MARGIN = 8;
const GAP = 8; // between frames
const PADDING = 12; // inside of a frame
const TEXT = { title: 17, note: 12, heading: 13.5, caption: 13 } as const; // sizes of fonts
const LINE = 17; // of a caption
const NUMBER = 26; // room for the number of a step
const HEAD = 82; // title, note, headings
const FRAME = (WIDTH - 2 * MARGIN - GAP) / 2; // its width

export type BoardProps = {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly [Column, Column];
};

type Row = {
  readonly y: number;
  readonly height: number;
  readonly lines: number; // of the longest caption
  readonly frames: readonly Frame[];
};

export function Board({ title, note, columns }: BoardProps) {
  const all = columns.flatMap(({ frames }) => frames);
  const people = peopleOf([...new Set(all.flatMap(({ scene }) => scene.users))]);
  const rows = rowsOf(columns);
  const legend = legendOf(all, people, WIDTH - 4 * MARGIN);
  const end = rows.reduce((bottom, { y, height }) => Math.max(bottom, y + height), HEAD);
  const height = Math.ceil(end + legend.height + 2 * MARGIN);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      width={WIDTH}
      height={height}
      viewBox={`0 0 ${WIDTH} ${height}`}
      font-family={FONT}
    >
      <title>{title}</title>
      <desc>{columns.map(columnText).join(' ')}</desc>
      <rect width={WIDTH} height={height} rx="8" class={paint('panel')} />
      <Head title={title} note={note} columns={columns} />
      {rows.flatMap((row) =>
        row.frames.map((frame, i) => (
          <g key={`${row.y} ${i}`} transform={`translate(${leftOf(i)} ${px(row.y)})`}>
            <FrameMark frame={frame} row={row} people={people} />
          </g>
        )),
      )}
      <g transform={`translate(${2 * MARGIN} ${px(end + MARGIN)})`}>
        <LegendMarks legend={legend} />
      </g>
    </svg>
  );
}

const leftOf = (column: number) => MARGIN + column * (FRAME + GAP);

/** Frames of one row have the height of the highest one. */
function rowsOf([left, right]: BoardProps['columns']): readonly Row[] {
  const rows: Row[] = [];
  let y = HEAD;
  left.frames.forEach((frame, i) => {
    const frames = [frame, ...right.frames.slice(i, i + 1)];
    const lines = Math.max(...frames.map((one) => captionLines(one).length));
    const height = Math.max(...frames.map((one) => frameHeight(one, lines)));
    rows.push({ y, height, lines, frames });
    y += height + GAP;
  });
  return rows;
}

const layoutOf = ({ scene }: Frame): NetworkLayout => networkLayout(scene, FRAME - 2 * PADDING - 4);

/** As few lines as there can be: a sentence on each if that fits, else of about the same length. */
function captionLines({ caption }: Frame): readonly string[] {
  const room = FRAME - 2 * PADDING - NUMBER;
  const { length } = wrapped(caption, room, TEXT.caption);
  const sentences = caption.split(/(?<=\.) /);
  const fits = (line: string) => widthOf(line, TEXT.caption) <= room;
  if (sentences.length === length && sentences.every(fits)) return sentences;
  let width = room;
  const isEnough = (less: number) => wrapped(caption, less, TEXT.caption).length === length;
  while (width > LINE && isEnough(width - LINE)) width -= LINE;
  return wrapped(caption, width, TEXT.caption);
}

const networkTop = (lines: number) => 10 + lines * LINE + 8;

function frameHeight(frame: Frame, lines: number): number {
  const { height } = layoutOf(frame);
  const unused = frame.state.mark === null ? CALLOUT.height + CALLOUT.gap : 0;
  return networkTop(lines) + height - unused + 8;
}

function Head({ title, note, columns }: BoardProps) {
  return (
    <>
      <text x={2 * MARGIN} y="28" font-size={TEXT.title} font-weight="700" class={paint('ink')}>
        {title}
      </text>
      <text x={2 * MARGIN} y="47" font-size={TEXT.note} class={paint('muted')}>
        {note}
      </text>
      {columns.map(({ heading }, i) => (
        <text
          key={heading}
          x={leftOf(i) + MARGIN}
          y="72"
          font-size={TEXT.heading}
          font-weight="700"
          class={paint('ink')}
        >
          {heading}
        </text>
      ))}
    </>
  );
}

type FrameProps = { readonly frame: Frame; readonly row: Row; readonly people: People };

function FrameMark({ frame, row, people }: FrameProps) {
  const layout = layoutOf(frame);
  return (
    <>
      <rect width={FRAME} height={px(row.height)} rx="6" class={paint('paper', 'faint')} />
      <text x={PADDING} y="23" font-size={TEXT.caption} font-weight="700" class={paint('muted')}>
        {frame.state.position}
      </text>
      {captionLines(frame).map((line, i) => (
        <text
          key={line}
          x={PADDING + NUMBER}
          y={23 + i * LINE}
          font-size={TEXT.caption}
          class={paint('ink')}
        >
          {line}
        </text>
      ))}
      <g transform={`translate(${PADDING + 2} ${networkTop(row.lines)})`}>
        <Network scene={frame.scene} state={frame.state} layout={layout} people={people} />
      </g>
    </>
  );
}
