/** Going round a story that goes on for ever, as buttons, keys and the player do. */
import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../../inspector/page/run/history.ts';
import {
  endOf,
  isInLoop,
  marksOf,
  positionAfter,
  wordsAt,
} from '../../../../inspector/page/run/looping.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { NETWORK_LOGON } from '../../../../properties/deployments/plain.ts';
import { confinement, entryFor, storyFor } from '../page-stories.ts';

const story = storyFor(entryFor('sign-in-completes', deploymentOf(NETWORK_LOGON))); // 6, then 6
const resting = { ...story, loop: 12 };
const ending = storyFor(confinement);

describe('after the last step', () => {
  it('of a loop comes its first', () => {
    expect([0, 6, 11, 12].map((at) => positionAfter(story, at))).toEqual([1, 7, 12, 7]);
  });

  it('comes nothing where nothing has to happen any more, and where a story just ends', () => {
    expect(positionAfter(resting, 12)).toBeNull();
    expect(positionAfter(ending, ending.steps.length)).toBeNull();
    expect(positionAfter(ending, 0)).toBe(1);
  });

  it('everything is as it was before the first of the loop', () => {
    const { stateAt } = historyOf(story);
    for (const { name } of story.components)
      expect([name, stateAt(name, 12)]).toEqual([name, stateAt(name, 6)]);
  });
});

describe('the bracket', () => {
  it('is around the steps of the loop', () => {
    expect([0, 6, 7, 12].map((at) => isInLoop(story, at))).toEqual([false, false, true, true]);
    expect([0, 12].map((at) => isInLoop(resting, at))).toEqual([false, false]);
    expect(isInLoop(ending, 3)).toBe(false);
  });

  it('has a mark at its first step, and words at its end', () => {
    expect([...marksOf(story)]).toEqual([
      [7, { text: 'the loop begins here', tone: 'plain' }],
      [12, { text: 'sign-in-completes violated: and steps 7 to 12 repeat for ever', tone: 'bad' }],
    ]);
    expect([...marksOf(resting).keys()]).toEqual([12]);
    expect([...marksOf(ending).keys()]).toEqual([ending.steps.length]);
  });

  it('has words for readers who cannot see it', () => {
    expect([6, 7, 8, 12].map((at) => wordsAt(story, at))).toEqual([
      '',
      ' The loop begins here.',
      '',
      ' And steps 7 to 12 repeat for ever.',
    ]);
    expect(wordsAt(resting, 12)).toBe(' And no further step has to happen.');
    expect([endOf(ending), wordsAt(ending, 7)]).toEqual([null, '']);
  });
});
