/**
 * Hears one connection of the adversary's. It is `refused` once the server has refused a response
 * that was computed by somebody who holds the user's key.
 *
 * @source MS-NLMP 3.2.5.1.2 (a right response is not enough)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { isPasswordOf } from '../../machines/vocabulary/terms.ts';

type Rejected = Extract<Signal, { type: 'rejected' }>;

export const refusedWithKey = setup({
  types: { events: {} as Signal },
  guards: {
    isRight: (_, { response: { user, key } }: Rejected) => user !== null && isPasswordOf(key, user),
  },
}).createMachine({
  id: 'refusedWithKey',
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        rejected: { guard: { type: 'isRight', params: ({ event }) => event }, target: 'refused' },
      },
    },
    refused: {},
  },
});
