/**
 * Hears one connection. Violated when a request is served as a user who did not send it there, or
 * who did not sign in there.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (the sign-in is the connection's); RFC 9110 16.4.2
 */

import { assign, setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';

type Context = {
  readonly asker: UserName | null; // of the request under way
  readonly signedIn: UserName | null; // last accepted on this connection
};
type By = { readonly user: UserName | null };

export const servedAsOwner = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    noteAsker: assign((_, { user }: By) => ({ asker: user })),
    noteSignIn: assign((_, { user }: By) => ({ signedIn: user })),
    forgetAsker: assign({ asker: null }),
    forgetAll: assign({ asker: null, signedIn: null }),
  },
  guards: {
    isAnotherUser: ({ context }, { user }: By) =>
      user !== null && (user !== context.asker || user !== context.signedIn),
  },
}).createMachine({
  id: 'servedAsOwner',
  description: 'Watches one connection for a request served as another user than its sender.',
  context: { asker: null, signedIn: null },
  initial: 'watching',
  states: {
    watching: {
      description: 'Each request was served as its sender.',
      on: {
        asked: { actions: { type: 'noteAsker', params: theEvent } },
        commit: { actions: { type: 'noteSignIn', params: theEvent } },
        served: {
          guard: { type: 'isAnotherUser', params: theEvent },
          target: 'violated',
        },
        answered: { actions: 'forgetAsker' },
        closed: { actions: 'forgetAll' },
      },
    },
    violated: { description: 'A request was served as another user than its sender.' },
  },
});
