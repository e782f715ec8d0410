/** What it takes to tell an event, and what is told of it. */
import type { Delivery, Step } from '../../checker/model/system.ts';
import type { Memory } from '../memory.ts';
import type { Participants } from '../participants.ts';
import type { Named, StoryEvent } from '../story-events.ts';

/** Subject and predicate. An aside is one more whole sentence, for the end of the step's. */
export type Clause = { readonly who: string; readonly does: string; readonly aside?: string };

export type Scene = {
  readonly step: Step;
  readonly at: Delivery; // of the event that is told; an offer is its component's to itself
  readonly participants: Participants;
  readonly memory: Memory; // of the steps before this one
};

/** Complete by its type: an event that has no teller does not compile. Empty: told elsewhere. */
export type Tellers<Type extends StoryEvent['type'] = StoryEvent['type']> = {
  readonly [T in Type]: (event: Named<T>, scene: Scene) => readonly Clause[];
};

export const silent = (): readonly Clause[] => [];
