/**
 * The acts of a driver on a server, as plain data, which can be drawn at random, shrunk and told.
 *
 * Slots for connections are numbered from 1. A request on a slot without a connection opens a new
 * one first. Each act except `close` and `open` is one request.
 *
 * @source MS-NLMP 2.2.1.1, 2.2.1.3, 3.1.5.1.2 (MIC, target name, channel bindings); RFC 7617 2
 */
export type Slot = number; // from 1

/** The name and password. All are of the target's domain, except the anonymous `nobody`. */
export type Who =
  | 'right'
  | 'other'
  | 'wrongPassword' // of the right user
  | 'unknownUser'
  | 'wrongDomain' // the right user and password
  | 'emptyDomain' // the same
  | 'nobody';

/**
 * A challenge received on a slot: the last, the one before it, or the first. If there is none, an
 * invented one.
 */
export type Over = { readonly of: Slot; readonly which: 'last' | 'before' | 'first' };

/** An unusual part of a message. */
export type Extra =
  | 'plain' // nothing: no MIC, no target name, no channel binding
  | 'mic'
  | 'corruptMic'
  | 'otherTarget' // the target name of a server that does not exist
  | 'garbageBinding';

export type Act =
  | { readonly does: 'open'; readonly on: Slot; readonly at: 'target' | 'back' }
  | { readonly does: 'close' | 'bare' | 'negotiate'; readonly on: Slot }
  | {
      readonly does: 'authenticate';
      readonly on: Slot;
      readonly as: Who;
      readonly over: Over;
      readonly extra: Extra;
    }
  /** The last AUTHENTICATE_MESSAGE of a slot again, byte for byte; if none, a right one. */
  | { readonly does: 'again'; readonly on: Slot; readonly of: Slot }
  | { readonly does: 'basic'; readonly on: Slot; readonly as: 'right' | 'other' | 'wrongPassword' };

export const isRequest = ({ does }: Act): boolean => does !== 'open' && does !== 'close';

// Short constructors.
export const bare = (on: Slot): Act => ({ does: 'bare', on });
export const negotiate = (on: Slot): Act => ({ does: 'negotiate', on });
export const close = (on: Slot): Act => ({ does: 'close', on });
export const openBack = (on: Slot): Act => ({ does: 'open', on, at: 'back' });
export const again = (on: Slot, of: Slot = on): Act => ({ does: 'again', on, of });
export const basic = (on: Slot, as: 'right' | 'other' | 'wrongPassword'): Act => ({
  does: 'basic',
  on,
  as,
});
export const authenticate = (
  on: Slot,
  as: Who = 'right',
  { over = { of: on, which: 'last' }, extra = 'plain' }: { over?: Over; extra?: Extra } = {},
): Act => ({ does: 'authenticate', on, as, over, extra });

/**
 * Whether a server may count the act as a failed sign-in, given the acts before it. A server may
 * lock accounts, so every act that is not certain to succeed counts.
 */
export function mayFail(act: Act, before: readonly Act[]): boolean {
  if (act.does === 'again') return true;
  if (act.does === 'basic') return act.as === 'wrongPassword';
  if (act.does !== 'authenticate' || act.as === 'nobody') return false;
  if (act.as !== 'right' && act.as !== 'other') return true;
  if (act.extra !== 'plain' && act.extra !== 'mic') return true;
  const last = before.findLast(({ on }) => on === act.on);
  const isOutstanding = last?.does === 'negotiate';
  return !isOutstanding || act.over.of !== act.on || act.over.which !== 'last';
}
