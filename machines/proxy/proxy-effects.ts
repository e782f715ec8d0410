/**
 * What a reverse proxy does with the connections behind it, and what its downstreams and its upstream
 * connections say: to each other, to their wires, and in claims.
 *
 * @source RFC 9110 7.6 (message forwarding), 3.7 (a gateway); RFC 4559 6
 */
import * as client from '../http/client-side.ts';
import { reply } from '../http/server-side.ts';
import type { DownstreamEvent, Port, Reply, Request } from '../vocabulary/messages.ts';
import type { HostName, UserName } from '../vocabulary/terms.ts';

/** What a reverse proxy does with its connections to the host behind it. */
export type Upstream =
  | 'pinned' // one for each client connection, and closed with it
  | 'pooled' // whichever is free, for each request anew
  | 'closing'; // as `pooled`, and closed after each reply

export type DownstreamInput = {
  readonly party: UserName | HostName; // at the client's end
  readonly upstream: Upstream; // what its path does
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

/** A message as it was sent: without the port it came by. */
export function asSent<Message extends Request | Reply>(received: Message): Message {
  const { from: _, ...message } = received as Message & { readonly from?: Port };
  return message as unknown as Message; // `from` is all that was taken away, and no message has it
}

// Parameters of effects. Each is read after the updates that stand before it.

export const asked = ({ context: { via, party } }: Downstream) => ({
  type: 'asked' as const,
  connection: via!,
  user: party,
  purpose: null,
});

export const answered = ({ context: { via } }: Downstream) => ({
  type: 'answered' as const,
  connection: via!,
});

export const forward = ({ context: { via, request, upstream } }: Downstream) => ({
  to: via!,
  event: { type: 'upstream.forward' as const, message: request!, pin: upstream === 'pinned' },
});

export const release = ({ context: { via } }: Downstream) => ({
  to: via!,
  event: { type: 'upstream.release' as const },
});

export const passBack = ({ event: { message } }: Returned) => reply(message);

export const sendOn = ({ event: { message } }: { event: { message: Request } }) =>
  client.send(message);

export const giveBack = ({ context: { downstream }, event }: Connection & { event: Reply }) => ({
  to: downstream!,
  event: { type: 'downstream.returned' as const, message: asSent(event) },
});

export const reportToDownstream = ({ context: { downstream } }: Connection) => ({
  to: downstream!,
  event: { type: 'downstream.broken' as const },
});

export const reportToOwner = ({ context: { owner } }: Connection) => ({
  to: owner!,
  event: { type: 'downstream.broken' as const },
});

export const close = { to: 'wire', event: { type: 'wire.close' } } as const;
