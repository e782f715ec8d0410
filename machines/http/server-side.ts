/**
 * The part of a server connection that all mechanisms share: its messages to the client and the
 * page.
 *
 * @source RFC 9110 11.6; RFC 9112 9
 */
import { causedBy, type Haunted } from '../vocabulary/ghost.ts';
import type { Path, Reply } from '../vocabulary/messages.ts';
import type { ConnectionName, Credential, HostName } from '../vocabulary/terms.ts';

export type ServerInput = { readonly server: HostName; readonly connection: ConnectionName };

type Here = { readonly context: ServerInput };

// Parameters of messages and signals. Each is read after the updates that stand before it.

export const reply = (message: Reply) => ({
  to: 'wire',
  event: { type: 'wire.send' as const, message },
});

export const ok = reply({ type: 'http.ok' });
export const forbidden = reply({ type: 'http.forbidden' });
export const unauthorized = reply({ type: 'http.unauthorized' });
export const redirect = ({ event: { to } }: { readonly event: { readonly to: HostName } }) =>
  reply({ type: 'http.redirect', to });

export const askPage = (
  { path, ...bearer }: Haunted & { readonly path: Path },
  identity: Credential | null,
) => ({
  to: 'page',
  event: { type: 'page.requested' as const, path, identity, ...causedBy(bearer) },
});

export const abandonPage = { to: 'page', event: { type: 'page.abandoned' } } as const;

export const closed = ({ context: { connection } }: Here) => ({
  type: 'closed' as const,
  connection,
});
