/** Where a story goes on after its last step: nowhere, or round again. */
import { endlessly } from '../../../story/endless.ts';
import type { Story } from '../../story/story.ts';
import type { Mark } from '../parts/story/step-log.tsx';

type Looping = Pick<Story, 'steps' | 'loop'>;

/**
 * The position after this one. After the last step of a loop it is that after its first: what was
 * before the loop is as it was at the end, so nothing is left out. Null: there is none.
 */
export function positionAfter({ steps, loop }: Looping, position: number): number | null {
  if (position < steps.length) return position + 1;
  return loop === null || loop === steps.length ? null : loop + 1;
}

/** Whether the step that led to the position is one of those that go on for ever. */
export const isInLoop = ({ loop }: Looping, position: number): boolean =>
  loop !== null && position > loop;

/** What is said of the whole course: "and so on for ever, from step 11". Null: it just ends. */
export const endOf = ({ steps, loop }: Looping): string | null => endlessly(loop, steps.length);

/** What is said beside a position's sentence, for who cannot see the bracket. '' for nothing. */
export function wordsAt(story: Looping, position: number): string {
  const { steps, loop } = story;
  const end = endOf(story);
  if (position === steps.length && end !== null)
    return ` ${end.charAt(0).toUpperCase()}${end.slice(1)}.`;
  return isInLoop(story, position) && position === loop! + 1 ? ' From here on for ever.' : '';
}

/** Marks beside the sentences, by position. */
export function marksOf({ decisive, mark, loop, steps }: Story): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  if (loop !== null && loop < steps.length)
    marks.set(loop + 1, { text: 'from here on for ever', tone: 'plain' });
  if (decisive === null || mark === null) return marks;
  return marks.set(decisive, { text: mark.text, tone: mark.isViolation ? 'bad' : 'good' });
}
