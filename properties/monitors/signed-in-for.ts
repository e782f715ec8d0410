/**
 * Hears one connection of a program. Violated when a request is served for another purpose than the
 * one for which the connection was signed in.
 *
 * @source RFC 4559 6; RFC 9110 16.4.2; curl CVE-2014-0015 and later ones
 */

import { assign, setup } from 'xstate';
import { areAlike, POOL_KEY, type Purpose } from '../../machines/vocabulary/purpose.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';

type Context = {
  readonly asked: Purpose | null; // by the last request; null: there is none, or it has no purpose
  readonly signedInFor: Purpose | null; // the purpose of the request with which it last signed in
};

export const signedInFor = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    note: assign((_, { purpose }: Extract<Signal, { type: 'asked' }>) => ({ asked: purpose })),
    bind: assign(({ context: { asked } }) => ({ signedInFor: asked })),
    forget: assign({ asked: null, signedInFor: null }),
  },
  guards: {
    isForSomethingElse: ({ context: { asked, signedInFor } }) =>
      asked === null || signedInFor === null || !areAlike(POOL_KEY, asked, signedInFor),
  },
}).createMachine({
  id: 'signedInFor',
  description:
    "Watches one connection of a program for a request of another purpose than its sign-in's.",
  context: { asked: null, signedInFor: null },
  initial: 'watching',
  states: {
    watching: {
      description: 'Each request had the purpose of the sign-in.',
      on: {
        asked: { actions: { type: 'note', params: theEvent } },
        commit: { actions: 'bind' },
        served: { guard: 'isForSomethingElse', target: 'violated' },
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'A request of another purpose was served.' },
  },
});
