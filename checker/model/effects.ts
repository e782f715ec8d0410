/** What a machine's actions mean to the rest of its system. */
import type { AnyEventObject } from 'xstate';
import type { ClaimEffect, Component, Message } from './system.ts';

export type Effect = Message | ClaimEffect;

type Action = { readonly type: string; readonly params: unknown };

/**
 * The messages and claims among `actions`, in order. Actions whose parameters are neither are
 * dropped: they are nobody's business.
 *
 * @throws TypeError for an action that needs a live actor or a clock, and for half a message.
 */
export function effectsOf(actions: readonly Action[]): readonly Effect[] {
  return actions.flatMap(({ type, params }): Effect[] => {
    if (type.startsWith('xstate.')) return refuseUnlessDone(type, params);
    if (typeof params !== 'object' || params === null) return [];
    if (!('to' in params)) return 'claim' in params ? [claimIn(type, params.claim)] : [];
    if ('claim' in params) throw new TypeError(`action ${type} is both a message and a claim`);
    if (typeof params.to !== 'string') throw new TypeError(`action ${type}: 'to' is no port`);
    if (!('event' in params && isEvent(params.event))) {
      throw new TypeError(`action ${type} has 'to' but no event to send there`);
    }
    return [{ to: params.to, event: params.event }];
  });
}

/** Whether a monitor hears `claim`. */
export const isHeardBy = ({ hears = {} }: Component, claim: AnyEventObject): boolean =>
  Object.entries(hears).every(([field, value]) => claim[field] === value);

function claimIn(type: string, claim: unknown): ClaimEffect {
  if (isEvent(claim)) return { claim };
  throw new TypeError(`action ${type} claims something that is no event`);
}

/** XState lists an immediate raise although it has already consumed it; a log tells nobody. */
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
