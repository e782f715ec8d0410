/** The messages and signals among a machine's actions. */
import type { AnyEventObject } from 'xstate';
import type { Component, Message, Port, SignalEffect } from './system.ts';

export type Effect = Message | SignalEffect;

type Action = { readonly type: string; readonly params: unknown };

/**
 * The messages and signals among `actions`, in order. A message is an action with parameters
 * `{ to, event }`; a signal is an event that XState's `emit` resolved (`xstate.emit`). Every other
 * action is ignored.
 *
 * @throws TypeError for an action that needs a live actor or a clock, and for a message without a
 *   port or an event.
 */
export function effectsOf(actions: readonly Action[]): readonly Effect[] {
  return actions.flatMap(({ type, params }): Effect[] => {
    if (type === 'xstate.emit') return [emittedBy(params)];
    if (type.startsWith('xstate.')) return refuseUnlessDone(type, params);
    if (typeof params !== 'object' || params === null || !('to' in params)) return [];
    if (typeof params.to !== 'string')
      throw new TypeError(`action ${type}: 'to' is not a port name`);
    if (!('event' in params && isEvent(params.event))) {
      throw new TypeError(`action ${type} has 'to' but no event to send there`);
    }
    return [{ to: params.to, event: params.event }];
  });
}

/** Whether a monitor hears `signal`. */
export const isHeardBy = ({ hears = {} }: Component, signal: AnyEventObject): boolean =>
  Object.entries(hears).every(([field, value]) => signal[field] === value);

const stampings = new WeakMap<Message, Map<Port, AnyEventObject>>();

/** The event that the addressee hears: one object for each message and port, in all systems. */
export function stamped(message: Message, from: Port): AnyEventObject {
  const byPort = stampings.get(message) ?? new Map<Port, AnyEventObject>();
  stampings.set(message, byPort);
  const event = byPort.get(from) ?? { ...message.event, from };
  byPort.set(from, event);
  return event;
}

function emittedBy(params: unknown): SignalEffect {
  const { event } = params as { readonly event: unknown };
  if (isEvent(event)) return { signal: event };
  throw new TypeError('an action emits something that is not an event');
}

/** XState lists an immediate raise although it has already consumed it; a log has no effect. */
function refuseUnlessDone(type: string, params: unknown): [] {
  if (type === 'xstate.log') return [];
  const raised = type === 'xstate.raise' && (params as { delay?: unknown }).delay === undefined;
  if (raised) return [];
  const kind = type === 'xstate.raise' ? 'a delayed xstate.raise (after)' : type;
  throw new TypeError(`no actor runs here, so ${kind} is refused: send with params { to, event }`);
}

function isEvent(value: unknown): value is { readonly type: string } {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}
