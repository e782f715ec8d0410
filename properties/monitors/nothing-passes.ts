/**
 * Hears the proofs of one client connection of a middle tier. Violated when a server accepts one,
 * or refuses a response that was computed with a key.
 *
 * @source KB 329986 (the next hop sees ANONYMOUS LOGON); MS-NLMP 3.2.5.1.2 (anonymous responses)
 */

import { setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';

type Rejected = Extract<Signal, { type: 'rejected' }>;

export const nothingPasses = setup({
  types: { events: {} as Signal },
  guards: { hadKey: (_, { response }: Rejected) => response.key !== null },
}).createMachine({
  id: 'nothingPasses',
  description: 'Watches one connection of a middle tier that holds no password.',
  initial: 'watching',
  states: {
    watching: {
      description: 'Nothing but refusals for lack of a key has happened.',
      on: {
        commit: 'violated',
        rejected: { guard: { type: 'hadKey', params: theEvent }, target: 'violated' },
      },
    },
    violated: { description: 'The next server accepted, or refused for another reason.' },
  },
});
