/**
 * Hears one connection of a server. Violated when a request is served, or acted on, as a user who
 * did not cause it, or who is not signed in there.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (the sign-in is the connection's); RFC 9110 16.4.2
 */

import { assign, setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';

type Context = { readonly signedIn: UserName | null }; // last accepted on this connection
type Taken = Extract<Signal, { type: 'served' | 'acting' }>;

const isAnothers = { type: 'isAnothers', params: theEvent<Taken> } as const;

export const servedAsOwner = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    noteSignIn: assign((_, { user }: { user: UserName | null }) => ({ signedIn: user })),
    forget: assign({ signedIn: null }),
  },
  guards: {
    isAnothers: ({ context }, { user, cause }: Taken) =>
      user !== null && !(same(user, cause) && same(user, context.signedIn)),
  },
}).createMachine({
  id: 'servedAsOwner',
  description: 'Watches one connection for a request served as another user than its sender.',
  context: { signedIn: null },
  initial: 'watching',
  states: {
    watching: {
      description: 'Each request was served as its sender.',
      on: {
        commit: { actions: { type: 'noteSignIn', params: theEvent } },
        served: { guard: isAnothers, target: 'violated' },
        acting: { guard: isAnothers, target: 'violated' },
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'A request was served as another user than its sender.' },
  },
});
