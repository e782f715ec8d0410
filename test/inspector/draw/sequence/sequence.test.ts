/** Which rows a sequence diagram has, and where. */
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { SequenceRows } from '../../../../inspector/draw/sequence/sequence.tsx';
import { contentsOf } from '../../../../inspector/draw/sequence/sequence-content.ts';
import { keyLines, sequenceLayout } from '../../../../inspector/draw/sequence/sequence-layout.ts';
import { recorderOf } from '../../../../inspector/story/record.ts';
import type { Story, StoryStep } from '../../../../inspector/story/story.ts';
import { storyOf } from '../../../../inspector/story/verdict-story.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE, TWO_USERS } from '../../../../properties/deployments/plain.ts';
import { BASIC, NTLM, verdictIn } from '../../story/support/verdicts.ts';

const VIOLATED = storyOf(verdictIn('confinement', BASIC), BASIC, null);
const WITNESSED = storyOf(verdictIn('asked-again', NTLM), NTLM, null);

/** Takes the first of these offers that is enabled, by its component and type, as often as said. */
function storyOfSteps(
  deployment: Deployment,
  steps: readonly (readonly [string, string])[],
): Story {
  const system = systemOf(deployment);
  const recorder = recorderOf({ deployment, system });
  const taken = steps.map(([name, type]): StoryStep => {
    const { offers } = system.find((component) => component.name === name)!;
    const offer = offers.find((event) => event.type === type)!;
    return recorder.take(name, offer)!;
  });
  return { ...recorder.empty, steps: taken };
}

const items = (story: Story, step: number) =>
  contentsOf(story)[step - 1]!.flatMap((content) =>
    content.kind === 'beside' ? content.items.map(({ party, text }) => `${party} ${text}`) : [],
  );
const fates = (story: Story, step: number) =>
  contentsOf(story)[step - 1]!.flatMap((content) =>
    content.kind === 'arrow' ? `${content.fate} ${content.travel.label}` : [],
  );

describe.each([VIOLATED, WITNESSED].map((story) => [story.title, story] as const))(
  'the rows of %s',
  (_, story) => {
    const { rows, height, decisive, lanes } = sequenceLayout(story);

    it('follow each other without gaps, each step with at least one', () => {
      let y = 0;
      for (const row of rows) {
        expect(row.y).toBe(y);
        y += row.height;
      }
      expect(height).toBe(y);
      const steps = rows.filter(({ isFirst }) => isFirst).map(({ step }) => step);
      expect(steps).toEqual(story.steps.map((_, i) => i + 1));
    });

    it('show every message and every note of the story', () => {
      const arrows = rows.flatMap((row) => (row.kind === 'arrow' ? row.travel : []));
      const travels = story.steps.flatMap((step) => step.travels);
      expect(arrows).toHaveLength(travels.length);
      expect(new Set(arrows)).toEqual(new Set(travels));
      const notes = rows.flatMap((row) => (row.kind === 'beside' ? row.items : []));
      for (const { text, party } of story.steps.flatMap((step) => step.notes))
        expect(notes).toContainEqual({ party, text, shape: 'note' });
    });

    it('are boxed where it is decided, with the verdict last', () => {
      const last = rows.findLast(({ step }) => step === story.decisive)!;
      const { claim, verdict } = story.checked!;
      expect(last).toMatchObject({ kind: 'verdict', text: `${claim} ${verdict} here` });
      expect(decisive!.y + decisive!.height).toBe(last.y + last.height);
    });

    it('have a lane for each party, from left to right', () => {
      expect(lanes.map(({ party }) => party)).toEqual(story.parties);
      expect(lanes.map(({ x }) => x)).toEqual(lanes.map(({ x }) => x).toSorted((a, b) => a - b));
    });
  },
);

describe('a message', () => {
  it('is put on the wire in one step, and arrives in the next', () => {
    expect(fates(WITNESSED, 1)).toEqual(['sent GET mailbox']);
    expect(fates(WITNESSED, 2)).toEqual(['arrived GET mailbox', 'sent 401']);
  });

  const visit = ['alice@frontEnd', 'user.visits'] as const;
  const close = ['alice>frontEnd#1/wire', 'wire.close'] as const;
  const deliver = ['alice>frontEnd#1/wire', 'wire.deliver'] as const;

  it('is lost in the step in which its connection closes', () => {
    const story = storyOfSteps(NTLM, [visit, close]);
    expect(fates(story, 2)).toEqual(['lost GET mailbox']);
  });

  it('is not lost when it has arrived before', () => {
    const story = storyOfSteps(NTLM, [visit, deliver, deliver, close]);
    expect(fates(story, 4)).toEqual([]);
  });

  it('that carries a secret says what that is bound to', () => {
    const { lanes, rows } = sequenceLayout(VIOLATED);
    const keys = rows.flatMap((row) =>
      row.kind === 'arrow' && row.fate === 'arrived' ? [keyLines(row.travel, lanes).join(' ')] : [],
    );
    expect(keys.filter((words) => words !== '')).toEqual(
      Array(2).fill("alice's password, bound to nothing: every reader can use it at any host"),
    );
  });
});

describe('a state', () => {
  it('names a state where it changes, by the role of the component', () => {
    expect(items(WITNESSED, 1)).toEqual([
      'alice client: awaitingReply',
      'frontEnd server: awaitingNegotiate',
    ]);
    expect(items(WITNESSED, 2)).toEqual([]);
  });

  it('names the peer where a host serves several', () => {
    const story = storyOfSteps(deploymentOf(TWO_USERS, 'NTLM'), [['bob@frontEnd', 'user.visits']]);
    expect(items(story, 1)).toContain('frontEnd server for bob: awaitingNegotiate');
  });

  it('names the connection where a pair has several', () => {
    const wider = { ...ARTICLE, bounds: { ...ARTICLE.bounds, connections: 2 } };
    const story = storyOfSteps(deploymentOf(wider, 'NTLM'), [['alice@frontEnd', 'user.visits']]);
    expect(items(story, 1)).toContain('frontEnd server 1: awaitingNegotiate');
  });
});

describe('a window of the rows', () => {
  const layout = sequenceLayout(WITNESSED);
  const drawn = (from: number, to: number, at = 3) =>
    renderToString(h(SequenceRows, { layout, from, to, at }));

  it('is as high as its rows, and begins at the first of them', () => {
    const [first, last] = [layout.rows[4]!, layout.rows[9]!];
    const height = last.y + last.height - first.y;
    expect(drawn(4, 10)).toContain(`viewBox="0 ${first.y} ${layout.width} ${height}"`);
  });

  it('is dim after the selected position, but for the verdict', () => {
    const dim = (at: number) => drawn(0, layout.rows.length, at).split('opacity="0.4"').length - 1;
    const after = layout.rows.filter(({ step, kind }) => step > 3 && kind !== 'verdict');
    expect(dim(3)).toBe(after.length);
    expect(dim(WITNESSED.steps.length)).toBe(0);
  });

  it('is empty, and no error, where there are no rows', () => {
    expect(drawn(5, 5)).toContain('height="0"');
  });
});

describe('a story of no steps', () => {
  it('has lanes and no rows, or the verdict where the initial state decides', () => {
    const empty = { ...VIOLATED, steps: [], decisive: null };
    expect(sequenceLayout(empty)).toMatchObject({ rows: [], height: 0, decisive: null });
    const rows = sequenceLayout({ ...empty, decisive: 0 }).rows;
    expect(rows).toMatchObject([{ kind: 'verdict', step: 0 }]);
  });
});
