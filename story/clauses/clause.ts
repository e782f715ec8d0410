/** The shape of a clause, and of the functions that write one for an event. */
import type { Delivery, Step } from '../../checker/model/system.ts';
import type { Memory } from '../memory.ts';
import type { Participants } from '../participants.ts';
import type { Named, StoryEvent } from '../story-events.ts';

/** Subject and predicate. An aside is a whole sentence, which follows the step's. */
export type Clause = { readonly who: string; readonly does: string; readonly aside?: string };

export type Scene = {
  readonly step: Step;
  readonly at: Delivery; // of the event; an offer is a delivery of its component to itself
  readonly participants: Participants;
  readonly memory: Memory; // of the steps before this one
};

/**
 * Complete by its type: an event without a function does not compile. A function returns no clause
 * where another event of the step has one.
 */
export type ClauseWriters<Type extends StoryEvent['type'] = StoryEvent['type']> = {
  readonly [T in Type]: (event: Named<T>, scene: Scene) => readonly Clause[];
};

export const silent = (): readonly Clause[] => [];
