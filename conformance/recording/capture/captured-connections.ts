/**
 * A conversation as a connection with its observations, and the one in its tunnel.
 *
 * @source RFC 9112 3.2.2, 3.2.3 (what a proxy is asked for); RFC 9110 9.3.6 (a tunnel is a
 *   connection to its server), 11.6, 11.7; RFC 8446 5.1 (records of TLS)
 */
import type { ReadOptions } from '../har.ts';
import type { Connection, Observation, Omission, OmissionReason } from '../recording.ts';
import type { ByteStream } from './byte-stream.ts';
import {
  type CapturedReply,
  type CapturedRequest,
  type Conversation,
  conversationOn,
} from './conversation.ts';
import { requestHead, valuesOf } from './http-message.ts';

export type PlacedObservation = { readonly frame: number; readonly observation: Observation };

export type CapturedConnection = {
  readonly connection: Connection;
  readonly frame: number; // the first
  readonly placed: readonly PlacedObservation[];
  readonly omissions: readonly Omission[];
};

export const isTls = (bytes: Uint8Array): boolean => bytes[0] === 0x16 && bytes[1] === 0x03;

type Sides = { readonly client: ByteStream; readonly server: ByteStream };

/**
 * @param end - the first frame that closes it. Null: it is not closed.
 * @param opened - without what the messages show.
 */
export function connectionsRead(
  sides: Sides,
  end: number | null,
  opened: Omit<Connection, 'isProxy'>,
  options: ReadOptions,
): readonly CapturedConnection[] {
  const conversation = conversationOn(sides, { client: 0, server: 0 });
  const connection = connectionOf(conversation, opened);
  const { id } = connection;
  const own = read(connection, conversation, end, options);
  if (own === null) return [];
  const { tunnel } = conversation;
  if (tunnel === null) return [own];
  const inside = tunnelled(sides, tunnel, end, connection, options);
  return typeof inside === 'string'
    ? [{ ...own, omissions: [...own.omissions, { connection: id, reason: inside, frame: null }] }]
    : [own, ...inside];
}

const PORT = /^[^\s/?#@\\]+:\d+$/;

function tunnelled(
  sides: Sides,
  { target, client, server, frame }: NonNullable<Conversation['tunnel']>,
  end: number | null,
  outer: Connection,
  options: ReadOptions,
): readonly CapturedConnection[] | OmissionReason {
  const bytes = sides.client.bytes.subarray(client);
  if (bytes.length === 0) return [];
  if (isTls(bytes)) return 'tunnelEncrypted';
  const head = requestHead(sides.client.bytes, client);
  if (head === 'unreadable' || !PORT.test(target) || !URL.canParse(`http://${target}`))
    return 'tunnelUnreadable';
  const inside = conversationOn(sides, { client, server }, frame);
  const connection = connectionOf(inside, {
    id: `${outer.id}, tunnel`,
    client: outer.client,
    server: new URL(`http://${target}`).origin,
  });
  const own = read(connection, inside, end, options);
  if (own === null) return [];
  const more: readonly Omission[] =
    inside.tunnel === null
      ? []
      : [{ connection: connection.id, reason: 'tunnelUnreadable', frame: null }];
  return [{ ...own, omissions: [...own.omissions, ...more] }];
}

type Message = CapturedRequest | CapturedReply;
const isWholeUrl = (target: string) => /^[a-z][a-z0-9+.-]*:\/\//i.test(target);

function connectionOf({ messages }: Conversation, opened: Omit<Connection, 'isProxy'>): Connection {
  const isToProxy = (message: Message) =>
    message.what === 'reply'
      ? message.status === 407
      : message.method === 'CONNECT' ||
        isWholeUrl(message.target) ||
        valuesOf(message.head, 'proxy-authorization').length > 0;
  return { ...opened, isProxy: messages.some(isToProxy) };
}

/** Null: no message of it is there. */
function read(
  connection: Connection,
  { messages, cut }: Conversation,
  end: number | null,
  options: ReadOptions,
): CapturedConnection | null {
  const [first] = messages;
  const { id, isProxy } = connection;
  if (first === undefined && cut === null) return null;
  const happens = (what: 'opened' | 'closed', frame: number): PlacedObservation => ({
    frame,
    observation: { what, connection: id },
  });
  const last = messages.at(-1)?.frame ?? 0;
  const placed = messages.map((message): PlacedObservation => {
    const observation =
      message.what === 'request'
        ? requestSeen(message, connection)
        : replySeen(message, connection, options);
    return { frame: message.frame, observation };
  });
  const omissions: readonly Omission[] = [
    ...(cut === null ? [] : [{ connection: id, reason: cut.reason, frame: cut.frame }]),
    ...(isProxy && messages.some(isBeyondProxy)
      ? [{ connection: id, reason: 'beyondProxy', frame: null } as const]
      : []),
  ];
  return {
    connection,
    frame: first?.frame ?? cut!.frame,
    placed: [
      ...(first === undefined ? [] : [happens('opened', first.frame)]),
      ...placed,
      ...(end === null || cut !== null || first === undefined
        ? []
        : [happens('closed', Math.max(end, last))]),
    ],
    omissions,
  };
}

/** A sign-in of a client at a server behind the proxy. */
const isBeyondProxy = (message: Message): boolean =>
  message.what === 'request'
    ? valuesOf(message.head, 'authorization').length > 0
    : message.status === 401 && valuesOf(message.head, 'www-authenticate').length > 0;

function requestSeen({ method, target, head }: CapturedRequest, connection: Connection) {
  const field = connection.isProxy ? 'proxy-authorization' : 'authorization';
  const [authorization = null] = valuesOf(head, field);
  return {
    what: 'request',
    connection: connection.id,
    method,
    target,
    authorization,
    user: null,
  } as const;
}

function replySeen(
  { status, head }: CapturedReply,
  connection: Connection,
  { identityHeader }: ReadOptions,
) {
  const [location = null] = valuesOf(head, 'location');
  const [identity = null] =
    identityHeader === undefined ? [] : valuesOf(head, identityHeader.toLowerCase());
  return {
    what: 'reply',
    connection: connection.id,
    status,
    authenticate: valuesOf(head, connection.isProxy ? 'proxy-authenticate' : 'www-authenticate'),
    location,
    identity,
  } as const;
}
