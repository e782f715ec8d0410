/**
 * Hears one connection. `reused` once the server has served a second request to a user without a
 * further message of a handshake.
 *
 * @source MS-N2HT 3.2.5 (authentication that persists should not be repeated)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';

type Served = { readonly user: UserName | null };

export const reuse = setup({
  types: { events: {} as Signal },
  guards: { isToUser: (_, { user }: Served) => user !== null },
}).createMachine({
  id: 'reuse',
  initial: 'signedOut',
  states: {
    signedOut: { on: { commit: 'proven' } },
    proven: {
      on: {
        served: { guard: { type: 'isToUser', params: ({ event }) => event }, target: 'signedIn' },
        answered: 'signedOut',
      },
    },
    signedIn: { on: { asked: 'asking', closed: 'signedOut' } },
    asking: {
      on: {
        served: { guard: { type: 'isToUser', params: ({ event }) => event }, target: 'reused' },
        message: 'signedOut',
        answered: 'signedOut',
      },
    },
    reused: { on: { asked: 'asking', closed: 'signedOut' } },
  },
});
