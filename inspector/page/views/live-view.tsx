/** Running actors, of this command or another program, as a growing story. */

import { useRef } from 'preact/hooks';
import { Button } from '../parts/controls/button.tsx';
import { Problem } from '../parts/controls/error-boundary.tsx';
import { Icon } from '../parts/controls/icon.tsx';
import { Banner } from '../parts/story/banner.tsx';
import { ShareMenu } from '../parts/story/share-menu.tsx';
import { StoryPanes } from '../parts/story/story-panes.tsx';
import type { Address } from '../place/address.ts';
import type { Navigation } from '../place/navigation.ts';
import type { Run, SessionState } from '../sources/session.ts';
import { counted, grouped } from '../words.ts';

type LiveAddress = Extract<Address, { readonly view: 'live' }>;

type LiveViewProps = {
  readonly known: SessionState;
  readonly address: LiveAddress;
  readonly navigation: Navigation;
};

const NO_MARKS = new Map();

export function LiveView({ known, address, navigation }: LiveViewProps) {
  const runs = [...known.runs.values()];
  const run = address.source === null ? runs[0] : known.runs.get(address.source);
  if (run === undefined) {
    const back = () => navigation.go({ view: 'claims' });
    const text =
      address.source === null
        ? 'No actor has sent a message yet. Its run appears here with its first message.'
        : `${address.source} has sent no message.`;
    return <Problem title="No actor runs" text={text} onBack={back} />;
  }
  return <Running {...{ runs, run, address, navigation }} />;
}

type RunningProps = {
  readonly runs: readonly Run[];
  readonly run: Run;
  readonly address: LiveAddress;
  readonly navigation: Navigation;
};

function Running({ runs, run, address, navigation }: RunningProps) {
  const { story } = run.fold;
  const end = story.steps.length;
  const isFollowing = address.at === null;
  const position = Math.min(address.at ?? end, end);
  const seen = useRef(end); // the end when the view last followed it
  if (isFollowing) seen.current = end;
  const change = (what: Partial<LiveAddress>) => navigation.go({ ...address, ...what }, 'replaced');
  const unseen = end - seen.current;
  const news = unseen > 0 ? counted(unseen, 'new step') : '';
  return (
    <main class="story live">
      <Banner story={story}>
        <Source {...{ runs, run, address, navigation }} />
        <Button
          name={isFollowing || news === '' ? 'Follow the end' : news}
          icon="live"
          isPressed={isFollowing}
          onPress={() => change({ at: isFollowing ? position : null })}
        />
        <ShareMenu
          story={story}
          position={position}
          entry={null}
          onStately={() => navigation.go({ view: 'stately', story: null, source: run.source })}
        />
      </Banner>
      <StoryPanes
        story={story}
        position={position}
        pin={address.pin}
        marks={NO_MARKS}
        onPosition={(at) => change({ at })}
        onPin={(pin) => change({ pin })}
      />
    </main>
  );
}

function Source({ runs, run, address, navigation }: RunningProps) {
  const name = run.source;
  return (
    <>
      {run.isForeign ? (
        <span class="chip warm">
          <Icon name="surprise" />
          unverified live source
        </span>
      ) : null}
      {run.hasLeft ? <span class="chip">disconnected</span> : null}
      {run.fold.unread > 0 ? (
        <span class="chip">{grouped(run.fold.unread)} messages could not be read</span>
      ) : null}
      {runs.length < 2 ? (
        <span class="source">{name}</span>
      ) : (
        <label class="pin">
          <span class="visually-hidden">Source</span>
          <select
            value={name}
            onChange={({ currentTarget: { value } }) =>
              navigation.go({ ...address, source: value, at: null, pin: null })
            }
          >
            {runs.map(({ source }) => (
              <option key={source} value={source}>
                {source}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
