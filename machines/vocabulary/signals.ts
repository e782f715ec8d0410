/**
 * Signals: what machines make known about single instants, so that no state need remember it.
 * Monitors hear them. No machine reads a signal, and none is refused.
 *
 * @source Lowe, A Hierarchy of Authentication Specifications, 1997, 2 (running and commit)
 */
import { type ActionFunction, type EventObject, emit, type MachineContext } from 'xstate';
import type { Compared, ResponseCheck } from '../ntlm/acceptor.ts';
import type { Cause } from './ghost.ts';
import type { Path } from './messages.ts';
import type { Purpose } from './purpose.ts';
import type {
  Challenge,
  ConnectionName,
  HostName,
  Response,
  Secret,
  TargetInfo,
  UserName,
} from './terms.ts';

export type Signal =
  /** A client side proves `user` (null: anonymous) to the `server` that it means to reach. */
  | {
      readonly type: 'running';
      readonly user: UserName | null;
      readonly secret: Secret | null; // the key of the proof; null: anonymous
      readonly server: HostName;
      readonly by: UserName | HostName;
      readonly connection: ConnectionName; // of the challenge; with Basic, the client's own
      readonly run: ConnectionName; // the client's own
      readonly response: Response | null; // as it was computed; null: Basic
      readonly info: TargetInfo | null; // of the challenge as it arrived; null: Basic
    }
  | {
      readonly type: 'issued';
      readonly connection: ConnectionName;
      readonly challenge: Challenge;
      readonly info: TargetInfo;
    }
  /** A server accepts `user` on `connection`. */
  | {
      readonly type: 'commit';
      readonly user: UserName | null;
      readonly server: HostName;
      readonly connection: ConnectionName;
      readonly challenge: Challenge | null; // null: Basic
      readonly response: Response | null; // as it arrived; null: Basic
      readonly secret: Secret | null; // the key of the proof; null: anonymous
      readonly cause: Cause | null; // of the request; null: unknown
      readonly purpose: Purpose | null; // of a program's request; null: of another party's
      readonly run: ConnectionName | null; // the client's, of the proof; null: made for no run
    }
  /** A server refuses a response: which check did, and the values that it was compared with. */
  | {
      readonly type: 'rejected';
      readonly connection: ConnectionName;
      readonly run: ConnectionName | null; // as in `commit`
      readonly response: Response;
      readonly why: ResponseCheck;
      readonly own: Compared;
    }
  /** A server learns `secret`. Null: the sign-in left none. */
  | { readonly type: 'learned'; readonly secret: Secret | null; readonly by: HostName }
  /** A client side sends a request. `user` null: without a credential. */
  | {
      readonly type: 'asked';
      readonly user: UserName | null;
      readonly connection: ConnectionName;
      readonly purpose: Purpose | null; // null: there is but one
    }
  | { readonly type: 'answered'; readonly connection: ConnectionName }
  /** A client side goes on with the request of one connection on another one. */
  | { readonly type: 'moved'; readonly connection: ConnectionName; readonly to: ConnectionName }
  /** A client side receives 401. */
  | { readonly type: 'refused'; readonly connection: ConnectionName }
  | {
      readonly type: 'served';
      readonly user: UserName | null; // as whom; null: without a sign-in
      readonly server: HostName;
      readonly connection: ConnectionName;
      readonly path: Path;
      readonly cause: Cause | null; // of the request; null: unknown
      readonly purpose: Purpose | null; // of a program's request; null: of another party's
    }
  /** A page accepts a request and calls the next host as this user. */
  | {
      readonly type: 'acting';
      readonly user: UserName | null; // null: anonymous
      readonly server: HostName;
      readonly connection: ConnectionName;
      readonly cause: Cause | null; // of the request; null: unknown
      readonly purpose: Purpose | null; // of a program's request; null: of another party's
    }
  /** One message of a handshake: NEGOTIATE, CHALLENGE or AUTHENTICATE. */
  | { readonly type: 'message'; readonly connection: ConnectionName }
  | { readonly type: 'closed'; readonly connection: ConnectionName }
  | { readonly type: 'prompted'; readonly user: UserName; readonly server: HostName }
  /** A user answers the prompt of a server. */
  | {
      readonly type: 'entered';
      readonly user: UserName;
      readonly server: HostName;
      readonly secret: Secret;
    }
  /** A user's browser follows a redirect to a server. */
  | { readonly type: 'followed'; readonly user: UserName; readonly server: HostName };

/**
 * The action by which a machine makes a signal of this type known. This is the one place that
 * spells XState's `emit`. The checker delivers a signal to the monitors; from a live actor,
 * `actor.on('commit', ...)` hears it.
 */
export const signals = <
  Type extends Signal['type'],
  Context extends MachineContext,
  Event extends EventObject,
>(
  _type: Type,
): ActionFunction<Context, Event, Event, SignalOf<Type>, never, never, never, never, Signal> =>
  emit((_, signal: SignalOf<Type>) => signal);

type SignalOf<Type extends Signal['type']> = Extract<Signal, { readonly type: Type }>;
