/**
 * The requests and replies of one connection, in their order: each reply after its request, at the
 * first frame that has some of it.
 *
 * @source RFC 9112 9.3 (persistent connections), 9.3.2 (pipelining), 9.5 (a server that closes an
 *   idle connection), 9.6 (either side may close its half); RFC 9110 7.8 (Upgrade), 9.3.6
 *   (CONNECT), 10.1.1 (Expect), 15.2 (1xx)
 */
import type { OmissionReason } from '../recording.ts';
import type { ByteStream } from './byte-stream.ts';
import {
  type BodyEnd,
  type Head,
  replyEnd,
  replyHead,
  requestEnd,
  requestHead,
  valuesOf,
} from './http-message.ts';

export type CapturedRequest = {
  readonly what: 'request';
  readonly frame: number;
  readonly method: string;
  readonly target: string;
  readonly head: Head;
};
export type CapturedReply = {
  readonly what: 'reply';
  readonly frame: number;
  readonly status: number;
  readonly head: Head;
};

/** From this frame on nothing of the connection is read. */
export type Cut = { readonly reason: OmissionReason; readonly frame: number };

/** Offsets in what either side sent. */
export type Offsets = { readonly client: number; readonly server: number };

export type Conversation = {
  readonly messages: readonly (CapturedRequest | CapturedReply)[];
  readonly cut: Cut | null;
  /** What CONNECT opened. Null: nothing. */
  readonly tunnel: (Offsets & { readonly target: string; readonly frame: number }) | null;
};

type Found = Pick<Conversation, 'messages' | 'cut' | 'tunnel'>;
type Sides = { readonly client: ByteStream; readonly server: ByteStream };

/** Reads from `start` on, up to the first bytes that the capture lacks. */
export function conversationOn(sides: Sides, start: Offsets, opened = 0): Conversation {
  const { messages, cut, tunnel } = found(sides, start, opened);
  const losses = [sides.client.lostAt, sides.server.lostAt].filter((frame) => frame !== null);
  const cuts: readonly Cut[] = [
    ...losses.map((frame): Cut => ({ reason: 'lost', frame })),
    ...(cut === null ? [] : [cut]),
  ];
  if (cuts.length === 0) return { messages, cut, tunnel };
  const first = cuts.reduce((least, one) => (one.frame < least.frame ? one : least));
  return { messages: messages.filter(({ frame }) => frame < first.frame), cut: first, tunnel };
}

function found({ client, server }: Sides, start: Offsets, opened: number): Found {
  const messages: (CapturedRequest | CapturedReply)[] = [];
  let { client: asking, server: answering } = start;
  let frame = opened; // of the last message
  const next = (own: number) => {
    frame = Math.max(frame, own);
    return frame;
  };
  const end = (
    reason: OmissionReason | null,
    at: number,
    tunnel: Found['tunnel'] = null,
  ): Found => ({
    messages,
    cut: reason === null ? null : { reason, frame: at },
    tunnel,
  });
  for (let repliedAt = -1; ; ) {
    const head = requestHead(client.bytes, asking);
    if (head === 'unreadable') return end('unreadable', client.frameAt(asking));
    if (head === 'incomplete') {
      const stray = replyAt(server, answering);
      if (stray === null) return end(null, frame);
      if (stray === 'unreadable') return end('unreadable', server.frameAt(answering));
      if (asking < client.bytes.length) return end('unreadable', client.frameAt(asking));
      if (stray.status === IDLE) return end('idle', stray.frame);
      messages.push({ ...stray, frame: next(stray.frame) });
      return end(null, frame);
    }
    const sentAt = client.frameAt(head.startsAt);
    if (repliedAt >= 0 && client.receivedAt(head.startsAt) <= repliedAt)
      return end('pipelined', sentAt);
    const [method = '', target = ''] = head.line.split(' ');
    messages.push({ what: 'request', frame: next(sentAt), method, target, head });

    const reply = replyAt(server, answering);
    if (reply === 'unreadable') return end('unreadable', server.frameAt(answering));
    const bodyEnds = askedUntil(client, head, reply);
    if (bodyEnds === 'unreadable') return end('unreadable', next(sentAt));
    if (reply === null) {
      const more = bodyEnds === 'closed' ? 'incomplete' : requestHead(client.bytes, bodyEnds);
      return typeof more === 'string'
        ? end(null, frame)
        : end('pipelined', client.frameAt(more.startsAt));
    }
    if (reply.status === SWITCHING) return end('upgraded', next(reply.frame));
    messages.push({ ...reply, frame: next(reply.frame) });
    const isTaken = reply.status >= 200 && reply.status < 300;
    if (method === 'CONNECT' && isTaken) {
      const [own, other] = [head.bodyAt, reply.head.bodyAt];
      return end(null, frame, { target, client: own, server: other, frame });
    }
    const isBodiless = method === 'HEAD' || [204, 304].includes(reply.status);
    const replyEnds = replyEnd(server.bytes, reply.head, isBodiless);
    if (replyEnds === 'unreadable') return end('unreadable', frame);
    repliedAt = reply.head.startsAt;
    answering = replyEnds === 'closed' ? server.bytes.length : replyEnds;
    asking = bodyEnds === 'closed' ? client.bytes.length : bodyEnds;
  }
}

const [SWITCHING, IDLE] = [101, 408] as const;

/** A final reply, or the last one of HTTP. Null: it is not there, or not all of its head. */
type FoundReply = (CapturedReply & { readonly isContinued: boolean }) | 'unreadable' | null;

function replyAt({ bytes, frameAt }: ByteStream, start: number): FoundReply {
  let isContinued = false; // by a 100
  for (let at = start; ; ) {
    const head = replyHead(bytes, at);
    if (typeof head === 'string') return head === 'unreadable' ? head : null;
    const status = Number(head.line.split(' ')[1]);
    if (status >= 200 || status === SWITCHING)
      return { what: 'reply', frame: frameAt(head.startsAt), status, head, isContinued };
    isContinued ||= status === 100;
    at = head.bodyAt;
  }
}

/** A client that was to wait for a 100 and got a final reply may leave its body out. */
function askedUntil({ bytes }: ByteStream, head: Head, reply: FoundReply): BodyEnd {
  const isRefused = typeof reply === 'object' && reply !== null && !reply.isContinued;
  const waits = valuesOf(head, 'expect').some((value) => /^100-continue$/i.test(value));
  const isLeftOut = waits && isRefused && typeof requestHead(bytes, head.bodyAt) === 'object';
  return isLeftOut ? head.bodyAt : requestEnd(bytes, head);
}
