/** Messages as their addressees hear them. */
import type { AnyEventObject } from 'xstate';
import type { Message, Port } from './system.ts';

const stampings = new WeakMap<Message, Map<Port, AnyEventObject>>();

/** The event as its addressee hears it: one object a message and port, for whichever system. */
export function stamped(message: Message, from: Port): AnyEventObject {
  const byPort = stampings.get(message) ?? new Map<Port, AnyEventObject>();
  stampings.set(message, byPort);
  const event = byPort.get(from) ?? { ...message.event, from };
  byPort.set(from, event);
  return event;
}
