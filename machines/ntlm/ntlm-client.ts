/**
 * The client side of NTLM on one connection slot, working for whoever asks it to fetch.
 *
 * It answers the 401 to a request with one handshake, and no more than one. Once signed in, the
 * connection is for what it was signed in for until it closes or the server withdraws the sign-in.
 *
 * @source MS-NLMP 3.1.5.1; MS-NTHT 2.2.2, 3.1.5.1; MS-N2HT 3.2.1, 3.2.5; RFC 4559 6 (no sharing)
 */
import { assign, setup } from 'xstate';
import * as client from '../http/client-side.ts';
import {
  type ClientEvent,
  type OwnerEvent,
  sends,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { areAlike, type PoolKeyComponent, type Purpose } from '../vocabulary/purpose.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { Vantage } from './initiator.ts';
import * as ntlm from './ntlm-effects.ts';

export type NtlmClientInput = client.ClientInput &
  Omit<Vantage, 'target'> & { readonly poolKey: readonly PoolKeyComponent[] };
type Context = NtlmClientInput & {
  readonly exchange: (client.Exchange & { readonly attempted: boolean }) | null; // null unless `busy`
  readonly authenticatedFor: Purpose | null; // what it was signed in for; null: persistent-auth-value is 0
};
const idle = '#ntlmClientConnection.idle';
const reportFetched = { type: 'reportFetched', params: client.fetched } as const;
const refused = { type: 'signalRefused', params: client.refused } as const;
const reportRedirected = { type: 'reportRedirected', params: client.redirected } as const;

export const ntlmClientConnection = setup({
  types: {
    context: {} as Context,
    events: {} as ClientEvent,
    input: {} as NtlmClientInput,
    emitted: {} as Signal,
  },
  actions: {
    begin: assign((_, fetch: client.Fetch) => ({
      exchange: { ...client.exchangeOf(fetch), attempted: false },
    })),
    attempt: assign(({ context: { exchange } }) => ({
      exchange: { ...exchange!, attempted: true },
    })),
    finish: assign({ exchange: null }),
    hold: assign(({ context }) => ({
      authenticatedFor: client.purposeOf(context, context.exchange!),
    })),
    release: assign({ authenticatedFor: null }),
    tearDown: assign({ exchange: null, authenticatedFor: null }),
    connect: sends<WireEvent>(),
    sendRequest: sends<WireEvent>(),
    sendNegotiate: sends<WireEvent>(),
    sendAuthenticate: sends<WireEvent>(),
    reportFetched: sends<OwnerEvent>(),
    reportRedirected: sends<OwnerEvent>(),
    reportUnauthorized: sends<OwnerEvent>(),
    reportDisconnected: sends<OwnerEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalRunning: signals('running'),
    signalMessage: signals('message'),
    signalRefused: signals('refused'),
  },
  guards: {
    /** Nobody's yet, or signed in for the very same. Wider, and one's sign-in serves another. */
    isFreeFor: ({ context }, fetch: client.Fetch) =>
      context.authenticatedFor === null ||
      areAlike(context.poolKey, context.authenticatedFor, client.purposeOf(context, fetch)),
    /** One attempt a request: a client that tries again and again never ends. */
    mayAuthenticate: ({ context: { exchange } }) =>
      exchange!.credential !== null && !exchange!.attempted,
    /** Signed in once, signed in for good: a client that never heard of a sign-in that lapses. */
    believesItIsSignedIn: ({ context: { initiator, authenticatedFor } }) =>
      initiator.afterLapse === 'repeats' && authenticatedFor !== null,
  },
}).createMachine({
  id: 'ntlmClientConnection',
  context: ({ input }) => ({ ...input, exchange: null, authenticatedFor: null }),
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
          guard: { type: 'isFreeFor', params: ({ event }) => event },
          target: 'busy',
          actions: { type: 'begin', params: ({ event }) => event },
        },
        'connection.closed': { target: 'closed', actions: 'tearDown' },
      },
    },
    busy: {
      entry: [
        { type: 'signalAsked', params: client.asked },
        { type: 'sendRequest', params: client.request },
      ],
      exit: { type: 'signalAnswered', params: client.answered },
      initial: 'awaitingReply',
      states: {
        awaitingReply: {},
        awaitingChallenge: {
          on: {
            CHALLENGE_MESSAGE: {
              target: 'awaitingVerdict',
              actions: [
                { type: 'signalRunning', params: ntlm.running },
                { type: 'signalMessage', params: ntlm.message },
                { type: 'sendAuthenticate', params: ntlm.authenticate },
              ],
            },
          },
        },
        awaitingVerdict: {
          on: {
            'http.ok': { target: idle, actions: ['hold', reportFetched, 'finish'] },
            'http.redirect': { target: idle, actions: ['hold', reportRedirected, 'finish'] },
          },
        },
      },
      on: {
        // "Any return code other than [...] 401 [...] represents successful authentication."
        // MS-NTHT 2.2.2
        'http.ok': { target: idle, actions: [reportFetched, 'finish'] },
        'http.redirect': { target: idle, actions: [reportRedirected, 'finish'] },
        'http.unauthorized': [
          {
            guard: 'believesItIsSignedIn',
            actions: [refused, { type: 'sendRequest', params: client.request }],
          },
          // "it MUST set persistent-auth-value to 0." MS-N2HT 3.2.5
          {
            guard: 'mayAuthenticate',
            target: '.awaitingChallenge',
            actions: [
              refused,
              'release',
              'attempt',
              { type: 'signalMessage', params: ntlm.message },
              { type: 'sendNegotiate', params: ntlm.negotiate },
            ],
          },
          { target: 'failed' },
        ],
        // Unexpected here: "it does not send a new request to the server." MS-NTHT 3.1.5.1
        CHALLENGE_MESSAGE: 'failed',
        'connection.closed': {
          target: 'closed',
          actions: [{ type: 'reportDisconnected', params: client.disconnected }, 'tearDown'],
        },
      },
    },
    failed: {
      entry: [refused, { type: 'reportUnauthorized', params: client.unauthorized }],
      always: { target: 'idle', actions: ['finish', 'release'] },
    },
  },
});
