/** The adversary's connections, its spontaneous actions, and when each is possible. */

import { STATIC_CHALLENGE } from '../ntlm/acceptor.ts';
import { INITIATOR } from '../ntlm/initiator.ts';
import { MECHANISMS } from '../system/mechanisms.ts';
import type { Mechanism } from '../system/topology.ts';
import type { Cause, Ghost, Haunted } from '../vocabulary/ghost.ts';
import type { Path, Port, Reply, Request } from '../vocabulary/messages.ts';
import type { CertificateName, HostName, UserName } from '../vocabulary/terms.ts';
import { type Injected, injected, type Stripped, stripped } from './changes.ts';
import type { Knowledge, Message } from './knowledge.ts';

type Far = {
  readonly server: HostName;
  readonly target: HostName; // a name that the server takes for its own
  readonly accepts: Mechanism;
  readonly certificate: CertificateName | null;
};
export type AdversaryInput = {
  readonly name: string;
  readonly account: UserName | null; // the user it is; null: none
  readonly inbound: readonly Port[]; // where it is the server end
  readonly outbound: Readonly<Record<Port, Far>>; // where it is the client end
  readonly guessable: readonly UserName[]; // users with a password that a response lets it guess
  readonly remembers: number; // how many responses it keeps, to send them again; 0: none
  readonly secrets: readonly UserName[]; // users whose password it has from the start
};

type Over = { readonly from: Port; readonly to: Port };
/** A spontaneous action of the adversary. */
export type Scheme =
  | ({ readonly type: 'adversary.relay' | 'adversary.reflect' } & Over)
  | ({ readonly type: 'adversary.strip'; readonly part: Stripped } & Over)
  | ({ readonly type: 'adversary.inject'; readonly part: Injected } & Over)
  | { readonly type: 'adversary.unauthorized'; readonly on: Port }
  | {
      readonly type: 'adversary.challenge';
      readonly on: Port;
      readonly computer: HostName | null; // that it names; null: none
    }
  | { readonly type: 'adversary.redirect'; readonly on: Port; readonly to: HostName }
  | {
      readonly type: 'adversary.ask' | 'adversary.negotiate';
      readonly on: Port;
      readonly path: Path;
    }
  | { readonly type: 'adversary.answer'; readonly on: Port; readonly as: UserName }
  | { readonly type: 'adversary.replay'; readonly on: Port; readonly nth: number };

export type Held = { readonly message: Message; readonly isPassed: boolean };
export type Context = AdversaryInput &
  Knowledge & {
    readonly inHand: Readonly<Record<Port, Held>>; // the last usable one on each connection
    readonly open: readonly Port[]; // its own connections that are up; ascending
    readonly calling: readonly Port[]; // its own connections that await a reply; ascending
  };
type Now = { readonly context: Context; readonly event: Scheme };

/** A message to send. `message` null: the adversary cannot build one. */
export type Sending = {
  readonly on: Port;
  readonly message: Message | null;
  readonly from: Port | null; // the connection it arrived on; null: the adversary built it
};

/** The message that a scheme sends in the present state. */
export function sending({ context, event }: Now): Sending {
  const cause = context.account ?? context.name;
  const own = (on: Port, message: Message | null): Sending => ({
    on,
    message:
      message &&
      haunted(message, event.type === 'adversary.replay' ? { cause } : { cause, run: on }),
    from: null,
  });
  switch (event.type) {
    case 'adversary.unauthorized':
      return own(event.on, { type: 'http.unauthorized' });
    case 'adversary.redirect':
      return own(event.on, { type: 'http.redirect', to: event.to });
    case 'adversary.challenge':
      return own(event.on, chosenChallenge(context.inHand[event.on], event.computer));
    case 'adversary.ask':
      return own(event.on, { type: 'http.request', path: event.path });
    case 'adversary.negotiate':
      return own(event.on, { type: 'NEGOTIATE_MESSAGE', path: event.path });
    case 'adversary.answer':
      return own(event.on, ownProof(context, event));
    case 'adversary.replay': {
      const response = context.responses[event.nth];
      return own(
        event.on,
        response ? { type: 'AUTHENTICATE_MESSAGE', path: 'mailbox', response } : null,
      );
    }
    default:
      return {
        on: event.to,
        from: event.from,
        message: passedOn(context.inHand[event.from], event, cause),
      };
  }
}

/**
 * The adversary causes all that it sends, also what it only passes on. The proof in a message that
 * it passes on keeps its run; a proof that it replays was made for no run of now.
 */
function haunted(message: Message, ghost: Ghost): Message {
  if (isReply(message)) return message;
  const proves = message.type === 'AUTHENTICATE_MESSAGE' || message.type === 'http.request.basic';
  return { ...message, ghost: proves ? ghost : { cause: ghost.cause } } as Message;
}

function passedOn(held: Held | undefined, event: Extract<Scheme, Over>, cause: Cause) {
  const message = changed(held, event);
  return message && haunted(message, { ...(message as Haunted).ghost, cause });
}

function changed(held: Held | undefined, event: Extract<Scheme, Over>): Message | null {
  if (held === undefined || held.isPassed) return null;
  switch (event.type) {
    case 'adversary.strip':
      return stripped(held.message, event.part);
    case 'adversary.inject':
      return injected(held.message, event.part);
    default:
      return held.message;
  }
}

/** A server may choose its challenge, so the adversary uses the one of a server without nonces. */
const chosenChallenge = (pending: Held | undefined, computer: HostName | null): Reply | null =>
  pending?.message.type === 'NEGOTIATE_MESSAGE'
    ? {
        type: 'CHALLENGE_MESSAGE',
        challenge: STATIC_CHALLENGE,
        info: { computer, timestamp: false, flags: false },
      }
    : null;

/** A proof that the adversary computes itself, with a secret that it has. */
function ownProof(
  context: Context,
  { on, as }: { readonly on: Port; readonly as: UserName },
): Request | null {
  if (!context.secrets.includes(as)) return null;
  const { target, accepts, certificate } = context.outbound[on]!;
  return MECHANISMS[accepts].proof(
    { user: as, secret: { passwordOf: as } },
    context.inHand[on]?.message ?? null,
    { initiator: INITIATOR, machine: context.name, target, certificate },
  );
}

export const isReply = ({ type }: Message): boolean =>
  type === 'http.ok' ||
  type === 'http.redirect' ||
  type === 'http.forbidden' ||
  type === 'http.unauthorized' ||
  type === 'CHALLENGE_MESSAGE';

/** The adversary is the client there, and no reply is outstanding. */
export const canCall = ({ outbound, calling }: Context, { on, message }: Sending): boolean =>
  message !== null && !isReply(message) && on in outbound && !calling.includes(on);

/** The adversary is the server there, and a request is outstanding. */
export const canReply = ({ inbound, inHand }: Context, { on, message }: Sending): boolean =>
  message !== null && isReply(message) && inbound.includes(on) && on in inHand;
