/** A verdict's story, from the table to every step of it. */
import { useMemo } from 'preact/hooks';
import type { Story } from '../../story/story.ts';
import { Button } from '../parts/controls/button.tsx';
import { Problem } from '../parts/controls/error-boundary.tsx';
import { Banner } from '../parts/story/banner.tsx';
import { ShareMenu } from '../parts/story/share-menu.tsx';
import { StoryPanes } from '../parts/story/story-panes.tsx';
import { Why } from '../parts/story/why.tsx';
import type { Address } from '../place/address.ts';
import type { Navigation } from '../place/navigation.ts';
import { wayTo } from '../run/explorables.ts';
import { marksOf } from '../run/looping.ts';
import { type Comparison, comparisonOf } from '../run/side-by-side.ts';
import { type ClaimRow, holdingOf } from '../run/table-rows.ts';
import { type Entry, entryOf, type SessionState } from '../sources/session.ts';
import { useStory } from '../sources/story-loader.ts';
import { Awaited, Holding, StoryProgress } from './loading.tsx';
import { SideBySideView } from './side-by-side-view.tsx';

type StoryAddress = Extract<Address, { readonly view: 'story' }>;

type StoryViewProps = {
  readonly known: SessionState;
  readonly address: StoryAddress;
  readonly navigation: Navigation;
};

export function StoryView({ known, address, navigation }: StoryViewProps) {
  const entry = entryOf(known, address.story);
  const holding = useMemo(
    () => (entry === undefined ? null : holdingOf(entry, known.entries)),
    [entry, known.entries],
  );
  const shown = holding === null ? entry : (holding.witness ?? undefined);
  const loading = useStory(shown);
  const back = () => navigation.go({ view: 'claims' });
  if (entry === undefined) return <Awaited known={known} wanted={address.story} back={back} />;
  if (shown === undefined || loading === undefined)
    return <Holding row={holding!.row} back={back} />;
  if (loading.kind === 'failed')
    return <Problem title="This trace cannot be shown" text={loading.problem} onBack={back} />;
  if (loading.kind === 'building') return <StoryProgress {...loading} />;
  const row = holding?.row ?? null;
  const props = { known, story: loading.story, entry: shown, row, address, navigation };
  return <Loaded key={loading.story.title} {...props} />;
}

type LoadedProps = StoryViewProps & {
  readonly story: Story;
  readonly entry: Entry; // whose story it is
  readonly row: ClaimRow | null; // a claim that holds, and whose witness the story is
};

function Loaded({ known, story, entry, row, address, navigation }: LoadedProps) {
  const beside = useMemo(() => comparisonOf(known, entry), [known, entry]);
  const marks = useMemo(() => marksOf(story), [story]);
  const position = Math.min(address.at ?? story.decisive ?? 0, story.steps.length);
  const change = (what: Partial<StoryAddress>) =>
    navigation.go({ ...address, at: position, ...what }, 'replaced');
  if (address.beside && beside !== null && beside.kind !== 'awaited') {
    return (
      <main class="story">
        <SideBySideView
          {...{ story, entry, beside }}
          at={address.at}
          onPosition={(at) => change({ at })}
          onClose={() => change({ beside: false })}
        />
      </main>
    );
  }
  const isDecisive = position === story.decisive;
  return (
    <main class="story">
      <Banner story={story} holding={row}>
        <Actions {...{ known, story, entry, row, address, navigation, position, beside }} />
      </Banner>
      <StoryPanes
        story={story}
        position={position}
        pin={address.pin}
        marks={marks}
        why={
          isDecisive && story.checked?.verdict === 'violated' ? (
            <Why story={story} cause={entry.verdict.cause} onPosition={(at) => change({ at })} />
          ) : null
        }
        onPosition={(at) => change({ at })}
        onPin={(pin) => change({ pin })}
      />
    </main>
  );
}

/** The name of the button, by the kind of the other run. */
const BESIDE: { readonly [K in Comparison['kind']]: string } = {
  entry: 'Show the remedy',
  awaited: 'Show the remedy',
  model: 'Compare with the model',
  unfaulted: 'Compare without the fault',
};

type ActionsProps = LoadedProps & { readonly position: number; readonly beside: Comparison | null };

function Actions({ story, entry, address, navigation, position, beside }: ActionsProps) {
  const { go } = navigation;
  return (
    <>
      {story.decisive === null || position === story.decisive ? null : (
        <Button
          name="The decisive step"
          icon="decisive"
          keys="v"
          onPress={() => go({ ...address, at: story.decisive }, 'replaced')}
        />
      )}
      {beside === null ? null : (
        <Button
          name={BESIDE[beside.kind]}
          icon="beside"
          kind="primary"
          isDisabled={beside.kind === 'awaited'}
          onPress={() => go({ ...address, at: null, beside: true })}
        />
      )}
      <Button
        name="Explore"
        icon="explore"
        onPress={() =>
          go({ view: 'explore', ...wayTo(entry, position), at: null, pin: address.pin })
        }
      />
      <ShareMenu
        story={story}
        position={position}
        entry={entry}
        onStately={() => go({ view: 'stately', story: entry.ref, source: null })}
      />
    </>
  );
}
