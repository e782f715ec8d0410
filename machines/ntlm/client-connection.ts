/**
 * The client side of NTLM on one connection slot, working for whoever asks it to fetch.
 *
 * It answers the 401 to a request with one handshake, and no more than one. Once signed in, the
 * connection belongs to that user until it closes or the server withdraws the sign-in.
 *
 * @source MS-NLMP 3.1.5.1; MS-NTHT 2.2.2, 3.1.5.1; RFC 4559 6 (never share such a connection)
 */
import { assign, setup } from 'xstate';
import * as client from '../client-side.ts';
import { type ClientEvent, claims, type OwnerEvent, tells, type WireEvent } from '../messages.ts';
import type { UserName } from '../terms.ts';
import * as ntlm from './effects.ts';

type Context = client.ClientInput & {
  readonly errand: (client.Errand & { readonly attempted: boolean }) | null; // null unless `busy`
  readonly heldFor: UserName | null; // whom the connection signed in
};

export const ntlmClientConnection = setup({
  types: { context: {} as Context, events: {} as ClientEvent, input: {} as client.ClientInput },
  actions: {
    accept: assign((_, fetch: client.Fetch) => ({
      errand: { ...client.errandOf(fetch), attempted: false },
    })),
    attempt: assign(({ context: { errand } }) => ({ errand: { ...errand!, attempted: true } })),
    finish: assign({ errand: null }),
    hold: assign(({ context: { errand } }) => ({ heldFor: errand!.credential!.user })),
    release: assign({ heldFor: null }),
    connect: tells<WireEvent>(),
    sendRequest: tells<WireEvent>(),
    sendNegotiate: tells<WireEvent>(),
    sendAuthenticate: tells<WireEvent>(),
    tellFetched: tells<OwnerEvent>(),
    tellUnauthorized: tells<OwnerEvent>(),
    tellDisconnected: tells<OwnerEvent>(),
    claimAsked: claims<'asked'>(),
    claimAnswered: claims<'answered'>(),
    claimRunning: claims<'running'>(),
    claimLeg: claims<'leg'>(),
  },
  guards: {
    /** Nobody's yet, or this user's own. Anything wider hands one user's sign-in to another. */
    isFreeFor: ({ context: { heldFor } }, { credential }: client.Fetch) =>
      heldFor === null || heldFor === credential?.user,
    /** One attempt a request: a client that tries again and again never ends. */
    mayAuthenticate: ({ context: { errand } }) => errand!.credential !== null && !errand!.attempted,
  },
}).createMachine({
  id: 'ntlmClientConnection',
  context: ({ input }) => ({ ...input, errand: null, heldFor: null }),
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
        fetch: {
          guard: { type: 'isFreeFor', params: ({ event }) => event },
          target: 'busy',
          actions: { type: 'accept', params: ({ event }) => event },
        },
        'connection.closed': { target: 'closed', actions: 'release' },
      },
    },
    busy: {
      entry: [
        { type: 'claimAsked', params: client.asked },
        { type: 'sendRequest', params: client.request },
      ],
      exit: { type: 'claimAnswered', params: client.answered },
      initial: 'awaitingReply',
      states: {
        awaitingReply: {},
        awaitingChallenge: {
          on: {
            CHALLENGE_MESSAGE: {
              target: 'awaitingVerdict',
              actions: [
                { type: 'claimRunning', params: ntlm.running },
                { type: 'claimLeg', params: ntlm.leg },
                { type: 'sendAuthenticate', params: ntlm.authenticate },
              ],
            },
          },
        },
        awaitingVerdict: {
          on: {
            'http.ok': {
              target: '#ntlmClientConnection.idle',
              actions: ['hold', { type: 'tellFetched', params: client.fetched }, 'finish'],
            },
          },
        },
      },
      on: {
        // "Any return code other than [...] 401 [...] represents successful authentication."
        // MS-NTHT 2.2.2
        'http.ok': {
          target: 'idle',
          actions: [{ type: 'tellFetched', params: client.fetched }, 'finish'],
        },
        'http.unauthorized': [
          {
            guard: 'mayAuthenticate',
            target: '.awaitingChallenge',
            actions: [
              'attempt',
              { type: 'claimLeg', params: ntlm.leg },
              { type: 'sendNegotiate', params: ntlm.negotiate },
            ],
          },
          { target: 'failed' },
        ],
        // Unexpected here: "it does not send a new request to the server." MS-NTHT 3.1.5.1
        CHALLENGE_MESSAGE: 'failed',
        'connection.closed': {
          target: 'closed',
          actions: [{ type: 'tellDisconnected', params: client.disconnected }, 'finish', 'release'],
        },
      },
    },
    failed: {
      entry: { type: 'tellUnauthorized', params: client.unauthorized },
      always: { target: 'idle', actions: ['finish', 'release'] },
    },
  },
});
