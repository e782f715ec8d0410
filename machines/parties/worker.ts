/**
 * The page behind one inbound connection: the events it hears, its checks and its messages.
 *
 * @source KB Q263236 (Default.htm, Logon.asp, Logonfrm.asp, then a mailbox session); KB 329986
 */
import { type Ghost, type Haunted, originOf } from '../vocabulary/ghost.ts';
import type { OwnerEvent, PageEvent, Path, Port } from '../vocabulary/messages.ts';
import { same } from '../vocabulary/names.ts';
import type { ConnectionName, Credential, HostName } from '../vocabulary/terms.ts';

export type WorkerInput = { readonly server: HostName; readonly connection: ConnectionName };

/** Events of its server side and of its client connections, and its own call of the next host. */
export type WorkerEvent =
  | PageEvent
  | OwnerEvent
  | { readonly type: 'page.call'; readonly via: Port };

export type Requested = Extract<PageEvent, { type: 'page.requested' }>;

/** Default.htm and the logon form need no sign-in. */
export const isForEverybody = ({ path }: Requested): boolean => !same(path, 'mailbox');

export const isAnonymous = ({ identity }: Requested): boolean => identity === null;

export const ready = { to: 'server', event: { type: 'page.ready' } } as const;
export const forbidden = { to: 'server', event: { type: 'page.forbidden' } } as const;
export const unauthorized = { to: 'server', event: { type: 'page.unauthorized' } } as const;

export const served = (
  { server, connection }: WorkerInput,
  path: Path,
  identity: Credential | null,
  bearer: Haunted,
) => ({
  type: 'served' as const,
  user: identity?.user ?? null,
  server,
  connection,
  path,
  ...originOf(bearer),
});

export const acting = ({ server, connection }: WorkerInput, request: Requested) => ({
  type: 'acting' as const,
  user: request.identity?.user ?? null,
  server,
  connection,
  ...originOf(request),
});

export const fetchMailbox = (via: Port, credential: Credential | null, ghost: Ghost | null) => ({
  to: via,
  event: {
    type: 'client.fetch' as const,
    path: 'mailbox' as const,
    credential,
    purpose: null,
    ...(ghost === null ? {} : { ghost }),
  },
});
