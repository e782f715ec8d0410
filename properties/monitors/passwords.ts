/**
 * Two monitors of whether one host sees the password of one user.
 *
 * @source RFC 7617 4 (Basic exposes the password); MS-NLMP 3.3.2 (a response does not)
 */

import { setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { type HostName, isPasswordOf, type UserName } from '../../machines/vocabulary/terms.ts';

type Pair = { readonly user: UserName; readonly server: HostName };
type Learned = Extract<Signal, { type: 'learned' }>;
type Commit = Extract<Signal, { type: 'commit' }>;

const definition = setup({
  types: { context: {} as Pair, events: {} as Signal, input: {} as Pair },
  guards: {
    isUsersPassword: ({ context }, { secret, by }: Learned) =>
      same(by, context.server) && isPasswordOf(secret, context.user),
    isAccepted: ({ context }, { user, server }: Commit) =>
      same(user, context.user) && same(server, context.server),
  },
});

/** Violated when the host sees the user's password. */
export const neverLearned = definition.createMachine({
  id: 'neverLearned',
  description: 'Watches one host for one password.',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      description: 'The host has not learned the password.',
      on: {
        learned: {
          guard: { type: 'isUsersPassword', params: theEvent },
          target: 'violated',
        },
      },
    },
    violated: { description: 'The host has learned the password.' },
  },
});

/** Violated when the host accepts the user without having seen the password. */
export const alwaysLearned = definition.createMachine({
  id: 'alwaysLearned',
  description: 'Watches one host for an acceptance before it has learned the password.',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      description: 'The host has neither accepted the user nor learned the password.',
      on: {
        learned: {
          guard: { type: 'isUsersPassword', params: theEvent },
          target: 'learned',
        },
        commit: { guard: { type: 'isAccepted', params: theEvent }, target: 'violated' },
      },
    },
    learned: { description: 'The host has learned the password.' },
    violated: { description: 'The host accepted the user without the password.' },
  },
});
