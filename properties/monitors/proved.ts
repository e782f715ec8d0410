/**
 * Hears of one party and one server. It is `proved` once the party has proved a user to it, as far
 * as the party knows whom it is talking to.
 *
 * @source MS-NLMP 1.6 (a client cannot tell a spoofed server)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

type Running = Extract<Signal, { type: 'running' }>;

export const proved = setup({
  types: { events: {} as Signal },
  guards: { isSomebody: (_, { user }: Running) => user !== null },
}).createMachine({
  id: 'proved',
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        running: {
          guard: { type: 'isSomebody', params: ({ event }) => event },
          target: 'proved',
        },
      },
    },
    proved: {},
  },
});
