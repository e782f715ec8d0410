/** The adversary's updates, messages and signals. */

import { isStatic } from '../ntlm/acceptor.ts';
import type { Port, Request } from '../vocabulary/messages.ts';
import { including, type Message, secretIn, without } from './knowledge.ts';
import { type Context, type Scheme, type Sending, sending } from './schemes.ts';

type Now = { readonly context: Context; readonly event: Scheme };

type Books = Pick<Context, 'inHand' | 'open' | 'calling'>;

const dropped = (inHand: Context['inHand'], ...ports: readonly Port[]) =>
  Object.fromEntries(Object.entries(inHand).filter(([port]) => !ports.includes(port)));

/** After a call its message is used up, and the last reply on that connection is forgotten. */
export function afterCall({ inHand, open, calling }: Context, { on, from }: Sending): Books {
  const rest = dropped(inHand, on);
  const held = from === null ? undefined : rest[from];
  return {
    inHand: held === undefined ? rest : { ...rest, [from!]: { ...held, isPassed: true } },
    open: including(open, on),
    calling: including(calling, on),
  };
}

export const afterReply = ({ inHand }: Context, { on, from }: Sending): Pick<Books, 'inHand'> => ({
  inHand: dropped(inHand, on, ...(from === null ? [] : [from])),
});

export const afterClosing = ({ inHand, open, calling }: Context, port: Port): Books => ({
  inHand: dropped(inHand, port),
  open: without(open, port),
  calling: without(calling, port),
});

// Parameters of messages and signals.

export const connect = (now: Now) => ({
  to: sending(now).on,
  event: { type: 'wire.open' as const },
});

export const send = (now: Now) => ({
  to: sending(now).on,
  event: { type: 'wire.send' as const, message: sending(now).message! },
});

export const asked = (now: Now) => ({
  type: 'asked' as const,
  connection: sending(now).on,
  user: now.context.account,
  purpose: null,
});

/** The adversary proves a user itself, with a secret that it has. */
export const running = (now: Now) => {
  const { context } = now;
  const { on, message } = sending(now);
  const proof = message as Extract<
    Request,
    { type: 'AUTHENTICATE_MESSAGE' | 'http.request.basic' }
  >;
  const isNtlm = proof.type === 'AUTHENTICATE_MESSAGE';
  const held = context.inHand[on]?.message;
  const challenge = isNtlm ? proof.response.challenge : null;
  return {
    type: 'running' as const,
    user: isNtlm ? proof.response.user : proof.credential.user,
    secret: isNtlm ? proof.response.key : proof.credential.secret,
    server: context.outbound[on]!.server,
    by: context.account ?? context.name,
    connection: challenge === null || isStatic(challenge) ? on : challenge.connection,
    run: on,
    response: isNtlm ? proof.response : null,
    info: isNtlm && held?.type === 'CHALLENGE_MESSAGE' ? held.info : null,
  };
};

type Hearing = {
  readonly context: Context;
  readonly event:
    | (Message & { readonly from: Port })
    | { readonly type: 'wire.overheard'; readonly message: Message; readonly from: Port };
};

/** The message that it received or overheard. */
export function heard({ event }: Hearing): Message {
  if (event.type === 'wire.overheard') return event.message;
  const { from: _, ...message } = event;
  return message as Message; // `from` was the only extra field
}

export type Delivered = { readonly from: Port; readonly message: Message };

export const received = (now: Hearing): Delivered => ({
  from: now.event.from,
  message: heard(now),
});

export const answered = ({ event: { from } }: Hearing) => ({
  type: 'answered' as const,
  connection: from,
});

export const learned = (now: Hearing) => ({
  type: 'learned' as const,
  secret: { passwordOf: secretIn(heard(now), now.context.guessable) },
  by: now.context.name,
});
