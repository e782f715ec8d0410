/**
 * The client side of NTLM on one connection slot.
 *
 * It answers the 401 to a request with one handshake, and with no more than one. After a sign-in,
 * the connection serves the purpose it was authenticated for, until it closes or the server answers
 * 401.
 *
 * @source MS-NLMP 3.1.5.1; MS-NTHT 2.2.2, 3.1.5.1; MS-N2HT 3.2.1, 3.2.5; RFC 4559 6 (no sharing)
 */
import { assign, setup } from 'xstate';
import * as client from '../http/client-side.ts';
import {
  type ClientEvent,
  type Handover,
  type OwnerEvent,
  type Port,
  sends,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { same } from '../vocabulary/names.ts';
import { areAlike, type PoolKeyComponent, type Purpose } from '../vocabulary/purpose.ts';
import { present, theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { HandshakeOf, Vantage } from './initiator.ts';
import * as ntlm from './ntlm-effects.ts';

export type NtlmClientInput = client.ClientInput &
  Vantage & {
    readonly poolKey: readonly PoolKeyComponent[];
    /** Host: it may answer a challenge on another connection to the host. */
    readonly handshake: HandshakeOf;
  };
type Context = NtlmClientInput & {
  readonly exchange: ntlm.Exchange | null; // null unless busy
  readonly authenticatedFor: Purpose | null; // null: persistent-auth-value is 0
};
const idle = '#ntlmClientConnection.idle';
const reportFetched = { type: 'reportFetched', params: client.fetched } as const;
const refused = { type: 'signalRefused', params: client.refused } as const;
const proof = [
  { type: 'signalRunning', params: ntlm.running },
  { type: 'signalMessage', params: ntlm.message },
  { type: 'sendAuthenticate', params: ntlm.authenticate },
] as const;
const keptProof = [
  { type: 'signalRunning', params: ntlm.ofKept(ntlm.running) },
  { type: 'signalMessage', params: ntlm.message },
  { type: 'sendAuthenticate', params: ntlm.ofKept(ntlm.authenticate) },
] as const;
const reportRedirected = { type: 'reportRedirected', params: client.redirected } as const;
const reportForbidden = { type: 'reportForbidden', params: client.forbidden } as const;

export const ntlmClientConnection = setup({
  types: {
    context: {} as Context,
    events: {} as ClientEvent,
    input: {} as NtlmClientInput,
    emitted: {} as Signal,
  },
  actions: {
    begin: assign((_, fetch: client.Fetch) => ({
      exchange: { ...client.exchangeFor(fetch), attempted: false },
    })),
    attempt: assign(({ context }) => ({
      exchange: { ...present(context, 'exchange'), attempted: true },
    })),
    keepChallenge: assign(({ context }, { challenge, info }: ntlm.Issued) => ({
      exchange: { ...present(context, 'exchange'), issued: { challenge, info } },
    })),
    takeOver: assign((_, handover: Handover) => ({ exchange: ntlm.taken(handover) })),
    finish: assign({ exchange: null }),
    hold: assign(({ context }) => ({
      authenticatedFor: client.purposeOf(context, present(context, 'exchange')),
    })),
    release: assign({ authenticatedFor: null }),
    tearDown: assign({ exchange: null, authenticatedFor: null }),
    connect: sends<WireEvent>(),
    hangUp: sends<WireEvent>(),
    sendRequest: sends<WireEvent>(),
    sendNegotiate: sends<WireEvent>(),
    sendAuthenticate: sends<WireEvent>(),
    handOver: sends<ClientEvent>(),
    reportFetched: sends<OwnerEvent>(),
    reportRedirected: sends<OwnerEvent>(),
    reportForbidden: sends<OwnerEvent>(),
    reportUnauthorized: sends<OwnerEvent>(),
    reportDisconnected: sends<OwnerEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalMoved: signals('moved'),
    signalRunning: signals('running'),
    signalMessage: signals('message'),
    signalRefused: signals('refused'),
  },
  guards: {
    isDone: client.isDone,
    /** Authenticated for nothing yet, or for the same purpose: else one sign-in serves another. */
    isFreeFor: ({ context }, fetch: client.Fetch | Handover) =>
      context.authenticatedFor === null ||
      areAlike(context.poolKey, context.authenticatedFor, client.purposeOf(context, fetch)),
    /** One attempt for each request: a client that repeats the handshake never ends. */
    mayAuthenticate: ({ context }) => {
      const { credential, attempted } = present(context, 'exchange');
      return credential !== null && !attempted;
    },
    mayAnswerElsewhere: ({ context: { handshake } }) => handshake === 'host',
    isHere: ({ context: { connection } }, { via }: { via: Port }) => same(via, connection),
    /** The client assumes that a sign-in never lapses, and repeats the bare request. */
    believesItIsSignedIn: ({ context: { initiator, authenticatedFor } }) =>
      initiator.afterLapse === 'repeats' && authenticatedFor !== null,
  },
}).createMachine({
  id: 'ntlmClientConnection',
  description: 'The client side of NTLM on one connection. It answers a 401 with one handshake.',
  context: ({ input }) => ({ ...input, exchange: null, authenticatedFor: null }),
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
        'client.takeOver': {
          target: 'busy.awaitingVerdict',
          actions: [
            { type: 'takeOver', params: theEvent },
            { type: 'connect', params: client.open },
            ...proof,
          ],
        },
      },
    },
    idle: {
      description: 'The connection is open and no request is under way.',
      always: {
        guard: 'isDone',
        target: 'closed',
        actions: ['tearDown', { type: 'hangUp', params: client.hangUp }],
      },
      on: {
        'client.fetch': {
          guard: { type: 'isFreeFor', params: theEvent },
          target: 'busy',
          actions: { type: 'begin', params: theEvent },
        },
        'client.takeOver': {
          guard: { type: 'isFreeFor', params: theEvent },
          target: 'busy.awaitingVerdict',
          actions: [{ type: 'takeOver', params: theEvent }, 'release', ...proof],
        },
        'connection.closed': { target: 'closed', actions: 'tearDown' },
      },
    },
    busy: {
      description: 'A request is under way.',
      entry: { type: 'signalAsked', params: client.asked },
      exit: { type: 'signalAnswered', params: client.answered },
      initial: 'awaitingReply',
      states: {
        awaitingReply: {
          description: 'The request was sent without NTLM.',
          entry: { type: 'sendRequest', params: client.request },
        },
        awaitingChallenge: {
          description: 'The NEGOTIATE_MESSAGE was sent.',
          on: {
            CHALLENGE_MESSAGE: [
              {
                guard: 'mayAnswerElsewhere',
                target: 'challenged',
                actions: { type: 'keepChallenge', params: theEvent },
              },
              { target: 'awaitingVerdict', actions: proof },
            ],
          },
        },
        challenged: {
          description: 'The challenge can be answered here, or on another connection to the host.',
          on: {
            'client.answers': [
              {
                guard: { type: 'isHere', params: theEvent },
                target: 'awaitingVerdict',
                actions: keptProof,
              },
              {
                target: idle,
                actions: [
                  { type: 'signalMoved', params: ntlm.moved },
                  { type: 'handOver', params: ntlm.handOver },
                  'finish',
                ],
              },
            ],
          },
        },
        awaitingVerdict: {
          description: 'The AUTHENTICATE_MESSAGE was sent. A reply other than 401 is success.',
          on: {
            'http.ok': { target: idle, actions: ['hold', reportFetched, 'finish'] },
            'http.redirect': { target: idle, actions: ['hold', reportRedirected, 'finish'] },
            'http.forbidden': { target: idle, actions: ['hold', reportForbidden, 'finish'] },
          },
        },
      },
      on: {
        // "Any return code other than [...] 401 [...] represents successful authentication."
        // MS-NTHT 2.2.2
        'http.ok': { target: idle, actions: [reportFetched, 'finish'] },
        'http.redirect': { target: idle, actions: [reportRedirected, 'finish'] },
        'http.forbidden': { target: idle, actions: [reportForbidden, 'finish'] },
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
      description: 'The request ends without a sign-in. The owner hears of the 401.',
      entry: [refused, { type: 'reportUnauthorized', params: client.unauthorized }],
      always: { target: 'idle', actions: ['finish', 'release'] },
    },
  },
});
