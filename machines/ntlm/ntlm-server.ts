/**
 * The server side of NTLM on one connection slot. One opening is one TCP connection: challenge and
 * identity last as long as it does. The machine answers every event in every state.
 *
 * @source MS-NLMP 3.2.5.1; MS-NTHT 2.2.1, 3.1.5.1; MS-N2HT 3.2.5 (a 401 ends what was persistent)
 */
import { assign, setup } from 'xstate';
import * as server from '../http/server-side.ts';
import { type PageEvent, type ServerEvent, sends, type WireEvent } from '../vocabulary/messages.ts';
import { following } from '../vocabulary/names.ts';
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
  RESPONSE_CHECKS,
  type ResponseCheck,
  STATIC_CHALLENGE,
} from './acceptor.ts';
import * as ntlm from './ntlm-effects.ts';
import { type NtlmPolicy, POLICY_GUARDS } from './policy.ts';

export type NtlmServerInput = Omit<Acceptor, 'challenge'> & {
  readonly connection: ConnectionName;
  readonly policy: NtlmPolicy;
  /** The number of serials before they repeat, and whether an opening restarts them at 0. */
  readonly challenges: { readonly max: number; readonly restart: boolean };
};

type Context = NtlmServerInput & {
  readonly challenge: Challenge | null; // non-null exactly in `awaitingAuthenticate`
  readonly serial: number; // of the next challenge
  readonly identity: Credential | null; // non-null exactly in `authenticated`
};
const request = { actions: { type: 'requestPage', params: ntlm.page } } as const;
const reject = { type: 'reject', params: server.unauthorized } as const;
const forbid = { type: 'forbid', params: server.forbidden } as const;
const response = ({ event }: ntlm.Proven) => event.response;

/** The transition that refuses a response because of one check. */
const refusedIf = <Check extends ResponseCheck>(check: Check) =>
  ({
    guard: { type: check, params: response },
    target: '.refusing',
    actions: { type: 'signalRejected', params: ntlm.rejectedFor(check) },
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
      serial: following(serial, challenges.max),
    })),
    spendChallenge: assign({ challenge: null }),
    bindUser: assign((_, response: Response) => ({ identity: tokenOf(response) })),
    unbindUser: assign({ identity: null }),
    sendChallenge: sends<WireEvent>(),
    sendPage: sends<WireEvent>(),
    sendRedirect: sends<WireEvent>(),
    forbid: sends<WireEvent>(),
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
  description: 'The server side of NTLM on one connection. A sign-in belongs to the connection.',
  context: ({ input }) => ({ ...input, challenge: null, serial: 0, identity: null }),
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no TCP connection.',
      on: {
        'connection.opened': { target: 'awaitingNegotiate', actions: 'restartSerials' },
        '*': { actions: 'ignore' },
      },
    },
    awaitingNegotiate: {
      description: 'The connection is open and no user is signed in on it.',
      on: { NEGOTIATE_MESSAGE: 'awaitingAuthenticate' },
    },
    awaitingAuthenticate: {
      description: 'A challenge is outstanding on this connection.',
      entry: [
        'issueChallenge',
        { type: 'signalIssued', params: ntlm.issued },
        { type: 'signalMessage', params: ntlm.message },
        { type: 'sendChallenge', params: ntlm.challenge },
      ],
      exit: 'spendChallenge',
      initial: 'waiting',
      states: {
        waiting: { description: 'The client has not answered the challenge.' },
        refusing: {
          description: 'The response was refused. The policy decides what the client receives.',
          always: [
            { guard: 'forbids', target: 'refused', actions: forbid },
            { target: 'refused', actions: reject },
          ],
        },
        refused: {
          description: 'The refusal was sent. The policy decides what becomes of the challenge.',
          always: [
            { guard: 'keepsChallenge', target: 'waiting' },
            { guard: 'losesConnection', target: '#ntlmServerConnection.poisoned' },
            { target: '#ntlmServerConnection.awaitingNegotiate' },
          ],
        },
      },
      on: {
        AUTHENTICATE_MESSAGE: [
          refusedIf('isUnproven'),
          refusedIf('isOutdated'),
          refusedIf('isForAnotherServer'),
          refusedIf('isBoundElsewhere'),
          refusedIf('isMeantForAnother'),
          refusedIf('isTamperedWith'),
          refusedIf('isFromHere'),
          {
            target: 'authenticated',
            actions: [
              { type: 'bindUser', params: response },
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
      description: 'A user is signed in on this connection. Requests are served as that user.',
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
        'page.forbidden': {
          guard: 'isForOneRequest',
          target: 'awaitingNegotiate',
          actions: forbid,
        },
        'page.unauthorized': [
          { guard: 'keepsSignIn', actions: reject },
          { target: 'awaitingNegotiate', actions: reject },
        ],
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
      description: 'No sign-in can succeed on this connection any more.',
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
    'page.forbidden': { actions: forbid },
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
