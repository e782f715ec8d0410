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
  tells,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { areAlike, type PoolKeyComponent, type Purpose } from '../vocabulary/purpose.ts';
import { claims } from '../vocabulary/signals.ts';
import type { Vantage } from './initiator.ts';
import * as ntlm from './ntlm-effects.ts';

export type NtlmClientInput = client.ClientInput &
  Omit<Vantage, 'target'> & { readonly poolKey: readonly PoolKeyComponent[] };
type Context = NtlmClientInput & {
  readonly errand: (client.Errand & { readonly attempted: boolean }) | null; // null unless `busy`
  readonly heldFor: Purpose | null; // what it was signed in for; null: persistent-auth-value is 0
};
const idle = '#ntlmClientConnection.idle';
const tellFetched = { type: 'tellFetched', params: client.fetched } as const;
const refused = { type: 'claimRefused', params: client.refused } as const;
const tellRedirected = { type: 'tellRedirected', params: client.redirected } as const;

export const ntlmClientConnection = setup({
  types: { context: {} as Context, events: {} as ClientEvent, input: {} as NtlmClientInput },
  actions: {
    accept: assign((_, fetch: client.Fetch) => ({
      errand: { ...client.errandOf(fetch), attempted: false },
    })),
    attempt: assign(({ context: { errand } }) => ({ errand: { ...errand!, attempted: true } })),
    finish: assign({ errand: null }),
    hold: assign(({ context }) => ({ heldFor: client.purposeOf(context, context.errand!) })),
    release: assign({ heldFor: null }),
    tearDown: assign({ errand: null, heldFor: null }),
    connect: tells<WireEvent>(),
    sendRequest: tells<WireEvent>(),
    sendNegotiate: tells<WireEvent>(),
    sendAuthenticate: tells<WireEvent>(),
    tellFetched: tells<OwnerEvent>(),
    tellRedirected: tells<OwnerEvent>(),
    tellUnauthorized: tells<OwnerEvent>(),
    tellDisconnected: tells<OwnerEvent>(),
    claimAsked: claims<'asked'>(),
    claimAnswered: claims<'answered'>(),
    claimRunning: claims<'running'>(),
    claimLeg: claims<'leg'>(),
    claimRefused: claims<'refused'>(),
  },
  guards: {
    /** Nobody's yet, or signed in for the very same. Wider, and one's sign-in serves another. */
    isFreeFor: ({ context }, fetch: client.Fetch) =>
      context.heldFor === null ||
      areAlike(context.poolKey, context.heldFor, client.purposeOf(context, fetch)),
    /** One attempt a request: a client that tries again and again never ends. */
    mayAuthenticate: ({ context: { errand } }) => errand!.credential !== null && !errand!.attempted,
    /** Signed in once, signed in for good: a client that never heard of a sign-in that lapses. */
    believesItIsSignedIn: ({ context: { initiator, heldFor } }) =>
      initiator.afterLapse === 'repeats' && heldFor !== null,
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
        'connection.closed': { target: 'closed', actions: 'tearDown' },
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
            'http.ok': { target: idle, actions: ['hold', tellFetched, 'finish'] },
            'http.redirect': { target: idle, actions: ['hold', tellRedirected, 'finish'] },
          },
        },
      },
      on: {
        // "Any return code other than [...] 401 [...] represents successful authentication."
        // MS-NTHT 2.2.2
        'http.ok': { target: idle, actions: [tellFetched, 'finish'] },
        'http.redirect': { target: idle, actions: [tellRedirected, 'finish'] },
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
          actions: [{ type: 'tellDisconnected', params: client.disconnected }, 'tearDown'],
        },
      },
    },
    failed: {
      entry: [refused, { type: 'tellUnauthorized', params: client.unauthorized }],
      always: { target: 'idle', actions: ['finish', 'release'] },
    },
  },
});
