/**
 * Violated when responses to one challenge are accepted twice, on any connection. It stores every
 * accepted serial, so that it suits systems with a bounded number of challenges.
 *
 * @source MS-NLMP 3.2.5.1.1 (a nonce, "intended for one-time use"); Lowe, A Hierarchy of
 *   Authentication Specifications, 1997, 2.4 (agreement)
 */

import { assign, setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { Challenge, ConnectionName } from '../../machines/vocabulary/terms.ts';

type Input = { readonly connection: ConnectionName };
type Context = Input & { readonly accepted: readonly number[] }; // serials, ascending

export const acceptedOnce = setup({
  types: { context: {} as Context, events: {} as Signal, input: {} as Input },
  actions: {
    note: assign(({ context: { accepted } }, { serial }: Challenge) => ({
      accepted: [...accepted, serial].sort((a, b) => a - b),
    })),
  },
  guards: {
    isAgain: ({ context }, challenge: Challenge | null) =>
      challenge?.connection === context.connection && context.accepted.includes(challenge.serial),
    isIssuedHere: ({ context }, challenge: Challenge | null) =>
      challenge?.connection === context.connection,
  },
}).createMachine({
  id: 'acceptedOnce',
  description:
    'Watches all connections of one server for a second accepted answer to one challenge.',
  context: ({ input }) => ({ ...input, accepted: [] }),
  initial: 'watching',
  states: {
    watching: {
      description: 'No challenge has been answered twice.',
      on: {
        commit: [
          {
            guard: { type: 'isAgain', params: ({ event }) => event.challenge },
            target: 'violated',
          },
          {
            guard: { type: 'isIssuedHere', params: ({ event }) => event.challenge },
            actions: { type: 'note', params: ({ event }) => event.challenge! },
          },
        ],
      },
    },
    violated: { description: 'Two answers to one challenge were accepted.' },
  },
});
