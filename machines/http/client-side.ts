/**
 * The part of a client connection that all mechanisms share: the HTTP exchange under way, and the
 * messages and signals about it.
 *
 * @source RFC 9110 11.6 (challenge and response over HTTP); RFC 9112 9 (connections)
 */
import { causedBy, type Haunted } from '../vocabulary/ghost.ts';
import type { ClientEvent, Path, Port, Reply, Request } from '../vocabulary/messages.ts';
import type { Purpose } from '../vocabulary/purpose.ts';
import { present } from '../vocabulary/reading.ts';
import type { ConnectionName, Credential, HostName, UserName } from '../vocabulary/terms.ts';

export type ClientInput = {
  readonly host: UserName | HostName; // the party at this end
  readonly server: HostName; // that signs the client in: behind a proxy, the one behind it
  readonly connection: ConnectionName;
  readonly keepAlive: boolean; // false: it closes its connection after each reply
};

export type Fetch = Extract<ClientEvent, { type: 'client.fetch' }>;

/** One request and its reply, on behalf of the owner that asked for it. */
export type Exchange = Haunted & {
  readonly owner: Port;
  readonly path: Path;
  readonly credential: Credential | null; // null: the owner has nothing to present
  readonly purpose: Purpose | null; // null: there is but one
};

type Busy = { readonly context: ClientInput & { readonly exchange: Exchange | null } };
type Redirected = Busy & { readonly event: { readonly to: HostName } };

export const exchangeFor = ({
  from,
  path,
  credential,
  purpose,
  ...bearer
}: Omit<Fetch, 'type'>): Exchange => ({
  owner: from,
  path,
  credential,
  purpose,
  ...causedBy(bearer),
});

/** The exchange under way. @throws TypeError in a state without one */
export const exchangeOf = ({ context }: Busy): Exchange => present(context, 'exchange');

/** The purpose of a request. An owner that names none can only differ in the user. */
export const purposeOf = (
  { host, server }: ClientInput,
  { credential, purpose }: Pick<Fetch, 'credential' | 'purpose'>,
): Purpose =>
  purpose ?? {
    credentials: credential?.user ?? null,
    ambientIdentity: host,
    origin: server,
    proxyCredentials: null,
    delegation: 'none',
  };

// Parameters of messages and signals. Each is read after the updates that stand before it.

export const open = { to: 'wire', event: { type: 'wire.open' } } as const;

export const hangUp = { to: 'wire', event: { type: 'wire.close' } } as const;

/** True of a client that keeps no connection for its next request. */
export const isDone = ({ context }: { readonly context: ClientInput }): boolean =>
  !context.keepAlive;

export const send = (message: Request | Reply) => ({
  to: 'wire',
  event: { type: 'wire.send' as const, message },
});

export const request = (now: Busy) =>
  send({ type: 'http.request', path: exchangeOf(now).path, ...causedBy(exchangeOf(now)) });

export const asked = (now: Busy) => ({
  type: 'asked' as const,
  connection: now.context.connection,
  user: exchangeOf(now).credential?.user ?? null,
  purpose: exchangeOf(now).purpose,
});

export const answered = ({ context: { connection } }: Busy) => ({
  type: 'answered' as const,
  connection,
});

export const refused = ({ context: { connection } }: Busy) => ({
  type: 'refused' as const,
  connection,
});

export const fetched = (now: Busy) => ({
  to: exchangeOf(now).owner,
  event: { type: 'owner.fetched' as const },
});

export const forbidden = (now: Busy) => ({
  to: exchangeOf(now).owner,
  event: { type: 'owner.forbidden' as const },
});

export const redirected = (now: Redirected) => ({
  to: exchangeOf(now).owner,
  event: {
    type: 'owner.redirected' as const,
    path: exchangeOf(now).path,
    to: now.event.to,
  },
});

export const unauthorized = (now: Busy) => ({
  to: exchangeOf(now).owner,
  event: {
    type: 'owner.unauthorized' as const,
    path: exchangeOf(now).path,
    presented: exchangeOf(now).credential !== null,
  },
});

export const disconnected = (now: Busy) => ({
  to: exchangeOf(now).owner,
  event: { type: 'owner.disconnected' as const },
});
