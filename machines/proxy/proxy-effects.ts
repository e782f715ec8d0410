/**
 * The kinds of path that a reverse proxy has, and the messages and signals of its connections.
 *
 * @source RFC 9110 7.6 (message forwarding), 3.7 (a gateway); RFC 4559 6
 */
import * as client from '../http/client-side.ts';
import { reply } from '../http/server-side.ts';
import type { DownstreamEvent, Port, Reply, Request } from '../vocabulary/messages.ts';
import { present } from '../vocabulary/reading.ts';
import type { Credential, HostName, UserName } from '../vocabulary/terms.ts';

/** How a path of a reverse proxy uses the connections to the host behind it. */
export type Upstream =
  | 'pinned' // one upstream connection for each client connection; the two close together
  | 'pooled' // any free upstream connection, chosen anew for each request
  | 'closing'; // as `pooled`, and closed after each reply

export type DownstreamInput = {
  readonly host: HostName; // the proxy
  readonly party: UserName | HostName; // the party at the client's end
  readonly upstream: Upstream; // of its path
};

type Downstream = {
  readonly context: DownstreamInput & {
    readonly request: Request | null;
    readonly via: Port | null;
  };
};
type Connection = {
  readonly context: { readonly owner: Port | null; readonly downstream: Port | null };
};
type Returned = { readonly event: Extract<DownstreamEvent, { type: 'downstream.returned' }> };

/** A message without the port through which it arrived. */
export function asSent<Message extends Request | Reply>(received: Message): Message {
  const { from: _, ...message } = received as Message & { readonly from?: Port };
  return message as unknown as Message; // only `from` was removed, and no Message has that field
}

// Parameters of messages and signals. Each is read after the updates that stand before it.

export const asked = ({ context }: Downstream) => ({
  type: 'asked' as const,
  connection: present(context, 'via'),
  user: context.party,
  purpose: null,
});

/** TLS ends at the proxy: it reads every password that passes. */
export const learned = ({
  context: { host },
  event: { credential },
}: Downstream & { readonly event: { readonly credential: Credential } }) => ({
  type: 'learned' as const,
  secret: credential.secret,
  by: host,
});

export const answered = ({ context }: Downstream) => ({
  type: 'answered' as const,
  connection: present(context, 'via'),
});

export const forward = ({ context }: Downstream) => ({
  to: present(context, 'via'),
  event: {
    type: 'upstream.forward' as const,
    message: present(context, 'request'),
    pin: context.upstream === 'pinned',
  },
});

export const release = ({ context }: Downstream) => ({
  to: present(context, 'via'),
  event: { type: 'upstream.release' as const },
});

export const passBack = ({ event: { message } }: Returned) => reply(message);

export const sendOn = ({ event: { message } }: { event: { message: Request } }) =>
  client.send(message);

export const giveBack = ({ context, event }: Connection & { event: Reply }) => ({
  to: present(context, 'downstream'),
  event: { type: 'downstream.returned' as const, message: asSent(event) },
});

export const reportToDownstream = ({ context }: Connection) => ({
  to: present(context, 'downstream'),
  event: { type: 'downstream.broken' as const },
});

export const reportToOwner = ({ context }: Connection) => ({
  to: present(context, 'owner'),
  event: { type: 'downstream.broken' as const },
});

export const close = { to: 'wire', event: { type: 'wire.close' } } as const;
