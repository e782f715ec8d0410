/**
 * Violated when responses to one challenge are accepted twice, on any connection. There is a
 * monitor for each challenge.
 *
 * @source MS-NLMP 3.2.5.1.1 (a nonce, "intended for one-time use"); Lowe, A Hierarchy of
 *   Authentication Specifications, 1997, 2.4 (agreement)
 */

import { setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { Challenge } from '../../machines/vocabulary/terms.ts';

export const acceptedOnce = setup({
  types: { context: {} as Challenge, events: {} as Signal, input: {} as Challenge },
  guards: {
    isOfThis: ({ context: { connection, serial } }, challenge: Challenge | null) =>
      challenge !== null &&
      same(challenge.connection, connection) &&
      same(challenge.serial, serial),
  },
}).createMachine({
  id: 'acceptedOnce',
  description: 'Watches all connections of one server for two accepted answers to one challenge.',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      description: 'The challenge has not been answered.',
      on: {
        commit: {
          guard: { type: 'isOfThis', params: ({ event }) => event.challenge },
          target: 'answered',
        },
      },
    },
    answered: {
      description: 'An answer to the challenge was accepted.',
      on: {
        commit: {
          guard: { type: 'isOfThis', params: ({ event }) => event.challenge },
          target: 'violated',
        },
      },
    },
    violated: { description: 'Two answers to one challenge were accepted.' },
  },
});
