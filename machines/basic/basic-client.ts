/**
 * The client side of Basic on one connection slot. Every request proves itself: where there is a
 * password it goes with the first request already, and whoever receives it has it.
 *
 * @source RFC 7617 2 (credentials), 2.2 (pre-emptive use in a protection space), 4 (exposure)
 */
import { assign, setup } from 'xstate';
import * as client from '../http/client-side.ts';
import {
  type ClientEvent,
  type OwnerEvent,
  sends,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';

type Context = client.ClientInput & { readonly exchange: client.Exchange | null }; // null unless `busy`
type Now = { readonly context: Context };

const running = ({ context: { host, server, connection, exchange } }: Now) => ({
  type: 'running' as const,
  ...exchange!.credential!,
  server,
  by: host,
  connection,
  response: null,
  info: null,
});
const password = ({ context: { exchange } }: Now) =>
  client.send({
    type: 'http.request.basic',
    path: exchange!.path,
    credential: exchange!.credential!,
  });

export const basicClientConnection = setup({
  types: {
    context: {} as Context,
    events: {} as ClientEvent,
    input: {} as client.ClientInput,
    emitted: {} as Signal,
  },
  actions: {
    begin: assign((_, fetch: client.Fetch) => ({ exchange: client.exchangeOf(fetch) })),
    finish: assign({ exchange: null }),
    connect: sends<WireEvent>(),
    sendRequest: sends<WireEvent>(),
    sendPassword: sends<WireEvent>(),
    reportFetched: sends<OwnerEvent>(),
    reportRedirected: sends<OwnerEvent>(),
    reportUnauthorized: sends<OwnerEvent>(),
    reportDisconnected: sends<OwnerEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalRunning: signals('running'),
  },
  guards: {
    /** A token without a password has nothing that Basic could send. */
    hasPassword: ({ context: { exchange } }) => (exchange!.credential?.secret ?? null) !== null,
  },
}).createMachine({
  id: 'basicClientConnection',
  context: ({ input }) => ({ ...input, exchange: null }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        'client.fetch': {
          target: 'busy',
          actions: [
            { type: 'begin', params: ({ event }) => event },
            { type: 'connect', params: client.open },
          ],
        },
      },
    },
    idle: {
      on: {
        'client.fetch': {
          target: 'busy',
          actions: { type: 'begin', params: ({ event }) => event },
        },
        'connection.closed': 'closed',
      },
    },
    busy: {
      entry: { type: 'signalAsked', params: client.asked },
      exit: { type: 'signalAnswered', params: client.answered },
      initial: 'sending',
      states: {
        sending: {
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
        awaitingReply: {},
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
        'http.unauthorized': {
          target: 'idle',
          actions: [{ type: 'reportUnauthorized', params: client.unauthorized }, 'finish'],
        },
        'connection.closed': {
          target: 'closed',
          actions: [{ type: 'reportDisconnected', params: client.disconnected }, 'finish'],
        },
      },
    },
  },
});
