/**
 * What the client sides of all mechanisms share: the exchange they run, and what they tell whom.
 *
 * @source RFC 9110 11.6 (challenge and response over HTTP); RFC 9112 9 (connections)
 */
import type { ClientEvent, Path, Port, Reply, Request } from '../vocabulary/messages.ts';
import type { Purpose } from '../vocabulary/purpose.ts';
import type { ConnectionName, Credential, HostName, UserName } from '../vocabulary/terms.ts';

export type ClientInput = {
  readonly host: UserName | HostName; // where this end is
  readonly server: HostName; // whom it means to reach
  readonly connection: ConnectionName;
};

export type Fetch = Extract<ClientEvent, { type: 'client.fetch' }>;

/** One request, on behalf of whoever asked for it. */
export type Exchange = {
  readonly owner: Port;
  readonly path: Path;
  readonly credential: Credential | null; // null: the owner has nothing to present
  readonly purpose: Purpose | null; // null: there is but one
};

type Busy = { readonly context: ClientInput & { readonly exchange: Exchange | null } };

export const exchangeOf = ({ from, path, credential, purpose }: Fetch): Exchange => ({
  owner: from,
  path,
  credential,
  purpose,
});

/** What it is for. Who does not say has no choice but in whose name it is. */
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

// Parameters of effects. Each is read after the updates that stand before it.

export const open = { to: 'wire', event: { type: 'wire.open' } } as const;

export const send = (message: Request | Reply) => ({
  to: 'wire',
  event: { type: 'wire.send' as const, message },
});

export const request = ({ context: { exchange } }: Busy) =>
  send({ type: 'http.request', path: exchange!.path });

export const asked = ({ context: { connection, exchange } }: Busy) => ({
  type: 'asked' as const,
  connection,
  user: exchange!.credential?.user ?? null,
  purpose: exchange!.purpose,
});

export const answered = ({ context: { connection } }: Busy) => ({
  type: 'answered' as const,
  connection,
});

export const refused = ({ context: { connection } }: Busy) => ({
  type: 'refused' as const,
  connection,
});

export const fetched = ({ context: { exchange } }: Busy) => ({
  to: exchange!.owner,
  event: { type: 'owner.fetched' as const },
});

export const redirected = ({
  context: { exchange },
  event: { to },
}: Busy & { readonly event: { readonly to: HostName } }) => ({
  to: exchange!.owner,
  event: { type: 'owner.redirected' as const, path: exchange!.path, to },
});

export const unauthorized = ({ context: { exchange } }: Busy) => ({
  to: exchange!.owner,
  event: {
    type: 'owner.unauthorized' as const,
    path: exchange!.path,
    presented: exchange!.credential !== null,
  },
});

export const disconnected = ({ context: { exchange } }: Busy) => ({
  to: exchange!.owner,
  event: { type: 'owner.disconnected' as const },
});
