/**
 * Hears one connection. Violated when the server accepts a response to any other challenge than the
 * last that it issued there.
 *
 * @source MS-NLMP 3.2.5.1.2 (the response is computed anew over the server's own challenge)
 */

import { assign, setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { Challenge } from '../../machines/vocabulary/terms.ts';

type Context = { readonly last: Challenge | null }; // null: none yet
type Commit = Extract<Signal, { type: 'commit' }>;

export const ownChallenge = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    note: assign((_, last: Challenge) => ({ last })),
    forget: assign({ last: null }),
  },
  guards: {
    isForeign: ({ context: { last } }, { challenge }: Commit) =>
      last === null ||
      !same(challenge?.connection, last.connection) ||
      !same(challenge?.serial, last.serial),
  },
}).createMachine({
  id: 'ownChallenge',
  description: 'Watches one connection for an accepted answer to another challenge than its last.',
  context: { last: null },
  initial: 'watching',
  states: {
    watching: {
      description: 'Each accepted answer was to the last challenge.',
      on: {
        issued: { actions: { type: 'note', params: ({ event }) => event.challenge } },
        commit: { guard: { type: 'isForeign', params: theEvent }, target: 'violated' },
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'An answer to another challenge was accepted.' },
  },
});
