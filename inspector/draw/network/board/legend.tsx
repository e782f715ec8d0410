/** The legend of a board: the marks that its frames use, each with its words. */
import type { VNode } from 'preact';
import { paint } from '../../palette.ts';
import { widthOf } from '../../text-size.ts';
import { Items, itemWidth } from '../item-marks.tsx';
import type { People } from '../people.ts';
import { NoPipe, PipeBody } from '../pipe-marks.tsx';
import { px } from '../sizes.ts';
import type { Item } from '../state/items.ts';
import type { PictureState } from '../state/picture-state.ts';
import type { Scene } from '../state/scene.ts';
import { Bar, Octagon } from '../verdict-marks.tsx';

const SIZE = 12; // of the font
const LINE = 27;
const SAMPLE = 34; // how long the sample of a pipe is
const SPACE = { before: 7, between: 18 } as const; // a mark and its words; two entries

type Entry = { readonly words: string; readonly width: number; readonly mark: VNode };
type Placed = Entry & { readonly x: number; readonly y: number };

export type Legend = { readonly entries: readonly Placed[]; readonly height: number };

/** In lines of at most `width`. */
export function legendOf(frames: readonly Framed[], people: People, width: number): Legend {
  let [x, y] = [0, LINE / 2];
  const entries = entriesOf(frames, people).map((entry): Placed => {
    const size = entry.width + SPACE.before + widthOf(entry.words, SIZE);
    if (x > 0 && x + size > width) [x, y] = [0, y + LINE];
    const placed = { ...entry, x, y };
    x += size + SPACE.between;
    return placed;
  });
  return { entries, height: y + LINE / 2 };
}

export type Framed = { readonly scene: Scene; readonly state: PictureState };

const WORDS: { readonly [Kind in Exclude<Item['kind'], 'person' | 'status'>]: string } = {
  password: 'password: valid at every host',
  challenge: 'challenge',
  response: 'response: answers one challenge only',
  token: 'token: valid on this host only',
};

function entriesOf(frames: readonly Framed[], people: People): readonly Entry[] {
  const states = frames.map(({ state }) => state);
  const items = states.flatMap(({ holds, move }) => [
    ...Object.values(holds).flat(),
    ...(move?.carries ?? []),
  ]);
  const kinds = Object.entries(WORDS) as readonly [keyof typeof WORDS, string][];
  const isAnonymous = (item: Item) => 'user' in item && item.user === null;
  const samples = kinds.flatMap(([kind, words]) => {
    const item = items.find((one) => one.kind === kind && !isAnonymous(one));
    return item === undefined ? [] : [itemEntry(item, words, people)];
  });
  return [
    ...[...people.keys()].map((user) => itemEntry({ kind: 'person', user }, user, people)),
    ...(items.some(isAnonymous)
      ? [itemEntry({ kind: 'person', user: null }, 'anonymous', people)]
      : []),
    ...samples,
    { words: 'acts in this step', width: 22, mark: <Ring /> },
    ...pipeEntries(frames, people),
    ...verdictEntries(states),
  ];
}

const itemEntry = (item: Item, words: string, people: People): Entry => ({
  words,
  width: itemWidth(item),
  mark: <Items x={0} y={0} items={[item]} people={people} />,
});

const Ring = () => (
  <rect
    x="1.5"
    y="-7.5"
    width="19"
    height="15"
    rx="5"
    class={paint('paper', 'ink')}
    stroke-width="3"
  />
);

const STAGES = {
  open: 'connection without a user',
  challenged: 'connection with an open challenge',
  taken: 'connection authenticated as ',
} as const;

function pipeEntries(frames: readonly Framed[], people: People): readonly Entry[] {
  const pipes = frames.flatMap(({ state }) => state.pipes);
  const route = { start: 0, end: SAMPLE, y: 0 };
  const hasNone = frames.some(({ scene, state }) => scene.connections.length > state.pipes.length);
  const none: Entry = { words: 'no connection', width: SAMPLE, mark: <NoPipe {...route} /> };
  const stages = (['open', 'challenged', 'taken'] as const).flatMap((stage): readonly Entry[] => {
    const pipe = pipes.find((one) => one.stage === stage);
    if (pipe === undefined) return [];
    const user = stage === 'taken' ? pipe.takenFor : pipe.sender;
    const person = stage === 'open' ? undefined : people.get(user ?? '');
    const [fill, edge] = [person?.fill ?? 'faint', person?.edge ?? 'line'] as const;
    const words = stage === 'taken' ? `${STAGES.taken}${user ?? 'anonymous'}` : STAGES[stage];
    return [{ words, width: SAMPLE, mark: <PipeBody {...{ route, stage, fill, edge }} /> }];
  });
  return [...(hasNone ? [none] : []), ...stages];
}

function verdictEntries(states: readonly PictureState[]): readonly Entry[] {
  const has = (kind: string) => states.some(({ mark }) => mark?.kind === kind);
  const refused = { words: 'refused', width: 6, mark: <Bar x={3} y={0} height={20} /> };
  const violated = { words: 'claim violated', width: 20, mark: <Octagon x={10} y={0} /> };
  return [...(has('refused') ? [refused] : []), ...(has('violated') ? [violated] : [])];
}

export const LegendMarks = ({ legend: { entries } }: { readonly legend: Legend }) => (
  <>
    {entries.map(({ x, y, width, words, mark }) => (
      <g key={words}>
        <g transform={`translate(${px(x)} ${px(y)})`}>{mark}</g>
        <text
          x={px(x + width + SPACE.before)}
          y={px(y + 4)}
          font-size={SIZE}
          class={paint('muted')}
        >
          {words}
        </text>
      </g>
    ))}
  </>
);
