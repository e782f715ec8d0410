/** What is said of the positions of a story beside their sentences. */
import type { Story } from '../../story/story.ts';
import type { Mark } from '../parts/story/step-log.tsx';

export function marksOf({ decisive, mark, loop, steps }: Story): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  if (loop !== null && loop < steps.length)
    marks.set(loop + 1, { text: 'from here on for ever', tone: 'plain' });
  if (decisive === null || mark === null) return marks;
  return marks.set(decisive, { text: mark.text, tone: mark.isViolation ? 'bad' : 'good' });
}
