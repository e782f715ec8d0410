/** Two stories, stepped together: a violation and what stops it, a recording and the model. */

import { useMemo } from 'preact/hooks';
import type { Story } from '../../story/story.ts';
import { unfaultedStoryOf } from '../../story/unfaulted.ts';
import { Button } from '../parts/controls/button.tsx';
import { Banner } from '../parts/story/banner.tsx';
import { SequencePane } from '../parts/story/sequence-pane.tsx';
import { type Mark, StepLog } from '../parts/story/step-log.tsx';
import { LiveRegion } from '../parts/story/story-panes.tsx';
import { Timeline } from '../parts/story/timeline.tsx';
import { useKeys } from '../place/keys.ts';
import { marksOf } from '../run/looping.ts';
import { usePlayer } from '../run/player.ts';
import { type Comparison, commonSteps } from '../run/side-by-side.ts';
import type { Entry } from '../sources/session.ts';
import { useStory } from '../sources/story-loader.ts';
import { grouped } from '../words.ts';

type SideBySideProps = {
  readonly story: Story;
  readonly entry: Entry;
  readonly beside: Exclude<Comparison, { readonly kind: 'awaited' }>;
  readonly at: number | null; // null: the first step that differs
  readonly onPosition: (position: number) => void;
  readonly onClose: () => void;
};

export function SideBySideView(props: SideBySideProps) {
  const { beside, entry } = props;
  const loading = useStory(beside.kind === 'unfaulted' ? undefined : beside.entry);
  const unfaulted = useMemo(
    () =>
      beside.kind === 'unfaulted'
        ? unfaultedStoryOf(entry.verdict, entry.deployment, entry.ref.fault!).story
        : null,
    [beside.kind, entry],
  );
  const other = unfaulted ?? (loading?.kind === 'story' ? loading.story : null);
  if (loading?.kind === 'failed') return <p class="padded">{loading.problem}</p>;
  if (other === null) return <p class="padded muted">The other story is being prepared…</p>;
  return <Pair {...props} other={other} />;
}

function Pair({
  story,
  other,
  beside,
  at,
  onPosition,
  onClose,
}: SideBySideProps & { other: Story }) {
  const divergence = commonSteps(story, other);
  const longer = other.steps.length > story.steps.length ? other : story;
  const end = longer.steps.length;
  const position = Math.min(at ?? divergence + 1, end);
  const player = usePlayer(position, position < end ? position + 1 : null, onPosition);
  const moveTo = (to: number) => {
    player.stop();
    onPosition(Math.min(Math.max(to, 0), end));
  };
  useKeys((command) => {
    const moves: Partial<Record<string, number>> = {
      ...{ first: 0, previous: position - 1, next: position + 1, last: end },
      decisive: story.decisive ?? position,
    };
    if (command === 'play') player.toggle();
    if (command === 'escape') onClose();
    const to = typeof command === 'string' ? moves[command] : undefined;
    if (to !== undefined) moveTo(to);
    return to !== undefined || command === 'play' || command === 'escape';
  });
  const [own, others] = NAMES[beside.kind];
  const columns = [
    { name: own, story },
    { name: others, story: other },
  ];
  const holds = beside.kind === 'entry' ? beside.holds : null;
  return (
    <div class="beside">
      <div class="beside-head">
        <h1>
          {divergenceInWords(divergence, end)}{' '}
          {holds === null
            ? null
            : `${holds.verdict.id} ${holds.verdict.verdict} in ${holds.verdict.deployment}: all ` +
              `${grouped(holds.verdict.states)} states were searched.`}
        </h1>
        <Button name="Back to one story" icon="close" keys="Esc" onPress={onClose} />
      </div>
      <div class="columns">
        {columns.map((column) => (
          <Column
            key={column.name}
            {...column}
            position={position}
            divergence={divergence}
            onPosition={moveTo}
          />
        ))}
      </div>
      <Timeline story={longer} position={position} player={player} onPosition={moveTo} />
      <LiveRegion
        text={`Step ${position}. ${columns.map((one) => stepInWords(one, position)).join(' ')}`}
      />
    </div>
  );
}

/** The headings of the two columns. */
const NAMES: { readonly [K in SideBySideProps['beside']['kind']]: readonly [string, string] } = {
  entry: ['The violation', 'With the remedy'],
  model: ['The recording', 'The model'],
  unfaulted: ['With the fault', 'Without the fault'],
};

function divergenceInWords(divergence: number, end: number): string {
  if (divergence === end) return `The two runs are the same in all ${end} steps.`;
  return divergence === 0
    ? 'The two runs differ from the first step.'
    : `The two runs are the same up to step ${divergence}.`;
}

type ColumnProps = {
  readonly name: string;
  readonly story: Story;
  readonly position: number;
  readonly divergence: number;
  readonly onPosition: (position: number) => void;
};

function Column({ name, story, position, divergence, onPosition }: ColumnProps) {
  const own = Math.min(position, story.steps.length);
  const parts: Mark = { text: 'the runs differ from here', tone: 'plain' };
  const marks = new Map([[divergence + 1, parts], ...marksOf(story)]);
  return (
    <section class="column" aria-label={name}>
      <h2 class="column-name">{name}</h2>
      <Banner story={story} isSmall />
      <SequencePane
        story={story}
        position={own}
        label={`Sequence: ${name}`}
        onPosition={onPosition}
      />
      <StepLog
        story={story}
        position={own}
        marks={marks}
        label={`Steps: ${name}`}
        onPosition={onPosition}
      />
    </section>
  );
}

function stepInWords({ name, story }: { name: string; story: Story }, position: number): string {
  const sentence = story.steps[position - 1]?.sentence;
  const ended = position === 0 ? 'No step was taken yet.' : 'The run has ended.';
  return `${name}: ${sentence ?? ended}`;
}
