/**
 * One connection slot of a reverse proxy to the host behind it. It holds no credentials: it
 * forwards the requests of downstream connections and passes the replies back.
 *
 * A downstream connection that pins it owns it until it closes. When the owner releases it, it
 * closes, so that no other client inherits its sign-in. When it closes for another reason, it tells
 * its owner, whose client would otherwise believe in a sign-in that is gone. A downstream
 * connection that pins nothing takes any idle connection, even a pinned one: a path that forgets to
 * pin gets at the connections that other paths have pinned.
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
import { same } from '../vocabulary/names.ts';
import { theEvent } from '../vocabulary/reading.ts';
import * as proxy from './proxy-effects.ts';

type Context = {
  readonly owner: Port | null; // that it is pinned to; null in `closed` and `free`
  readonly downstream: Port | null; // that waits for the reply; non-null exactly in `busy`
};
type Forwarded = Extract<UpstreamEvent, { type: 'upstream.forward' }>;
type From = { readonly from: Port };

const carry = [
  { type: 'take', params: theEvent<Forwarded> },
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
    /** For its owner, and for a path that pins nothing. */
    isFreeFor: ({ context: { owner } }, { from, pin }: Forwarded) => !pin || same(from, owner),
    isOwner: ({ context: { owner } }, { from }: From) => same(from, owner),
    isPinned: ({ context: { owner } }) => owner !== null,
    /** Another client's request is under way, so that its owner would not notice. */
    isBorrowed: ({ context: { owner, downstream } }) => owner !== null && !same(owner, downstream),
  },
}).createMachine({
  id: 'upstreamConnection',
  description: 'One connection of a reverse proxy to the host behind it.',
  context: { owner: null, downstream: null },
  initial: 'closed',
  states: {
    closed: {
      description: 'There is no TCP connection.',
      on: {
        'upstream.forward': {
          target: 'busy',
          actions: [carry[0], { type: 'connect', params: open }, carry[1]],
        },
      },
    },
    free: {
      description: 'The connection is open, idle and pinned to no client. Sign-ins on it persist.',
      on: {
        'upstream.forward': { target: 'busy', actions: carry },
        'upstream.release': { actions: close },
        'connection.closed': 'closed',
      },
    },
    kept: {
      description: 'The connection is open, idle and pinned to one client.',
      on: {
        'upstream.forward': {
          guard: { type: 'isFreeFor', params: theEvent },
          target: 'busy',
          actions: carry,
        },
        'upstream.release': [
          {
            guard: { type: 'isOwner', params: theEvent },
            target: 'free',
            actions: ['unpin', close],
          },
          { actions: close },
        ],
        'connection.closed': { target: 'closed', actions: [reportToOwner, 'unpin'] },
      },
    },
    busy: {
      description: 'A request is under way.',
      on: {
        'http.ok': returning,
        'http.redirect': returning,
        'http.forbidden': returning,
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
