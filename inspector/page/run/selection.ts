/** Which component and which of a step's reactions the panes show. */
import { useMemo, useState } from 'preact/hooks';
import type { State, Story } from '../../story/story.ts';
import { ALL, type Pin } from '../place/address.ts';
import { type History, historyOf, leadOf } from './history.ts';

export type Selection = {
  readonly history: History;
  readonly position: number;
  /** The index of the step's reaction that is shown. Null: none, as before the first step. */
  readonly reaction: number | null;
  readonly component: string;
  readonly isAll: boolean;
  readonly before: State; // the component's
  readonly after: State;
  readonly pick: (reaction: number) => void; // until another step is selected
};

/** @param position - within the story. */
export function useSelection(story: Story, position: number, pin: Pin): Selection {
  const history = useMemo(() => historyOf(story), [story]);
  const [picked, setPicked] = useState<{ at: number; reaction: number } | null>(null);
  const chosen = picked?.at === position ? picked.reaction : null;
  const reaction = chosen ?? reactionOf(story, position, pin);
  const component =
    reaction === null
      ? (pinned(story, pin) ?? firstShown(story))
      : story.steps[position - 1]!.reactions[reaction]!.component;
  const state = history.stateAt(component, position);
  const around = reaction === null ? null : history.around(position, reaction);
  return {
    history,
    position,
    reaction,
    component,
    isAll: pin === ALL && chosen === null,
    before: around?.before ?? state,
    after: around?.after ?? state,
    pick: (index) => setPicked({ at: position, reaction: index }),
  };
}

const pinned = ({ components }: Story, pin: Pin): string | null =>
  components.find(({ name }) => name === pin)?.name ?? null;

const firstShown = ({ components }: Story): string =>
  (components.find(({ role }) => role === 'browser') ?? components[0])?.name ?? '';

/** The pinned component's last reaction in the step; without a pin, see `leadOf`. Null: none. */
export function reactionOf(story: Story, position: number, pin: Pin): number | null {
  const step = story.steps[position - 1];
  if (step === undefined || step.reactions.length === 0) return null;
  const component = pinned(story, pin);
  if (component === null) return leadOf(step, story);
  const own = step.reactions.findLastIndex((reaction) => reaction.component === component);
  return own < 0 ? null : own;
}

/** "awaitingChallenge", "open.draining + waiting": the innermost active states, by their keys. */
export function stateText({ active }: State): string {
  const leaves = active.filter((id) => !active.some((other) => other.startsWith(`${id}.`)));
  return leaves.map((id) => id.split('.').slice(1).join('.') || id).join(' + ');
}
