/**
 * A reverse proxy behind one inbound connection: it passes each request on over some connection to
 * the host behind, and each reply back. It authenticates nobody, and reads no credentials.
 *
 * Pinned, it keeps one connection to itself, and the two close together: the client's sign-in is
 * its connection's, as far as it knows. Where a reply is lost it hangs up as well: a 502 would be
 * "any return code other than 401", and so a sign-in that succeeded.
 *
 * @source RFC 4559 6; RFC 9110 7.6; MS-NTHT 2.2.2 (what counts as success)
 */
import { assign, setup } from 'xstate';
import type { UpstreamEvent, WireEvent } from '../vocabulary/messages.ts';
import { type DownstreamEvent, type Port, type Request, sends } from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import * as proxy from './proxy-effects.ts';

type Context = proxy.DownstreamInput & {
  readonly request: Request | null; // non-null exactly in `holding`
  readonly via: Port | null; // what serves it; between requests, what it is pinned to
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
  },
  guards: {
    /** Whichever, or the one that it is pinned to. */
    mayGoBy: ({ context: { via } }, forward: { via: Port }) => via === null || via === forward.via,
    isPinned: ({ context: { upstream } }) => upstream === 'pinned',
    isPooled: ({ context: { upstream } }) => upstream === 'pooled',
    hasPin: ({ context: { via } }) => via !== null,
  },
}).createMachine({
  id: 'downstreamConnection',
  context: ({ input }) => ({ ...input, request: null, via: null }),
  initial: 'closed',
  states: {
    closed: { on: { 'connection.opened': 'idle' } },
    idle: {
      on: {
        'http.request': hold,
        'http.request.basic': hold,
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
      on: {
        'proxy.forward': {
          guard: { type: 'mayGoBy', params: ({ event }) => event },
          target: 'waiting',
          actions: [
            { type: 'choose', params: ({ event }) => event },
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
    /** The client has gone; the reply that it no longer waits for has not come back yet. */
    draining: {
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
