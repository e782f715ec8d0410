/** Every event and signal that a trace can hold, and those that one step holds. */
import type { Delivery, Step } from '../checker/model/system.ts';
import type { AdversaryEvent } from '../machines/adversary/adversary.ts';
import type { BrowserEvent } from '../machines/parties/browser.ts';
import type { MostGeneralClientEvent } from '../machines/parties/most-general-client.ts';
import type { ProgramEvent } from '../machines/parties/program.ts';
import type { WorkerEvent } from '../machines/parties/worker.ts';
import type {
  ClientEvent,
  DownstreamEvent,
  NavigationEvent,
  OwnerEvent,
  PageEvent,
  Reply,
  Request,
  ServerEvent,
  UpstreamEvent,
  WireEvent,
} from '../machines/vocabulary/messages.ts';
import type { Signal } from '../machines/vocabulary/signals.ts';

export type StoryEvent =
  | AdversaryEvent
  | BrowserEvent
  | Signal
  | ClientEvent
  | Extract<MostGeneralClientEvent, { to: string }> // its other events are others' too
  | DownstreamEvent
  | NavigationEvent
  | OwnerEvent
  | PageEvent
  | ProgramEvent
  | ServerEvent
  | UpstreamEvent
  | WireEvent
  | WorkerEvent;

export type Message = Request | Reply;
export const isReply = ({ type }: { readonly type: string }): boolean =>
  type === 'http.ok' ||
  type === 'http.redirect' ||
  type === 'http.forbidden' ||
  type === 'http.unauthorized' ||
  type === 'CHALLENGE_MESSAGE';

export type Named<Type extends StoryEvent['type']> = Extract<StoryEvent, { type: Type }>;

/** The first event of a type that the step delivers, if any. */
export function delivered<Type extends StoryEvent['type']>(
  { deliveries }: Step,
  type: Type,
): Named<Type> | undefined {
  const found = deliveries.find(({ event }) => event.type === type);
  return found?.event as Named<Type> | undefined; // by its type
}

/** All messages that are put on wires in this step. */
export const sentIn = ({ deliveries }: Step): readonly Message[] =>
  deliveries.flatMap(({ event }) =>
    event.type === 'wire.send' ? [(event as Named<'wire.send'>).message] : [],
  );

export const sends = (step: Step, type: Message['type']): boolean =>
  sentIn(step).some((message) => message.type === type);

/** The message that the step takes off a wire, or null where it does something else. */
export function carried({ event, deliveries }: Step): Message | null {
  return event.type === 'wire.deliver' ? ((deliveries[0]?.event ?? null) as Message | null) : null;
}

/** The deliveries of the step before this one. */
export const before = ({ deliveries }: Step, at: Delivery): readonly Delivery[] =>
  deliveries.slice(0, Math.max(0, deliveries.indexOf(at)));
