/**
 * Violated by the fourth message of a handshake that serves one request.
 *
 * @source MS-NLMP 1.3.1.1 (NEGOTIATE, CHALLENGE, AUTHENTICATE); MS-NTHT 3.1.5.1
 */
import { assign, setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import { type Here, isHere } from './here.ts';

type Context = Here & { readonly legs: number }; // since the request was made, 0 to 3

export const threeLegs = setup({
  types: { context: {} as Context, events: {} as Claim, input: {} as Here },
  actions: {
    count: assign(({ context }) => ({ legs: context.legs + 1 })),
    reset: assign({ legs: 0 }),
  },
  guards: {
    isHere,
    isFourth: ({ context }, { connection }: Here) =>
      connection === context.connection && context.legs === 3,
  },
}).createMachine({
  id: 'threeLegs',
  context: ({ input }) => ({ ...input, legs: 0 }),
  initial: 'watching',
  states: {
    watching: {
      on: {
        leg: [
          { guard: { type: 'isFourth', params: ({ event }) => event }, target: 'violated' },
          { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'count' },
        ],
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'reset' },
      },
    },
    violated: {},
  },
});
