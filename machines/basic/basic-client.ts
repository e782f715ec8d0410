/**
 * The client side of Basic on one connection slot. Every request proves itself: the first request
 * already carries the password, and each receiver learns it.
 *
 * @source RFC 7617 2 (credentials), 2.2 (pre-emptive use in a protection space), 4 (exposure)
 */
import { assign, setup } from 'xstate';
import * as client from '../http/client-side.ts';
import { provedOn } from '../vocabulary/ghost.ts';
import {
  type ClientEvent,
  type OwnerEvent,
  sends,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { present, theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';

type Context = client.ClientInput & { readonly exchange: client.Exchange | null }; // null: idle
type Now = { readonly context: Context };

const credentialOf = (now: Now) => present(client.exchangeOf(now), 'credential');

const running = (now: Now) => ({
  type: 'running' as const,
  ...credentialOf(now),
  server: now.context.server,
  by: now.context.host,
  connection: now.context.connection,
  run: now.context.connection,
  response: null,
  info: null,
});
const password = (now: Now) =>
  client.send({
    type: 'http.request.basic',
    path: client.exchangeOf(now).path,
    credential: credentialOf(now),
    ...provedOn(client.exchangeOf(now), now.context.connection),
  });

export const basicClientConnection = setup({
  types: {
    context: {} as Context,
    events: {} as ClientEvent,
    input: {} as client.ClientInput,
    emitted: {} as Signal,
  },
  actions: {
    begin: assign((_, fetch: client.Fetch) => ({ exchange: client.exchangeFor(fetch) })),
    finish: assign({ exchange: null }),
    connect: sends<WireEvent>(),
    hangUp: sends<WireEvent>(),
    sendRequest: sends<WireEvent>(),
    sendPassword: sends<WireEvent>(),
    reportFetched: sends<OwnerEvent>(),
    reportRedirected: sends<OwnerEvent>(),
    reportForbidden: sends<OwnerEvent>(),
    reportUnauthorized: sends<OwnerEvent>(),
    reportDisconnected: sends<OwnerEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalRunning: signals('running'),
    signalRefused: signals('refused'),
  },
  guards: {
    isDone: client.isDone,
    /** A token without a password leaves Basic nothing to send. */
    hasPassword: ({ context }) =>
      (present(context, 'exchange').credential?.secret ?? null) !== null,
  },
}).createMachine({
  id: 'basicClientConnection',
  description: 'The client side of Basic on one connection. Each request carries the password.',
  context: ({ input }) => ({ ...input, exchange: null }),
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no TCP connection.',
      on: {
        'client.fetch': {
          target: 'busy',
          actions: [
            { type: 'begin', params: theEvent },
            { type: 'connect', params: client.open },
          ],
        },
      },
    },
    idle: {
      description: 'The connection is open and no request is under way.',
      always: {
        guard: 'isDone',
        target: 'closed',
        actions: { type: 'hangUp', params: client.hangUp },
      },
      on: {
        'client.fetch': {
          target: 'busy',
          actions: { type: 'begin', params: theEvent },
        },
        'connection.closed': 'closed',
      },
    },
    busy: {
      description: 'A request is under way.',
      entry: { type: 'signalAsked', params: client.asked },
      exit: { type: 'signalAnswered', params: client.answered },
      initial: 'sending',
      states: {
        sending: {
          description: 'The request is sent, with the password where there is one.',
          always: [
            {
              guard: 'hasPassword',
              target: 'awaitingReply',
              actions: [
                { type: 'signalRunning', params: running },
                { type: 'sendPassword', params: password },
              ],
            },
            {
              target: 'awaitingReply',
              actions: { type: 'sendRequest', params: client.request },
            },
          ],
        },
        awaitingReply: { description: 'The request was sent.' },
      },
      on: {
        'http.ok': {
          target: 'idle',
          actions: [{ type: 'reportFetched', params: client.fetched }, 'finish'],
        },
        'http.redirect': {
          target: 'idle',
          actions: [{ type: 'reportRedirected', params: client.redirected }, 'finish'],
        },
        'http.forbidden': {
          target: 'idle',
          actions: [{ type: 'reportForbidden', params: client.forbidden }, 'finish'],
        },
        'http.unauthorized': {
          target: 'idle',
          actions: [
            { type: 'signalRefused', params: client.refused },
            { type: 'reportUnauthorized', params: client.unauthorized },
            'finish',
          ],
        },
        'connection.closed': {
          target: 'closed',
          actions: [{ type: 'reportDisconnected', params: client.disconnected }, 'finish'],
        },
      },
    },
  },
});
