/** A step in which one component reacts several times: which of its states are shown. */
import { describe, expect, it } from 'vitest';
import { historyOf, leadOf } from '../../../../inspector/page/run/history.ts';
import { reactionOf, stateText } from '../../../../inspector/page/run/selection.ts';
import type { Reaction, State, Story } from '../../../../inspector/story/story.ts';
import { confinement, storyFor } from '../page-stories.ts';

const at = (name: string): State => ({ active: ['lamp', `lamp.${name}`], context: {} });

const reaction = (component: string, state: string): Reaction => ({
  ...{ component, event: { type: 'press' }, from: component },
  ...{ taken: [], guards: [], actions: [] },
  after: at(state),
});

/** A lamp that reacts three times in its first step, once in its second, and not in its third. */
const storyOf = (): Story => {
  const base = storyFor(confinement);
  const step = (...reactions: Reaction[]) => ({ ...base.steps[0]!, reactions });
  const part = (name: string, role: 'other' | 'wire' | 'monitor') =>
    ({ name, machine: 'lamp', party: '', role, connection: null }) as const;
  return {
    ...base,
    components: [part('wire', 'wire'), part('lamp', 'other'), part('watch', 'monitor')],
    initial: { wire: at('zero'), lamp: at('zero'), watch: at('zero') },
    steps: [
      step(
        reaction('wire', 'up'),
        reaction('lamp', 'one'),
        reaction('lamp', 'two'),
        reaction('watch', 'seen'),
        reaction('lamp', 'three'),
      ),
      step(reaction('lamp', 'four')),
      step(reaction('wire', 'down')),
    ],
  };
};

describe('a component that reacts three times in a step', () => {
  it('is before each reaction where the one directly before it ended', () => {
    const history = historyOf(storyOf());
    const around = [1, 2, 4].map((index) => history.around(1, index));
    expect(around.map(({ before }) => before)).toEqual([at('zero'), at('one'), at('two')]);
    expect(around.map(({ after }) => after)).toEqual([at('one'), at('two'), at('three')]);
    expect(history.around(2, 0)).toEqual({ before: at('three'), after: at('four') });
  });

  it('is after the step where its last reaction ended', () => {
    const history = historyOf(storyOf());
    const states = [0, 1, 2, 3].map((position) => history.stateAt('lamp', position));
    expect(states).toEqual([at('zero'), at('three'), at('four'), at('four')]);
  });

  it('shows its last reaction where its chart is pinned, and none where it has none', () => {
    const story = storyOf();
    expect(reactionOf(story, 1, 'lamp')).toBe(4);
    expect(reactionOf(story, 2, 'lamp')).toBe(0);
    expect(reactionOf(story, 3, 'lamp')).toBeNull();
    expect(reactionOf(story, 0, 'lamp')).toBeNull();
  });

  it('without a pin shows the first reaction of no wire and no monitor, where there is one', () => {
    const story = storyOf();
    expect(story.steps.map((step) => leadOf(step, story))).toEqual([1, 0, 0]);
    expect(reactionOf(story, 1, null)).toBe(1);
    expect(reactionOf(story, 1, 'no such component')).toBe(1);
  });
});

describe('the text of a state', () => {
  it('names the innermost active states, without the machine', () => {
    const text = (...active: string[]) => stateText({ active, context: {} });
    expect(text('lamp', 'lamp.on', 'lamp.on.bright')).toBe('on.bright');
    expect(text('lamp', 'lamp.on', 'lamp.one')).toBe('on + one');
    expect(text('lamp')).toBe('lamp');
  });
});
