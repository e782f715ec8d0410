/**
 * The downstream side of a reverse proxy on one connection: it forwards each request over an
 * upstream connection and passes the reply back. It authenticates no user and reads no credentials.
 *
 * On a pinned path it keeps one upstream connection for itself, and the two close together, because
 * the client believes that its connection is signed in. When a reply is lost it closes the
 * connection: a 502 would be "any return code other than 401", and so a successful sign-in.
 *
 * @source RFC 4559 6; RFC 9110 7.6; MS-NTHT 2.2.2 (what counts as success)
 */
import { assign, setup } from 'xstate';
import {
  type DownstreamEvent,
  type Port,
  type Request,
  sends,
  type UpstreamEvent,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { same } from '../vocabulary/names.ts';
import { theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import * as proxy from './proxy-effects.ts';

type Context = proxy.DownstreamInput & {
  readonly request: Request | null; // non-null exactly in `holding`
  readonly via: Port | null; // the upstream connection in use; between requests, the pinned one
};

const hold = {
  target: 'holding',
  actions: { type: 'hold', params: ({ event }: { event: Request }) => proxy.asSent(event) },
} as const;
const signalAnswered = { type: 'signalAnswered', params: proxy.answered } as const;
const passBack = { type: 'passBack', params: proxy.passBack } as const;
const release = { type: 'release', params: proxy.release } as const;
const hangUp = { type: 'hangUp', params: proxy.close } as const;

export const downstreamConnection = setup({
  types: {
    context: {} as Context,
    events: {} as DownstreamEvent,
    input: {} as proxy.DownstreamInput,
    emitted: {} as Signal,
  },
  actions: {
    hold: assign((_, request: Request) => ({ request })),
    drop: assign({ request: null }),
    choose: assign((_, { via }: { via: Port }) => ({ via })),
    leave: assign({ via: null }),
    sendForward: sends<UpstreamEvent>(),
    release: sends<UpstreamEvent>(),
    passBack: sends<WireEvent>(),
    hangUp: sends<WireEvent>(),
    signalAsked: signals('asked'),
    signalAnswered: signals('answered'),
    signalLearned: signals('learned'),
  },
  guards: {
    /** Any upstream connection, or the pinned one where there is one. */
    mayGoBy: ({ context: { via } }, forward: { via: Port }) =>
      via === null || same(via, forward.via),
    isPinned: ({ context: { upstream } }) => upstream === 'pinned',
    isPooled: ({ context: { upstream } }) => upstream === 'pooled',
    hasPin: ({ context: { via } }) => via !== null,
  },
}).createMachine({
  id: 'downstreamConnection',
  description: 'The client-facing side of a reverse proxy on one connection.',
  context: ({ input }) => ({ ...input, request: null, via: null }),
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no TCP connection.',
      on: { 'connection.opened': 'idle' },
    },
    idle: {
      description: 'The connection is open and no request is under way.',
      on: {
        'http.request': hold,
        'http.request.basic': {
          target: 'holding',
          actions: [hold.actions, { type: 'signalLearned', params: proxy.learned }],
        },
        NEGOTIATE_MESSAGE: hold,
        AUTHENTICATE_MESSAGE: hold,
        'downstream.broken': { actions: ['leave', hangUp] },
        'connection.closed': [
          { guard: 'hasPin', target: 'closed', actions: [release, 'leave'] },
          { target: 'closed' },
        ],
      },
    },
    holding: {
      description: 'A request waits for an upstream connection.',
      on: {
        'proxy.forward': {
          guard: { type: 'mayGoBy', params: theEvent },
          target: 'waiting',
          actions: [
            { type: 'choose', params: theEvent },
            { type: 'signalAsked', params: proxy.asked },
            { type: 'sendForward', params: proxy.forward },
            'drop',
          ],
        },
        'downstream.broken': { target: 'idle', actions: ['drop', 'leave', hangUp] },
        'connection.closed': [
          { guard: 'hasPin', target: 'closed', actions: ['drop', release, 'leave'] },
          { target: 'closed', actions: 'drop' },
        ],
      },
    },
    waiting: {
      description: 'The request was forwarded.',
      on: {
        'downstream.returned': [
          { guard: 'isPinned', target: 'idle', actions: [passBack, signalAnswered] },
          { guard: 'isPooled', target: 'idle', actions: [passBack, signalAnswered, 'leave'] },
          { target: 'idle', actions: [passBack, signalAnswered, release, 'leave'] },
        ],
        'downstream.broken': { target: 'idle', actions: [signalAnswered, 'leave', hangUp] },
        'connection.closed': 'draining',
      },
    },
    draining: {
      description: 'The client is gone. The reply has not come back yet.',
      on: {
        'downstream.returned': [
          { guard: 'isPooled', target: 'closed', actions: [signalAnswered, 'leave'] },
          { target: 'closed', actions: [signalAnswered, release, 'leave'] },
        ],
        'downstream.broken': { target: 'closed', actions: [signalAnswered, 'leave'] },
      },
    },
  },
});
