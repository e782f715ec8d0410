/**
 * Hears one connection. Violated by the fourth message of the handshakes that serve one request.
 *
 * @source MS-NLMP 1.3.1.1 (NEGOTIATE, CHALLENGE, AUTHENTICATE); MS-NTHT 3.1.5.1
 */
import { assign, setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

type Context = { readonly messages: number }; // since the request was made, 0 to 3

export const threeMessages = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    count: assign(({ context }) => ({ messages: context.messages + 1 })),
    reset: assign({ messages: 0 }),
  },
  guards: { areThree: ({ context }) => context.messages === 3 },
}).createMachine({
  id: 'threeMessages',
  description: 'Watches one connection for a fourth handshake message for one request.',
  context: { messages: 0 },
  initial: 'watching',
  states: {
    watching: {
      description: 'The request has taken three handshake messages at most.',
      on: {
        message: [{ guard: 'areThree', target: 'violated' }, { actions: 'count' }],
        answered: { actions: 'reset' },
      },
    },
    violated: { description: 'The request has taken a fourth handshake message.' },
  },
});
