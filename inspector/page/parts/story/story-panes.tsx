/** The linked views of one story: log, sequence, chart, details, credentials and the timeline. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Story } from '../../../story/story.ts';
import type { Pin } from '../../place/address.ts';
import type { Command } from '../../place/keys.ts';
import { useKeys } from '../../place/keys.ts';
import { positionAfter, wordsAt } from '../../run/looping.ts';
import { usePlayer } from '../../run/player.ts';
import { useSelection } from '../../run/selection.ts';
import { scroller } from '../controls/attributes.ts';
import { ChartPane } from './chart-pane.tsx';
import { Credentials } from './credentials.tsx';
import { SequencePane } from './sequence-pane.tsx';
import { StepDetails } from './step-details.tsx';
import { type Mark, StepLog } from './step-log.tsx';
import { Timeline } from './timeline.tsx';

export type StoryPanesProps = {
  readonly story: Story;
  readonly position: number; // within the story
  readonly pin: Pin;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Above the log: what can be done from here. */
  readonly beforeLog?: ComponentChildren;
  /** Above the details: why this step could be taken. */
  readonly why?: ComponentChildren;
  /** Above the credentials: the claims so far. */
  readonly beforeCredentials?: ComponentChildren;
  readonly announced?: string; // spoken with the step's sentence
  readonly onPosition: (position: number) => void;
  readonly onPin: (pin: Pin) => void;
};

const PANES = [
  ['log', 'Steps'],
  ['sequence', 'Sequence'],
  ['chart', 'Chart'],
  ['details', 'Step'],
  ['credentials', 'Credentials'],
] as const;

type Pane = (typeof PANES)[number][0];

export function StoryPanes(props: StoryPanesProps) {
  const { story, position, pin, marks, onPosition, onPin } = props;
  const [pane, setPane] = useState<Pane>('sequence');
  const selection = useSelection(story, position, pin);
  const player = usePlayer(position, positionAfter(story, position), onPosition);
  const moveTo = (to: number) => {
    player.stop();
    onPosition(Math.min(Math.max(to, 0), story.steps.length));
  };
  useKeys((command) => obey(command, { ...props, moveTo, togglePlay: player.toggle }));
  return (
    <div class="panes" data-shown={pane}>
      <PaneChoice shown={pane} show={setPane} />
      <section class="pane log-pane" data-pane="log" aria-label="Steps">
        <header class="pane-head">
          <h2>Steps</h2>
        </header>
        {props.beforeLog}
        <StepLog
          story={story}
          position={position}
          marks={marks}
          label="Steps of the story"
          onPosition={moveTo}
        />
      </section>
      <section class="pane sequence-pane" data-pane="sequence" aria-label="Sequence diagram">
        <SequencePane story={story} position={position} label="Sequence" onPosition={moveTo} />
      </section>
      <ChartPane story={story} selection={selection} pin={pin} onPin={onPin} />
      <section class="pane details-pane" data-pane="details" aria-label="This step">
        <header class="pane-head">
          <h2>{position === 0 ? 'At the start' : `Step ${position}`}</h2>
        </header>
        <div class="pane-body" {...scroller('Details')}>
          {props.why}
          <StepDetails story={story} selection={selection} />
        </div>
      </section>
      <section class="pane credentials-pane" data-pane="credentials" aria-label="Credentials">
        <header class="pane-head">
          <h2>
            {props.beforeCredentials ? 'Claims so far, and ' : ''}
            {props.beforeCredentials ? 'where' : 'Where'} each credential went
          </h2>
        </header>
        <div class="pane-body" {...scroller('Credentials table')}>
          {props.beforeCredentials}
          <Credentials story={story} position={position} />
        </div>
      </section>
      <Timeline story={story} position={position} player={player} onPosition={moveTo} />
      <LiveRegion text={`${spoken(story, position)} ${props.announced ?? ''}`} />
    </div>
  );
}

function spoken(story: Story, position: number): string {
  const { steps } = story;
  const words = wordsAt(story, position);
  return position === 0
    ? `Before the first of ${steps.length} steps.${words}`
    : `Step ${position} of ${steps.length}: ${steps[position - 1]!.sentence}${words}`;
}

type Obeying = StoryPanesProps & {
  readonly moveTo: (position: number) => void;
  readonly togglePlay: () => void;
};

/** False: the command is not one of a story's. */
function obey(command: Command, { story, position, pin, moveTo, togglePlay, onPin }: Obeying) {
  if (typeof command === 'object') {
    const name = story.components[command.component - 1]?.name;
    if (name !== undefined) onPin(name === pin ? null : name);
    return name !== undefined;
  }
  const acts: Partial<Record<typeof command, () => void>> = {
    first: () => moveTo(0),
    previous: () => moveTo(position - 1),
    next: () => moveTo(positionAfter(story, position) ?? position),
    last: () => moveTo(story.steps.length),
    decisive: () => moveTo(story.decisive ?? position),
    play: togglePlay,
  };
  acts[command]?.();
  return command in acts;
}

type PaneChoiceProps = { readonly shown: Pane; readonly show: (pane: Pane) => void };

/** Where there is room for one pane only. */
const PaneChoice = ({ shown, show }: PaneChoiceProps) => (
  <div class="pane-choice" role="toolbar" aria-label="Shown">
    {PANES.map(([pane, name]) => (
      <button type="button" key={pane} aria-pressed={pane === shown} onClick={() => show(pane)}>
        {name}
      </button>
    ))}
  </div>
);

/** Announces the selected step to screen readers. */
export const LiveRegion = ({ text }: { readonly text: string }) => (
  <p class="visually-hidden" role="status">
    {text}
  </p>
);
