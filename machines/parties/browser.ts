/**
 * A browser with its user, towards one protection space: what it remembers, and its prompt.
 *
 * What is remembered is the password (or a logon handle), never a token: each challenge is
 * answered afresh. The prompt is modal: what another tab hears in the meantime waits. A redirect to
 * another host is for the same user's browser there, which remembers a password of its own or none.
 *
 * @source RFC 7617 2.2 (reuse within a protection space); RFC 9110 11.5 (which ends with its
 *   server), 15.4 (a redirect takes no Authorization along); KB Q264921 (the first request is
 *   anonymous); KB Q183545
 */
import { assign, setup } from 'xstate';
import { type ClientEvent, type NavigationEvent, sends } from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { Secret } from '../vocabulary/terms.ts';
import * as browsing from './browsing.ts';

export type { BrowserEvent } from './browsing.ts';

export const browser = setup({
  types: {
    context: {} as browsing.Context,
    events: {} as browsing.BrowserEvent,
    input: {} as browsing.BrowserInput,
    emitted: {} as Signal,
  },
  actions: {
    remember: assign(({ context }, { secret }: { secret: Secret }) => ({
      credential: { user: context.user, secret },
    })),
    forget: assign({ credential: null }),
    suspend: assign((_, visit: browsing.Visit) => ({ visit })),
    resume: assign({ visit: null }),
    sendFetch: sends<ClientEvent>(),
    goOn: sends<NavigationEvent>(),
    signalPrompted: signals('prompted'),
    signalEntered: signals('entered'),
    signalFollowed: signals('followed'),
    show: () => {}, // a page, or why there is none
  },
  guards: {
    isAsking: ({ context }) => context.visit !== null,
    /** There was something to present, and it did not help: it is not kept. */
    wasPresented: (_, { presented }: { presented: boolean }) => presented,
    /** Refused before the password was known: it is worth another try, without a prompt. */
    canRetry: ({ context }, { presented }: { presented: boolean }) =>
      context.credential !== null && !presented,
    /** Within its protection space alone, and that ends with the server. */
    mayCarry: ({ context }, { to }: browsing.Redirected) => to === context.server,
  },
}).createMachine({
  id: 'browser',
  context: ({ input }) => ({ ...input, credential: null, visit: null }),
  type: 'parallel',
  states: {
    credentials: {
      initial: 'none',
      states: {
        none: { on: { 'user.types': { guard: 'isAsking', target: 'remembered' } } },
        remembered: {
          on: {
            'owner.unauthorized': {
              guard: { type: 'wasPresented', params: ({ event }) => event },
              target: 'none',
              actions: 'forget',
            },
          },
        },
      },
    },
    prompt: {
      initial: 'hidden',
      states: {
        hidden: {
          on: {
            'user.visits': { actions: { type: 'sendFetch', params: browsing.visited } },
            'browser.navigated': {
              actions: [
                { type: 'signalFollowed', params: browsing.wasRedirected },
                { type: 'sendFetch', params: browsing.followed },
              ],
            },
            'owner.unauthorized': [
              {
                guard: { type: 'canRetry', params: ({ event }) => event },
                actions: { type: 'sendFetch', params: browsing.retried },
              },
              {
                target: 'asking',
                actions: { type: 'suspend', params: ({ event }) => browsing.refused(event) },
              },
            ],
          },
        },
        asking: {
          entry: { type: 'signalPrompted', params: browsing.prompted },
          on: {
            'user.types': {
              target: 'hidden',
              actions: [
                { type: 'signalEntered', params: browsing.entered },
                { type: 'remember', params: ({ event }) => event },
                { type: 'sendFetch', params: browsing.resumed },
                'resume',
              ],
            },
            'user.cancels': { target: 'hidden', actions: 'resume' },
          },
        },
      },
    },
  },
  on: {
    'owner.redirected': [
      {
        guard: { type: 'mayCarry', params: ({ event }) => event },
        actions: { type: 'goOn', params: browsing.goOnWithCredential },
      },
      { actions: { type: 'goOn', params: browsing.goOn } },
    ],
    'owner.fetched': { actions: 'show' },
    'owner.disconnected': { actions: 'show' },
  },
});
