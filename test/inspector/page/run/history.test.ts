/** States at any position: the same as when the story is gone through from the start. */
import { describe, expect, it } from 'vitest';
import { historyOf, leadOf } from '../../../../inspector/page/run/history.ts';
import type { State } from '../../../../inspector/story/story.ts';
import { askedAgain, confinement, storyFor } from '../page-stories.ts';

describe.each([
  ['Basic', storyFor(confinement)],
  ['NTLM', storyFor(askedAgain)],
])('with %s', (_, story) => {
  const history = historyOf(story);

  it('every component is, at every position, where its last reaction left it', () => {
    const now = new Map<string, State>(Object.entries(story.initial));
    for (let position = 0; position <= story.steps.length; position += 1) {
      for (const { component, after } of story.steps[position - 1]?.reactions ?? [])
        now.set(component, after);
      for (const [component, state] of now)
        expect(history.stateAt(component, position)).toBe(state);
    }
  });

  it('a reaction begins where the one before it ended, within a step too', () => {
    const now = new Map<string, State>(Object.entries(story.initial));
    story.steps.forEach(({ reactions }, i) => {
      reactions.forEach(({ component, after }, index) => {
        expect(history.around(i + 1, index)).toEqual({ before: now.get(component), after });
        now.set(component, after);
      });
    });
  });

  it('the reaction to look at first is of no wire and no monitor, where there is another', () => {
    for (const step of story.steps) {
      const roles = step.reactions.map(
        ({ component }) => story.components.find(({ name }) => name === component)!.role,
      );
      const lead = roles[leadOf(step, story)]!;
      const isOther = (role: string) => role !== 'wire' && role !== 'monitor';
      expect(isOther(lead)).toBe(roles.some(isOther));
    }
  });
});

it('nothing is known of a component that is not there', () => {
  expect(historyOf(storyFor(confinement)).stateAt('nobody', 3)).toEqual({
    active: [],
    context: {},
  });
});
