/**
 * One connection slot of a reverse proxy to the host behind it. It knows no credentials: it sends
 * on what a downstream gives it, and gives the reply back.
 *
 * The downstream that pins it owns it until it closes. Released, it closes, so that nobody inherits what
 * is signed in on it; closed by anybody else, it tells its owner, whose client would believe in a
 * sign-in that is gone. To a downstream that pins nothing, one idle connection is as good as another: so
 * a path that forgets to pin gets at those that others have pinned.
 *
 * @source RFC 4559 6 (authenticated connections are not shared between clients); RFC 9112 9.3, 9.6
 */
import { assign, setup } from 'xstate';
import { open } from '../http/client-side.ts';
import {
  type DownstreamEvent,
  type Port,
  sends,
  type UpstreamEvent,
  type WireEvent,
} from '../vocabulary/messages.ts';
import * as proxy from './proxy-effects.ts';

type Context = {
  readonly owner: Port | null; // the downstream it is pinned to; null in `closed` and `free`
  readonly downstream: Port | null; // whose request is under way; non-null exactly in `busy`
};
type Forwarded = Extract<UpstreamEvent, { type: 'upstream.forward' }>;
type From = { readonly from: Port };

const carry = [
  { type: 'take', params: ({ event }: { event: Forwarded }) => event },
  { type: 'sendOn', params: proxy.sendOn },
] as const;
const giveBack = { type: 'giveBack', params: proxy.giveBack } as const;
const reportToDownstream = {
  type: 'reportToDownstream',
  params: proxy.reportToDownstream,
} as const;
const reportToOwner = { type: 'reportToOwner', params: proxy.reportToOwner } as const;
const close = { type: 'close', params: proxy.close } as const;
const returning = [
  { guard: 'isPinned', target: 'kept', actions: [giveBack, 'finish'] },
  { target: 'free', actions: [giveBack, 'finish'] },
] as const;

export const upstreamConnection = setup({
  types: { context: {} as Context, events: {} as UpstreamEvent },
  actions: {
    take: assign(({ context }, { from, pin }: Forwarded) => ({
      downstream: from,
      owner: pin ? from : context.owner,
    })),
    finish: assign({ downstream: null }),
    unpin: assign({ owner: null }),
    connect: sends<WireEvent>(),
    sendOn: sends<WireEvent>(),
    close: sends<WireEvent>(),
    giveBack: sends<DownstreamEvent>(),
    reportToDownstream: sends<DownstreamEvent>(),
    reportToOwner: sends<DownstreamEvent>(),
  },
  guards: {
    /** Its owner's, or that of anybody who has no use for a connection of its own. */
    isFreeFor: ({ context: { owner } }, { from, pin }: Forwarded) => !pin || from === owner,
    isOwner: ({ context: { owner } }, { from }: From) => from === owner,
    isPinned: ({ context: { owner } }) => owner !== null,
    /** Its owner waits for nothing, and would not hear of it. */
    isBorrowed: ({ context: { owner, downstream } }) => owner !== null && owner !== downstream,
  },
}).createMachine({
  id: 'upstreamConnection',
  context: { owner: null, downstream: null },
  initial: 'closed',
  states: {
    closed: {
      on: {
        'upstream.forward': {
          target: 'busy',
          actions: [carry[0], { type: 'connect', params: open }, carry[1]],
        },
      },
    },
    /** Idle, and nobody's: whoever takes it takes it as the last one left it. */
    free: {
      on: {
        'upstream.forward': { target: 'busy', actions: carry },
        'upstream.release': { actions: close },
        'connection.closed': 'closed',
      },
    },
    kept: {
      on: {
        'upstream.forward': {
          guard: { type: 'isFreeFor', params: ({ event }) => event },
          target: 'busy',
          actions: carry,
        },
        'upstream.release': [
          {
            guard: { type: 'isOwner', params: ({ event }) => event },
            target: 'free',
            actions: ['unpin', close],
          },
          { actions: close },
        ],
        'connection.closed': { target: 'closed', actions: [reportToOwner, 'unpin'] },
      },
    },
    busy: {
      on: {
        'http.ok': returning,
        'http.redirect': returning,
        'http.unauthorized': returning,
        CHALLENGE_MESSAGE: returning,
        'upstream.release': { actions: ['unpin', close] },
        'connection.closed': [
          {
            guard: 'isBorrowed',
            target: 'closed',
            actions: [reportToDownstream, reportToOwner, 'finish', 'unpin'],
          },
          { target: 'closed', actions: [reportToDownstream, 'finish', 'unpin'] },
        ],
      },
    },
  },
});
