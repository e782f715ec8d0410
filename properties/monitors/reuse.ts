/**
 * Hears one connection. `reused` once the server has served a second request to a user without a
 * further message of a handshake.
 *
 * @source MS-N2HT 3.2.5 (authentication that persists should not be repeated)
 */

import { setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';

type Served = { readonly user: UserName | null };

export const reuse = setup({
  types: { events: {} as Signal },
  guards: { isToUser: (_, { user }: Served) => user !== null },
}).createMachine({
  id: 'reuse',
  description: 'Watches one connection for a second request served on one sign-in.',
  initial: 'signedOut',
  states: {
    signedOut: { description: 'No user is signed in.', on: { commit: 'proven' } },
    proven: {
      description: 'A user was accepted and not served yet.',
      on: {
        served: { guard: { type: 'isToUser', params: theEvent }, target: 'signedIn' },
        answered: 'signedOut',
      },
    },
    signedIn: {
      description: 'A user is signed in and was served.',
      on: { asked: 'asking', closed: 'signedOut' },
    },
    asking: {
      description: 'A later request is under way.',
      on: {
        served: { guard: { type: 'isToUser', params: theEvent }, target: 'reused' },
        message: 'signedOut',
        answered: 'signedOut',
      },
    },
    reused: {
      description: 'A later request was served without a new handshake.',
      on: { asked: 'asking', closed: 'signedOut' },
    },
  },
});
