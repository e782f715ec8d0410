/**
 * The messages between components, and the action that sends one.
 *
 * A machine names its own ports, never another component. An event that arrives carries `from`, the
 * receiver's own port for the sender; a sender leaves it out.
 */
import type { Haunted } from './ghost.ts';
import type { Purpose } from './purpose.ts';
import type { Challenge, Credential, HostName, Response, TargetInfo } from './terms.ts';

export type Port = string;

/** `default` and `logonForm` need no sign-in; `mailbox` is served to a user or refused. */
export type Path = 'default' | 'logonForm' | 'mailbox';

/** HTTP requests: bare, with a password (RFC 7617), with NTLM data (MS-NTHT 2.2.2). */
export type Request = Haunted & UnhauntedRequest;
type UnhauntedRequest =
  | { readonly type: 'http.request'; readonly path: Path }
  | { readonly type: 'http.request.basic'; readonly path: Path; readonly credential: Credential }
  | { readonly type: 'NEGOTIATE_MESSAGE'; readonly path: Path }
  | { readonly type: 'AUTHENTICATE_MESSAGE'; readonly path: Path; readonly response: Response };

/**
 * HTTP responses: any status but these; 302 to another host (RFC 9110 15.4); 403 (15.5.4); 401; 401
 * with a challenge (MS-NTHT 2.2.1 and 2.2.2).
 */
export type Reply =
  | { readonly type: 'http.ok' }
  | { readonly type: 'http.redirect'; readonly to: HostName }
  | { readonly type: 'http.forbidden' }
  | { readonly type: 'http.unauthorized' }
  | {
      readonly type: 'CHALLENGE_MESSAGE';
      readonly challenge: Challenge;
      readonly info: TargetInfo;
    };

export type ServerEvent =
  | Request
  | { readonly type: 'connection.opened' }
  | { readonly type: 'connection.closed' }
  | { readonly type: 'page.ready' }
  | { readonly type: 'page.moved'; readonly to: HostName }
  | { readonly type: 'page.forbidden' }
  | { readonly type: 'page.unauthorized' };

export type ClientEvent =
  | Reply
  | Stamped<
      Haunted & {
        readonly type: 'client.fetch';
        readonly path: Path;
        readonly credential: Credential | null; // null: the owner has nothing to present
        readonly purpose: Purpose | null; // null: its owner has only one
      }
    >
  | { readonly type: 'client.answers'; readonly via: Port } // spontaneous
  | Handover
  | { readonly type: 'connection.closed' };

/** A request of `owner` goes on over this connection, with the challenge of another one. */
export type Handover = Stamped<
  Haunted & {
    readonly type: 'client.takeOver';
    readonly owner: Port;
    readonly path: Path;
    readonly credential: Credential | null; // null: the owner has nothing to present
    readonly purpose: Purpose | null; // null: its owner has only one
    readonly challenge: Challenge;
    readonly info: TargetInfo;
  }
>;

/** The end of a fetch, as its owner hears it. `presented`: the fetch had a credential. */
export type OwnerEvent =
  | Stamped<{ readonly type: 'owner.fetched' }>
  | Stamped<{
      readonly type: 'owner.unauthorized';
      readonly path: Path;
      readonly presented: boolean;
    }>
  | Stamped<{ readonly type: 'owner.forbidden' }>
  | Stamped<{ readonly type: 'owner.redirected'; readonly path: Path; readonly to: HostName }>
  | Stamped<{ readonly type: 'owner.disconnected' }>;

/** A browser hands a redirect on to the same user's browser for another host. */
export type NavigationEvent = Stamped<{
  readonly type: 'browser.navigated';
  readonly path: Path;
  readonly carried: Credential | null; // null: no credential leaves its protection space
}>;

/** What an upstream connection of a proxy hears. */
export type UpstreamEvent =
  | Stamped<{
      readonly type: 'upstream.forward';
      readonly message: Request;
      readonly pin: boolean; // from now on the connection serves this downstream connection alone
    }>
  | Stamped<{ readonly type: 'upstream.release' }> // its owner is gone; no client may inherit it
  | Reply
  | { readonly type: 'connection.closed' };
/** What a downstream connection of a proxy hears. */
export type DownstreamEvent =
  | Request
  | { readonly type: 'connection.opened' | 'connection.closed' }
  | { readonly type: 'proxy.forward'; readonly via: Port } // spontaneous
  | Stamped<{ readonly type: 'downstream.returned'; readonly message: Reply }>
  | Stamped<{ readonly type: 'downstream.broken' }>; // the upstream connection has closed

/** `identity`: the user to impersonate, with what the sign-in left. Null: anonymous. */
export type PageEvent =
  | (Haunted & {
      readonly type: 'page.requested';
      readonly path: Path;
      readonly identity: Credential | null;
    })
  | { readonly type: 'page.abandoned' };

export type WireEvent =
  | { readonly type: 'wire.open' }
  | Stamped<{ readonly type: 'wire.send'; readonly message: Request | Reply }>
  | { readonly type: 'wire.deliver' }
  | { readonly type: 'wire.close' };

type Stamped<E> = E & { readonly from: Port };
type Unstamped<E> = E extends { readonly from: Port } ? Omit<E, 'from'> : E;

/** An action that sends a message through the port `to`. The runner of the machine delivers it. */
export const sends =
  <Event>() =>
  (_: unknown, _message: { readonly to: Port; readonly event: Unstamped<Event> }): void => {};
