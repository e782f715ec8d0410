/**
 * The server side of NTLM on one connection slot. One opening is one TCP connection: challenge and
 * identity live and die with it. Every event is answered in every state.
 *
 * @source MS-NLMP 3.2.5.1; MS-NTHT 2.2.1, 3.1.5.1; MS-N2HT 3.2.5 (a 401 ends what was persistent)
 */
import { assign, setup } from 'xstate';
import * as server from '../http/server-side.ts';
import { type PageEvent, type ServerEvent, sends, type WireEvent } from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import {
  type Challenge,
  type ConnectionName,
  type Credential,
  type Response,
  tokenOf,
} from '../vocabulary/terms.ts';
import {
  type Acceptor,
  RESPONSE_CHECK_ORDER,
  RESPONSE_CHECKS,
  type ResponseCheck,
  STATIC_CHALLENGE,
} from './acceptor.ts';
import * as ntlm from './ntlm-effects.ts';
import { type NtlmPolicy, POLICY_GUARDS } from './policy.ts';

export type NtlmServerInput = Omit<Acceptor, 'challenge'> & {
  readonly connection: ConnectionName;
  readonly policy: NtlmPolicy;
  /** The bound on fresh challenges: how many serials, and whether they start anew when it opens. */
  readonly challenges: { readonly max: number; readonly restart: boolean };
};

type Context = NtlmServerInput & {
  readonly challenge: Challenge | null; // non-null exactly in `awaitingAuthenticate`
  readonly serial: number; // of the next challenge
  readonly identity: Credential | null; // non-null exactly in `authenticated`
};
const request = { actions: { type: 'requestPage', params: ntlm.page } } as const;
const reject = { type: 'reject', params: server.unauthorized } as const;
const refusal = (check: ResponseCheck) =>
  ({
    guard: { type: check, params: ({ event }: ntlm.Proven) => event.response },
    target: '.refusing',
    actions: [{ type: 'signalRejected', params: ntlm.rejectedFor(check) }, reject],
  }) as const;

export const ntlmServerConnection = setup({
  types: {
    context: {} as Context,
    events: {} as ServerEvent,
    input: {} as NtlmServerInput,
    emitted: {} as Signal,
  },
  actions: {
    restartSerials: assign(({ context: c }) => ({ serial: c.challenges.restart ? 0 : c.serial })),
    issueChallenge: assign(({ context: { connection, serial, challenges, defences } }) => ({
      challenge: defences.challenges === 'fresh' ? { connection, serial } : STATIC_CHALLENGE,
      serial: (serial + 1) % challenges.max,
    })),
    spendChallenge: assign({ challenge: null }),
    bindUser: assign((_, response: Response) => ({ identity: tokenOf(response) })),
    unbindUser: assign({ identity: null }),
    sendChallenge: sends<WireEvent>(),
    sendPage: sends<WireEvent>(),
    sendRedirect: sends<WireEvent>(),
    reject: sends<WireEvent>(),
    requestPage: sends<PageEvent>(),
    abandonPage: sends<PageEvent>(),
    signalIssued: signals('issued'),
    signalMessage: signals('message'),
    signalCommit: signals('commit'),
    signalRejected: signals('rejected'),
    signalLearned: signals('learned'),
    signalClosed: signals('closed'),
    ignore: () => {},
  },
  guards: {
    ...RESPONSE_CHECKS,
    ...POLICY_GUARDS,
  },
}).createMachine({
  id: 'ntlmServerConnection',
  context: ({ input }) => ({ ...input, challenge: null, serial: 0, identity: null }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        'connection.opened': { target: 'awaitingNegotiate', actions: 'restartSerials' },
        '*': { actions: 'ignore' },
      },
    },
    awaitingNegotiate: { on: { NEGOTIATE_MESSAGE: 'awaitingAuthenticate' } },
    awaitingAuthenticate: {
      entry: [
        'issueChallenge',
        { type: 'signalIssued', params: ntlm.issued },
        { type: 'signalMessage', params: ntlm.message },
        { type: 'sendChallenge', params: ntlm.challenge },
      ],
      exit: 'spendChallenge',
      initial: 'waiting',
      states: {
        waiting: {},
        refusing: {
          always: [
            { guard: 'keepsChallenge', target: 'waiting' },
            { guard: 'losesConnection', target: '#ntlmServerConnection.poisoned' },
            { target: '#ntlmServerConnection.awaitingNegotiate' },
          ],
        },
      },
      on: {
        AUTHENTICATE_MESSAGE: [
          ...RESPONSE_CHECK_ORDER.map(refusal),
          {
            target: 'authenticated',
            actions: [
              { type: 'bindUser', params: ({ event }) => event.response },
              { type: 'signalCommit', params: ntlm.commit },
              { type: 'signalLearned', params: ntlm.learned },
              { type: 'requestPage', params: ntlm.page },
            ],
          },
        ],
        NEGOTIATE_MESSAGE: [
          { guard: 'renewsChallenge', target: 'awaitingAuthenticate', reenter: true },
          { target: 'poisoned', actions: reject },
        ],
        'http.request': [
          { guard: 'allowsRequest', ...request },
          { target: 'awaitingNegotiate', actions: reject },
        ],
        'http.request.basic': [
          { guard: 'allowsRequest', actions: reject },
          { target: 'awaitingNegotiate', actions: reject },
        ],
        'page.unauthorized': { actions: reject },
      },
    },
    authenticated: {
      exit: 'unbindUser',
      on: {
        'page.ready': {
          guard: 'isForOneRequest',
          target: 'awaitingNegotiate',
          actions: { type: 'sendPage', params: server.ok },
        },
        'page.moved': {
          guard: 'isForOneRequest',
          target: 'awaitingNegotiate',
          actions: { type: 'sendRedirect', params: server.redirect },
        },
        NEGOTIATE_MESSAGE: [
          { guard: 'ignoresHeader', ...request },
          { guard: 'startsAnew', target: 'awaitingAuthenticate' },
          { target: 'poisoned', actions: reject },
        ],
        AUTHENTICATE_MESSAGE: [
          { guard: 'ignoresHeader', ...request },
          { guard: 'startsAnew', target: 'awaitingNegotiate', actions: reject },
          { target: 'poisoned', actions: reject },
        ],
        'http.request.basic': [
          { guard: 'ignoresBasic', ...request },
          { guard: 'refusesBasic', actions: reject },
          { target: 'awaitingNegotiate', actions: reject },
        ],
      },
    },
    poisoned: {
      on: {
        'page.unauthorized': { actions: reject },
        NEGOTIATE_MESSAGE: { actions: reject },
        AUTHENTICATE_MESSAGE: { actions: reject },
        'http.request.basic': { actions: reject },
      },
    },
  },
  on: {
    'http.request': request,
    'page.ready': { actions: { type: 'sendPage', params: server.ok } },
    'page.moved': { actions: { type: 'sendRedirect', params: server.redirect } },
    'connection.closed': {
      target: '.closed',
      actions: [
        { type: 'abandonPage', params: server.abandonPage },
        { type: 'signalClosed', params: server.closed },
      ],
    },
    // "Unexpected messages cause the authentication to fail." MS-NTHT 3.1.5.1
    '*': { target: '.awaitingNegotiate', actions: reject },
  },
});
