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
  tells,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { claims } from '../vocabulary/signals.ts';

type Context = client.ClientInput & { readonly errand: client.Errand | null }; // null unless `busy`
type Now = { readonly context: Context };

const running = ({ context: { host, server, connection, errand } }: Now) => ({
  claim: {
    type: 'running' as const,
    ...errand!.credential!,
    server,
    by: host,
    connection,
    response: null,
    info: null,
  },
});
const password = ({ context: { errand } }: Now) =>
  client.send({
    type: 'http.request.basic',
    path: errand!.path,
    credential: errand!.credential!,
  });

export const basicClientConnection = setup({
  types: { context: {} as Context, events: {} as ClientEvent, input: {} as client.ClientInput },
  actions: {
    accept: assign((_, fetch: client.Fetch) => ({ errand: client.errandOf(fetch) })),
    finish: assign({ errand: null }),
    connect: tells<WireEvent>(),
    sendRequest: tells<WireEvent>(),
    sendPassword: tells<WireEvent>(),
    tellFetched: tells<OwnerEvent>(),
    tellRedirected: tells<OwnerEvent>(),
    tellUnauthorized: tells<OwnerEvent>(),
    tellDisconnected: tells<OwnerEvent>(),
    claimAsked: claims<'asked'>(),
    claimAnswered: claims<'answered'>(),
    claimRunning: claims<'running'>(),
  },
  guards: {
    /** A token without a password has nothing that Basic could send. */
    hasPassword: ({ context: { errand } }) => (errand!.credential?.secret ?? null) !== null,
  },
}).createMachine({
  id: 'basicClientConnection',
  context: ({ input }) => ({ ...input, errand: null }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        fetch: {
          target: 'busy',
          actions: [
            { type: 'accept', params: ({ event }) => event },
            { type: 'connect', params: client.open },
          ],
        },
      },
    },
    idle: {
      on: {
        fetch: { target: 'busy', actions: { type: 'accept', params: ({ event }) => event } },
        'connection.closed': 'closed',
      },
    },
    busy: {
      entry: { type: 'claimAsked', params: client.asked },
      exit: { type: 'claimAnswered', params: client.answered },
      initial: 'sending',
      states: {
        sending: {
          always: [
            {
              guard: 'hasPassword',
              target: 'awaitingReply',
              actions: [
                { type: 'claimRunning', params: running },
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
          actions: [{ type: 'tellFetched', params: client.fetched }, 'finish'],
        },
        'http.redirect': {
          target: 'idle',
          actions: [{ type: 'tellRedirected', params: client.redirected }, 'finish'],
        },
        'http.unauthorized': {
          target: 'idle',
          actions: [{ type: 'tellUnauthorized', params: client.unauthorized }, 'finish'],
        },
        'connection.closed': {
          target: 'closed',
          actions: [{ type: 'tellDisconnected', params: client.disconnected }, 'finish'],
        },
      },
    },
  },
});
