/**
 * Hears one connection. Violated when the server accepts a user without a run of the protocol that
 * proves that user to that server. Each run justifies one acceptance.
 *
 * With `ownClient`, the run must be of the user's own browser. Without it, any party that holds the
 * user's secret may have made the run.
 *
 * @source Lowe, A Hierarchy of Authentication Specifications, 1997, 2.4 (agreement)
 */

import { assign, setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { type HostName, isPasswordOf, type UserName } from '../../machines/vocabulary/terms.ts';

type Input = { readonly server: HostName; readonly ownClient: boolean };
type Context = Input & { readonly proven: UserName | null }; // by the run that is still to be spent
type Running = Extract<Signal, { type: 'running' }>;
type Commit = Extract<Signal, { type: 'commit' }>;

export const agreement = setup({
  types: { context: {} as Context, events: {} as Signal, input: {} as Input },
  actions: {
    note: assign((_, { user }: Running) => ({ proven: user })),
    forget: assign({ proven: null }),
  },
  guards: {
    isRunWithServer: ({ context }, { server, user, secret, by }: Running) =>
      server === context.server &&
      user !== null &&
      isPasswordOf(secret, user) &&
      (!context.ownClient || by === user),
    isUnproven: ({ context }, { user }: Commit) => user === null || user !== context.proven,
  },
}).createMachine({
  id: 'agreement',
  description: 'Watches one connection for an acceptance without a matching run of the protocol.',
  context: ({ input }) => ({ ...input, proven: null }),
  initial: 'watching',
  states: {
    watching: {
      description: 'Each acceptance so far had a matching run.',
      on: {
        running: {
          guard: { type: 'isRunWithServer', params: theEvent },
          actions: { type: 'note', params: theEvent },
        },
        commit: [
          { guard: { type: 'isUnproven', params: theEvent }, target: 'violated' },
          { actions: 'forget' },
        ],
        answered: { actions: 'forget' },
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'The server accepted a user without a matching run.' },
  },
});
