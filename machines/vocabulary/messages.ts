/**
 * What components say to each other, and the effect by which they say it.
 *
 * A machine names its own ports, never another component. What arrives carries `from`, the
 * receiver's own port for the sender; a sender leaves it out.
 */
import type { Purpose } from './purpose.ts';
import type { Challenge, Credential, HostName, Response, TargetInfo } from './terms.ts';

export type Port = string;

/** `default` and `logonForm` are for everybody; `mailbox` is served to a user or refused. */
export type Path = 'default' | 'logonForm' | 'mailbox';

/** HTTP requests: bare, with a password (RFC 7617), with NTLM data (MS-NTHT 2.2.2). */
export type Request =
  | { readonly type: 'http.request'; readonly path: Path }
  | { readonly type: 'http.request.basic'; readonly path: Path; readonly credential: Credential }
  | { readonly type: 'NEGOTIATE_MESSAGE'; readonly path: Path }
  | { readonly type: 'AUTHENTICATE_MESSAGE'; readonly path: Path; readonly response: Response };

/**
 * HTTP responses: any status but these; 302 to another host (RFC 9110 15.4); 401; 401 with a
 * challenge (MS-NTHT 2.2.1 and 2.2.2).
 */
export type Reply =
  | { readonly type: 'http.ok' }
  | { readonly type: 'http.redirect'; readonly to: HostName }
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
  | { readonly type: 'page.unauthorized' };

export type ClientEvent =
  | Reply
  | Stamped<{
      readonly type: 'client.fetch';
      readonly path: Path;
      readonly credential: Credential | null; // null: the owner has nothing to present
      readonly purpose: Purpose | null; // null: there is but one that its owner could have
    }>
  | { readonly type: 'connection.closed' };

/** What whoever asked for a fetch hears. `presented` tells whether a credential was on offer. */
export type OwnerEvent =
  | Stamped<{ readonly type: 'owner.fetched' }>
  | Stamped<{
      readonly type: 'owner.unauthorized';
      readonly path: Path;
      readonly presented: boolean;
    }>
  | Stamped<{ readonly type: 'owner.redirected'; readonly path: Path; readonly to: HostName }>
  | Stamped<{ readonly type: 'owner.disconnected' }>;

/** What a browser says to the same user's for another host: go on there, perhaps with this. */
export type NavigationEvent = Stamped<{
  readonly type: 'browser.navigated';
  readonly path: Path;
  readonly carried: Credential | null; // null: nothing goes beyond its protection space
}>;

/** What a path of a proxy says to its connections to the host behind, */
export type UpstreamEvent =
  | Stamped<{
      readonly type: 'upstream.forward';
      readonly message: Request;
      readonly pin: boolean; // from now on the connection is for this downstream alone
    }>
  | Stamped<{ readonly type: 'upstream.release' }> // nobody may have it after this
  | Reply
  | { readonly type: 'connection.closed' };
/** and what it hears from them. */
export type DownstreamEvent =
  | Request
  | { readonly type: 'connection.opened' | 'connection.closed' }
  | { readonly type: 'proxy.forward'; readonly via: Port } // of its own accord
  | Stamped<{ readonly type: 'downstream.returned'; readonly message: Reply }>
  | Stamped<{ readonly type: 'downstream.broken' }>; // the connection behind has closed

/** `identity` is whom the worker impersonates, with what the sign-in left it. Null: anonymous. */
export type PageEvent =
  | { readonly type: 'page.requested'; readonly path: Path; readonly identity: Credential | null }
  | { readonly type: 'page.abandoned' };

export type WireEvent =
  | { readonly type: 'wire.open' }
  | Stamped<{ readonly type: 'wire.send'; readonly message: Request | Reply }>
  | { readonly type: 'wire.deliver' }
  | { readonly type: 'wire.close' };

type Stamped<E> = E & { readonly from: Port };
type Unstamped<E> = E extends { readonly from: Port } ? Omit<E, 'from'> : E;

/** An effect: a message to whoever is behind port `to`. Whoever runs the machine performs it. */
export const sends =
  <Event>() =>
  (_: unknown, _message: { readonly to: Port; readonly event: Unstamped<Event> }): void => {};
