/**
 * What components say to each other, and the two kinds of effect by which they say it.
 *
 * A machine names its own ports, never another component. What arrives carries `from`, the
 * receiver's own port for the sender; a sender leaves it out.
 */
import type {
  Challenge,
  ConnectionName,
  Credential,
  HostName,
  Response,
  Secret,
  UserName,
} from './terms.ts';

export type Port = string;

/** `default` and `logonForm` are for everybody; `mailbox` is served to a user or refused. */
export type Path = 'default' | 'logonForm' | 'mailbox';

/** HTTP requests: bare, with a password (RFC 7617), with NTLM data (MS-NTHT 2.2.2). */
export type Request =
  | { readonly type: 'http.request'; readonly path: Path }
  | { readonly type: 'http.request.basic'; readonly path: Path; readonly credential: Credential }
  | { readonly type: 'NEGOTIATE_MESSAGE'; readonly path: Path }
  | { readonly type: 'AUTHENTICATE_MESSAGE'; readonly path: Path; readonly response: Response };

/** HTTP responses: any status but 401; 401; 401 with a challenge (MS-NTHT 2.2.1 and 2.2.2). */
export type Reply =
  | { readonly type: 'http.ok' }
  | { readonly type: 'http.unauthorized' }
  | { readonly type: 'CHALLENGE_MESSAGE'; readonly challenge: Challenge };

export type ServerEvent =
  | Request
  | { readonly type: 'connection.opened' }
  | { readonly type: 'connection.closed' }
  | { readonly type: 'page.ready' }
  | { readonly type: 'page.unauthorized' };

export type ClientEvent =
  | Reply
  | Stamped<{
      readonly type: 'fetch';
      readonly path: Path;
      readonly credential: Credential | null; // null: the owner has nothing to present
    }>
  | { readonly type: 'connection.closed' };

/** What whoever asked for a fetch hears. `presented` tells whether a credential was on offer. */
export type OwnerEvent =
  | Stamped<{ readonly type: 'fetched' }>
  | Stamped<{ readonly type: 'unauthorized'; readonly path: Path; readonly presented: boolean }>
  | Stamped<{ readonly type: 'disconnected' }>;

/** `identity` is whom the worker impersonates, with what the sign-in left it. Null: anonymous. */
export type PageEvent =
  | { readonly type: 'page.requested'; readonly path: Path; readonly identity: Credential | null }
  | { readonly type: 'page.abandoned' };

export type WireEvent =
  | { readonly type: 'wire.open' }
  | Stamped<{ readonly type: 'wire.send'; readonly message: Request | Reply }>
  | { readonly type: 'wire.deliver' }
  | { readonly type: 'wire.close' };

/** What a monitor can hear. Facts about single instants, which no state need remember. */
export type Claim =
  /** A client side proves `user` (null: nobody) to the `server` that it means to reach. */
  | {
      readonly type: 'running';
      readonly user: UserName | null;
      readonly secret: Secret | null; // what it proves with
      readonly server: HostName;
      readonly by: UserName | HostName;
      readonly connection: ConnectionName; // whose challenge it answers; with Basic, its own
    }
  | {
      readonly type: 'issued';
      readonly connection: ConnectionName;
      readonly challenge: Challenge;
    }
  /** A server accepts: it takes whoever is on `connection` for `user`. */
  | {
      readonly type: 'commit';
      readonly user: UserName | null;
      readonly server: HostName;
      readonly connection: ConnectionName;
      readonly challenge: Challenge | null; // null: Basic
    }
  | { readonly type: 'rejected'; readonly connection: ConnectionName; readonly response: Response }
  /** A server gets to see `secret`. Null: the sign-in left it none. */
  | { readonly type: 'learned'; readonly secret: Secret | null; readonly by: HostName }
  | { readonly type: 'asked'; readonly user: UserName | null; readonly connection: ConnectionName }
  | { readonly type: 'answered'; readonly connection: ConnectionName }
  | {
      readonly type: 'served';
      readonly user: UserName | null; // null: as anybody
      readonly server: HostName;
      readonly connection: ConnectionName;
      readonly path: Path;
    }
  /** One message of a handshake: NEGOTIATE, CHALLENGE or AUTHENTICATE. */
  | { readonly type: 'leg'; readonly connection: ConnectionName }
  | { readonly type: 'closed'; readonly connection: ConnectionName }
  | { readonly type: 'prompted'; readonly user: UserName; readonly server: HostName };

type Stamped<E> = E & { readonly from: Port };
type Unstamped<E> = E extends { readonly from: Port } ? Omit<E, 'from'> : E;

/** An effect: a message to whoever is behind port `to`. Whoever runs the machine performs it. */
export const tells =
  <Event>() =>
  (_: unknown, _message: { readonly to: Port; readonly event: Unstamped<Event> }): void => {};

/** An effect that only monitors hear. */
export const claims =
  <Type extends Claim['type']>() =>
  (_: unknown, _claim: { readonly claim: Extract<Claim, { type: Type }> }): void => {};
