/** Folding in tests: many messages at once, and what a story must be so that it can be drawn. */
import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { expect } from 'vitest';
import type { Inspection } from '../../../../inspector/feed.ts';
import { Fold } from '../../../../inspector/story/protocol/fold.ts';
import { inspectorOptions } from '../../../../inspector/story/protocol/official.ts';
import type { Story } from '../../../../inspector/story/story.ts';

export function folded(messages: readonly unknown[]): Fold {
  const fold = new Fold();
  for (const message of messages) fold.add(message);
  return fold;
}

/** What whoever draws a story relies on. */
export function expectToBeWhole(story: Story): void {
  const parties = new Set(story.parties);
  const machines = new Set(story.charts.map(({ machine }) => machine));
  const names = new Set(story.components.map(({ name }) => name));
  expect([parties.size, machines.size, names.size]).toEqual([
    story.parties.length,
    story.charts.length,
    story.components.length,
  ]);
  for (const { name, machine, party } of story.components) {
    expect(Object.hasOwn(story.initial, name)).toBe(true);
    expect(machines.has(machine)).toBe(true);
    expect(party === '' || parties.has(party)).toBe(true);
  }
  for (const { reactions, travels, notes } of story.steps) {
    expect(reactions.length).toBeGreaterThan(0);
    for (const { component } of reactions) expect(names.has(component)).toBe(true);
    for (const { from, to } of travels) expect(parties.has(from) && parties.has(to)).toBe(true);
    for (const { party } of notes) expect(parties.has(party)).toBe(true);
  }
}

/** The messages that the package sends of a run. It sends each in a timer of 0 ms. */
export async function inspected(
  run: (inspect: ReturnType<typeof createInspector>['inspect']) => Promise<void> | void,
) {
  const sent: Inspection[] = [];
  const send = (event: StatelyInspectionEvent) => {
    sent.push(JSON.parse(JSON.stringify(event)) as Inspection);
  };
  const { inspect } = createInspector({ send }, inspectorOptions);
  await run(inspect);
  await new Promise((resolve) => setTimeout(resolve)); // timers of one length run in order
  return sent;
}
