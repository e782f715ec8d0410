/**
 * The adversary: the server end of connections to a host it owns or through a wire it controls, the
 * client end of its own connections, and a tap on the wires it hears. It sends exactly the messages
 * that it can build.
 *
 * Its capabilities determine its offers. The messages it has received and overheard, and the
 * secrets it has from the start, determine which offers are enabled. It never has to answer.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983; MS-NLMP 5.1 (relay)
 */
import { assign, setup } from 'xstate';
import { type Port, sends, type WireEvent } from '../vocabulary/messages.ts';
import { theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import * as act from './adversary-effects.ts';
import { including, type Message, remembering, secretIn, without } from './knowledge.ts';
import * as scheme from './schemes.ts';

type From = { readonly from: Port };
type Received = Message & From;
export type AdversaryEvent =
  | scheme.Scheme
  | Received
  | ({ readonly type: 'wire.overheard'; readonly message: Message } & From)
  | ({ readonly type: 'connection.opened' | 'connection.closed' } & From);

const canCall = { type: 'canCall', params: scheme.sending } as const;
const isDown = { type: 'isDown', params: scheme.sending } as const;
const connect = { type: 'connect', params: act.connect } as const;
const prove = { type: 'signalRunning', params: act.running } as const;
const call = [
  { type: 'signalAsked', params: act.asked },
  { type: 'send', params: act.send },
  { type: 'noteCall', params: scheme.sending },
] as const;
const take = { type: 'take', params: act.received } as const;
const answered = { type: 'signalAnswered', params: act.answered } as const;
const givesSecretAway = { type: 'givesSecretAway', params: act.heard } as const;
const learn = { type: 'learn', params: act.heard } as const;
const signalLearned = { type: 'signalLearned', params: act.learned } as const;

export const adversary = setup({
  types: {
    context: {} as scheme.Context,
    events: {} as AdversaryEvent,
    input: {} as scheme.AdversaryInput,
    emitted: {} as Signal,
  },
  actions: {
    take: assign(({ context }, { from, message }: act.Delivered) => ({
      inHand: { ...context.inHand, [from]: { message, isPassed: false } },
      calling: without(context.calling, from),
    })),
    noteCall: assign(({ context }, sending: scheme.Sending) => act.afterCall(context, sending)),
    noteReply: assign(({ context }, sending: scheme.Sending) => act.afterReply(context, sending)),
    noteClosing: assign(({ context }, { from }: From) => act.afterClosing(context, from)),
    learn: assign(({ context }, message: Message) => ({
      responses: remembering(context.responses, message, context.remembers),
      secrets: including(context.secrets, secretIn(message, context.guessable)),
    })),
    connect: sends<WireEvent>(),
    send: sends<WireEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalRunning: signals('running'),
    signalLearned: signals('learned'),
    ignore: () => {},
  },
  guards: {
    canCall: ({ context }, sending: scheme.Sending) => scheme.canCall(context, sending),
    canReply: ({ context }, sending: scheme.Sending) => scheme.canReply(context, sending),
    isDown: ({ context }, sending: scheme.Sending) =>
      scheme.canCall(context, sending) && !context.open.includes(sending.on),
    givesSecretAway: ({ context }, message: Message) =>
      secretIn(message, context.guessable) !== null,
  },
}).createMachine({
  id: 'adversary',
  description: 'One adversary with named capabilities, on all connections that it controls.',
  context: ({ input }) => ({ ...input, inHand: {}, open: [], calling: [], responses: [] }),
  initial: 'scheming',
  states: {
    scheming: {
      description: 'The adversary acts whenever it can build a message.',
      on: {
        'adversary.answer': [
          { guard: isDown, actions: [connect, prove, ...call] },
          { guard: canCall, actions: [prove, ...call] },
        ],
        'adversary.*': [
          { guard: isDown, actions: [connect, ...call] },
          { guard: canCall, actions: call },
          {
            guard: { type: 'canReply', params: scheme.sending },
            actions: [
              { type: 'send', params: act.send },
              { type: 'noteReply', params: scheme.sending },
            ],
          },
        ],
        'http.request': { actions: take },
        'http.request.basic': { actions: [take, learn, signalLearned] },
        NEGOTIATE_MESSAGE: { actions: take },
        AUTHENTICATE_MESSAGE: [
          { guard: givesSecretAway, actions: [take, learn, signalLearned] },
          { actions: [take, learn] },
        ],
        'wire.overheard': [
          { guard: givesSecretAway, actions: [learn, signalLearned] },
          { actions: learn },
        ],
        'http.ok': { actions: [take, answered] },
        'http.redirect': { actions: [take, answered] },
        'http.forbidden': { actions: [take, answered] },
        'http.unauthorized': { actions: [take, answered] },
        CHALLENGE_MESSAGE: { actions: [take, answered] },
        'connection.opened': { actions: 'ignore' },
        'connection.closed': { actions: { type: 'noteClosing', params: theEvent } },
      },
    },
  },
});
