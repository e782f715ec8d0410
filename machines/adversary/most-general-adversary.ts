/**
 * The most general adversary, as two machines without a wire before them: what they can say arrives
 * at any time, in any order, and as often as they like. What the adversary of a deployment can do,
 * with one account and without Basic, they can do as well.
 *
 * The sender needs no key but that of its own account. The relay passes on a response that it
 * heard, as it is or changed in what no key protects. As its ghost says, a proof that it passes on
 * was made for no run, so that a server which accepts one is noticed wherever it was meant for.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983; MS-NLMP 5.1 (relay)
 */
import { assign, setup } from 'xstate';
import { answer, type Initiator } from '../ntlm/initiator.ts';
import { type Path, type Port, type Reply, type Request, sends } from '../vocabulary/messages.ts';
import { present } from '../vocabulary/reading.ts';
import type {
  CertificateName,
  Challenge,
  HostName,
  TargetInfo,
  UserName,
} from '../vocabulary/terms.ts';
import { type Forged, injected, stripped } from './changes.ts';
import type { Message } from './knowledge.ts';

type Bare = Exclude<Request, { readonly type: 'AUTHENTICATE_MESSAGE' }>;
type Connection = { readonly type: 'connection.opened' | 'connection.closed' };
type ToPort = { readonly to: Port };

type Says = ToPort & { readonly type: 'adversary.says'; readonly event: Reply | Bare | Connection };
type Proves = ToPort & {
  readonly type: 'adversary.proves';
  readonly path: Path;
  readonly user: UserName; // whom it claims to be
  readonly challenge: Challenge;
  readonly info: TargetInfo;
  readonly machine: UserName | HostName; // that it says it runs on
  readonly target: HostName;
  readonly certificate: CertificateName | null;
};
export type SenderInput = { readonly account: UserName; readonly initiator: Initiator };

/** A proof as any initiator makes it, with the key of the account. */
const proof = ({ context, event }: { context: SenderInput; event: Proves }) => ({
  to: event.to,
  event: {
    type: 'AUTHENTICATE_MESSAGE' as const,
    path: event.path,
    response: answer(
      { user: event.user, secret: { passwordOf: context.account } },
      event.challenge,
      event.info,
      { ...event, initiator: context.initiator },
    ),
    ghost: { cause: context.account, run: event.to },
  },
});

const isRequest = ({ type }: Says['event']) =>
  type === 'http.request' || type === 'http.request.basic' || type === 'NEGOTIATE_MESSAGE';

export const mostGeneralSender = setup({
  types: {
    context: {} as SenderInput,
    events: {} as Says | Proves,
    input: {} as SenderInput,
  },
  actions: { say: sends<Says['event']>(), prove: sends<Request>() },
}).createMachine({
  id: 'mostGeneralSender',
  description: 'An adversary that says whatever needs no key but that of its account.',
  context: ({ input }) => input,
  on: {
    'adversary.says': {
      actions: {
        type: 'say',
        params: ({ context: { account }, event: { to, event } }) => ({
          to,
          event: isRequest(event) ? { ...event, ghost: { cause: account } } : event,
        }),
      },
    },
    'adversary.proves': { actions: { type: 'prove', params: proof } },
  },
});

/** What it does to a response: nothing, or one thing for which no key is needed. */
export type Change = 'none' | 'binding' | 'mic' | Forged;

type Passes = ToPort & {
  readonly type: 'adversary.passes';
  readonly change: Change;
};
type Held = Extract<Message, { type: 'AUTHENTICATE_MESSAGE' }>;
type RelayEvent =
  | Passes
  | { readonly type: 'adversary.drops' }
  | { readonly type: 'wire.send'; readonly message: Message; readonly from: Port }
  | { readonly type: 'wire.open' | 'wire.close' };
type RelayInput = { readonly account: UserName };
type RelayContext = RelayInput & { readonly held: Held | null }; // non-null exactly in `holding`

const changed = (held: Held, change: Change): Held | null => {
  if (change === 'none') return held;
  const some = typeof change === 'object' ? injected(held, change) : stripped(held, change);
  return some as Held | null;
};

const passing = ({ context, event }: { context: RelayContext; event: Passes }) => {
  const held = present(context, 'held');
  const { response } = changed(held, event.change)!;
  return {
    to: event.to,
    event: {
      type: 'AUTHENTICATE_MESSAGE' as const,
      path: held.path,
      response,
      ghost: { cause: context.account },
    },
  };
};

export const mostGeneralRelay = setup({
  types: { context: {} as RelayContext, events: {} as RelayEvent, input: {} as RelayInput },
  actions: {
    hold: assign((_, held: Held) => ({ held })),
    drop: assign({ held: null }),
    pass: sends<Held>(),
  },
  guards: {
    isProof: (_, { type }: Message) => type === 'AUTHENTICATE_MESSAGE',
    hasPart: ({ context }, change: Change) => changed(present(context, 'held'), change) !== null,
  },
}).createMachine({
  id: 'mostGeneralRelay',
  description: 'An adversary that passes on what it hears. It holds one response at a time.',
  context: ({ input }) => ({ ...input, held: null }),
  initial: 'listening',
  states: {
    listening: {
      description: 'It holds nothing.',
      on: {
        'wire.send': {
          guard: { type: 'isProof', params: ({ event }) => event.message },
          target: 'holding',
          actions: { type: 'hold', params: ({ event }) => event.message as Held },
        },
      },
    },
    holding: {
      description: 'It can pass a response on, as often as it likes.',
      on: {
        'adversary.passes': {
          guard: { type: 'hasPart', params: ({ event }) => event.change },
          actions: { type: 'pass', params: passing },
        },
        'adversary.drops': { target: 'listening', actions: 'drop' },
      },
    },
  },
});
