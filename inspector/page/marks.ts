/** What is said of the positions of a story beside their sentences. */
import type { Story } from '../story/story.ts';
import type { Mark } from './parts/step-log.tsx';

export function marksOf({ decisive, mark }: Story): ReadonlyMap<number, Mark> {
  if (decisive === null || mark === null) return new Map();
  return new Map([[decisive, { text: mark.text, tone: mark.isViolation ? 'bad' : 'good' }]]);
}
