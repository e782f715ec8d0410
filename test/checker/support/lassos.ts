/** Responses as tests ask for them, and counterexamples in words. */
import { expect } from 'vitest';
import type { Fairness, Response, System, Trace } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';

export const LIMITS = { statesMax: 100_000 };
const textOf = (steps: Trace) => steps.map(({ component, event }) => `${component} ${event.type}`);

export const response = (
  reads: string,
  owing: readonly string[],
  fairness: Response['fairness'],
): Response => ({
  kind: 'response',
  name: `${reads} does not stay ${owing.join(' or ')} for ever`,
  reads: [reads],
  holds: (snapshot) => !owing.includes(snapshot?.value as string),
  fairness,
});

/** The prefix and the loop of its counterexample, in words. Null: it holds. */
export function lassoOf(system: System, property: Response) {
  const { violated, loops, exhausted } = search(system, [property], LIMITS);
  expect(exhausted).toBe(true);
  expect([...loops.keys()]).toEqual([...violated.keys()]);
  const trace = violated.get(property.name);
  if (!trace) return null;
  const start = loops.get(property.name)!;
  return { prefix: textOf(trace.slice(0, start)), loop: textOf(trace.slice(start)) };
}

export const allWeak = (): Fairness => 'weak';
