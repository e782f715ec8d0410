/** The position after the last step of a story: none, or the start of its loop. */
import { endlessly } from '../../../story/endless.ts';
import type { Story } from '../../story/story.ts';
import type { Mark } from '../parts/story/step-log.tsx';

type Looping = Pick<Story, 'steps' | 'loop'>;

/**
 * The position after this one. After the last step of a loop it is the position after the loop's
 * first step: the state before that step is the same as at the end. Null: there is none.
 */
export function positionAfter({ steps, loop }: Looping, position: number): number | null {
  if (position < steps.length) return position + 1;
  return loop === null || loop === steps.length ? null : loop + 1;
}

/** Whether the step before the position is part of the loop. */
export const isInLoop = ({ loop }: Looping, position: number): boolean =>
  loop !== null && position > loop;

/** The words for the loop: "and steps 11 to 14 repeat for ever". Null: the run ends. */
export const endOf = ({ steps, loop }: Looping): string | null => endlessly(loop, steps.length);

/** Words after a position's sentence, for readers who cannot see the bracket. '': none. */
export function wordsAt(story: Looping, position: number): string {
  const { steps, loop } = story;
  const end = endOf(story);
  if (position === steps.length && end !== null)
    return ` ${end.charAt(0).toUpperCase()}${end.slice(1)}.`;
  return isInLoop(story, position) && position === loop! + 1 ? ' The loop begins here.' : '';
}

/** Marks beside the sentences, by position. */
export function marksOf({ decisive, mark, loop, steps }: Story): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  if (loop !== null && loop < steps.length)
    marks.set(loop + 1, { text: 'the loop begins here', tone: 'plain' });
  if (decisive === null || mark === null) return marks;
  return marks.set(decisive, { text: mark.text, tone: mark.isViolation ? 'bad' : 'good' });
}
