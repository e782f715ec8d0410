/** Every event and claim that a trace can hold, and what a step holds of them. */
import type { Step } from '../../checker/system.ts';
import type { BrowserEvent } from '../../machines/browser.ts';
import type {
  Claim,
  ClientEvent,
  OwnerEvent,
  PageEvent,
  Reply,
  Request,
  ServerEvent,
  WireEvent,
} from '../../machines/messages.ts';
import type { MostGeneralClientEvent } from '../../machines/most-general-client.ts';
import type { WorkerEvent } from '../../machines/worker.ts';

export type StoryEvent =
  | BrowserEvent
  | Claim
  | ClientEvent
  | Extract<MostGeneralClientEvent, { to: string }> // what it hears, others hear too
  | OwnerEvent
  | PageEvent
  | ServerEvent
  | WireEvent
  | WorkerEvent;

export type Message = Request | Reply;
export type Named<Type extends StoryEvent['type']> = Extract<StoryEvent, { type: Type }>;

/** The first event of a type that the step delivers, if any. */
export function delivered<Type extends StoryEvent['type']>(
  { deliveries }: Step,
  type: Type,
): Named<Type> | undefined {
  const found = deliveries.find(({ event }) => event.type === type);
  return found?.event as Named<Type> | undefined; // by its type
}

/** The first message that one end puts on a wire in this step, if it is of that type. */
export function sends({ deliveries }: Step, type: Message['type']): boolean {
  return deliveries.some(
    ({ event }) =>
      event.type === 'wire.send' && (event as Named<'wire.send'>).message.type === type,
  );
}

/** The message that the step takes off a wire, or null where it does something else. */
export function carried({ event, deliveries }: Step): Message | null {
  return event.type === 'wire.deliver' ? ((deliveries[0]?.event ?? null) as Message | null) : null;
}
