/**
 * A user's browser towards one protection space: the password it remembers, and its prompt.
 *
 * The browser remembers the password (or a logon handle), never a token, and answers each challenge
 * afresh. The prompt is modal: events for other tabs wait until it closes. After a redirect to
 * another host, the same user's browser for that host goes on, with its own password or none.
 *
 * @source RFC 7617 2.2 (reuse within a protection space); RFC 9110 11.5 (which ends with its
 *   server), 15.4 (a redirect takes no Authorization along); KB Q264921 (the first request is
 *   anonymous); KB Q183545
 */
import { assign, setup } from 'xstate';
import { type ClientEvent, type NavigationEvent, sends } from '../vocabulary/messages.ts';
import { same } from '../vocabulary/names.ts';
import { theEvent } from '../vocabulary/reading.ts';
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
    show: () => {}, // the page, or the reason why there is none
  },
  guards: {
    isAsking: ({ context }) => context.visit !== null,
    /** The browser presented the password and was refused: it forgets it. */
    wasPresented: (_, { presented }: { presented: boolean }) => presented,
    /** Refused before the password was known: the browser tries again without a prompt. */
    canRetry: ({ context }, { presented }: { presented: boolean }) =>
      context.credential !== null && !presented,
    /** A password stays within its protection space, which ends with the server. */
    mayCarry: ({ context }, { to }: browsing.Redirected) => same(to, context.server),
  },
}).createMachine({
  id: 'browser',
  description: 'A user with a browser, towards one server: a remembered password and a prompt.',
  context: ({ input }) => ({ ...input, credential: null, visit: null }),
  type: 'parallel',
  states: {
    credentials: {
      description: 'What the browser can present.',
      initial: 'none',
      states: {
        none: {
          description: 'The browser remembers no password.',
          on: { 'user.types': { guard: 'isAsking', target: 'remembered' } },
        },
        remembered: {
          description: 'The browser remembers a password.',
          on: {
            'owner.unauthorized': {
              guard: { type: 'wasPresented', params: theEvent },
              target: 'none',
              actions: 'forget',
            },
          },
        },
      },
    },
    prompt: {
      description: 'The prompt for a user name and a password.',
      initial: 'hidden',
      states: {
        hidden: {
          description: 'There is no prompt.',
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
                guard: { type: 'canRetry', params: theEvent },
                actions: { type: 'sendFetch', params: browsing.retried },
              },
              {
                target: 'asking',
                actions: { type: 'suspend', params: browsing.refusedVisit },
              },
            ],
          },
        },
        asking: {
          description: 'The prompt waits for the user.',
          entry: { type: 'signalPrompted', params: browsing.prompted },
          on: {
            'user.types': {
              target: 'hidden',
              actions: [
                { type: 'signalEntered', params: browsing.entered },
                { type: 'remember', params: theEvent },
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
        guard: { type: 'mayCarry', params: theEvent },
        actions: { type: 'goOn', params: browsing.goOnWithCredential },
      },
      { actions: { type: 'goOn', params: browsing.goOn } },
    ],
    'owner.fetched': { actions: 'show' },
    'owner.forbidden': { actions: 'show' },
    'owner.disconnected': { actions: 'show' },
  },
});
