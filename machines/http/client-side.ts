/**
 * What the client sides of all mechanisms share: the errand they run, and what they tell whom.
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

export type Fetch = Extract<ClientEvent, { type: 'fetch' }>;

/** One request, on behalf of whoever asked for it. */
export type Errand = {
  readonly owner: Port;
  readonly path: Path;
  readonly credential: Credential | null; // null: the owner has nothing to present
  readonly purpose: Purpose | null; // null: there is but one
};

type Busy = { readonly context: ClientInput & { readonly errand: Errand | null } };

export const errandOf = ({ from, path, credential, purpose }: Fetch): Errand => ({
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

export const request = ({ context: { errand } }: Busy) =>
  send({ type: 'http.request', path: errand!.path });

export const asked = ({ context: { connection, errand } }: Busy) => ({
  claim: {
    type: 'asked' as const,
    connection,
    user: errand!.credential?.user ?? null,
    purpose: errand!.purpose,
  },
});

export const answered = ({ context: { connection } }: Busy) => ({
  claim: { type: 'answered' as const, connection },
});

export const refused = ({ context: { connection } }: Busy) => ({
  claim: { type: 'refused' as const, connection },
});

export const fetched = ({ context: { errand } }: Busy) => ({
  to: errand!.owner,
  event: { type: 'fetched' as const },
});

export const redirected = ({
  context: { errand },
  event: { to },
}: Busy & { readonly event: { readonly to: HostName } }) => ({
  to: errand!.owner,
  event: { type: 'redirected' as const, path: errand!.path, to },
});

export const unauthorized = ({ context: { errand } }: Busy) => ({
  to: errand!.owner,
  event: {
    type: 'unauthorized' as const,
    path: errand!.path,
    presented: errand!.credential !== null,
  },
});

export const disconnected = ({ context: { errand } }: Busy) => ({
  to: errand!.owner,
  event: { type: 'disconnected' as const },
});
