/**
 * Hears one user's password and one party, which may have several hosts. Violated when the party
 * sees the password before the user has typed it for one of them.
 *
 * @source RFC 7617 2.2, 4; RFC 9110 11.5 (a protection space ends with its server)
 */

import { setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { type HostName, isPasswordOf, type UserName } from '../../machines/vocabulary/terms.ts';

type Input = {
  readonly user: UserName;
  readonly party: string; // its name in the signal `learned`
  readonly hosts: readonly HostName[]; // of the party
};
type SignalOf<Type extends Signal['type']> = Extract<Signal, { type: Type }>;

export const typedFor = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isTypedForIt: ({ context }, { user, server, secret }: SignalOf<'entered'>) =>
      same(user, context.user) &&
      context.hosts.some((host) => same(host, server)) &&
      isPasswordOf(secret, user),
    isSeenByIt: ({ context: { user, party } }, { secret, by }: SignalOf<'learned'>) =>
      same(by, party) && isPasswordOf(secret, user),
  },
}).createMachine({
  id: 'typedFor',
  description: 'Watches one party for a password that the user has not typed for it.',
  context: ({ input }) => input,
  initial: 'untyped',
  states: {
    untyped: {
      description: 'The user has not typed the password for the party.',
      on: {
        entered: { guard: { type: 'isTypedForIt', params: theEvent }, target: 'typed' },
        learned: {
          guard: { type: 'isSeenByIt', params: theEvent },
          target: 'violated',
        },
      },
    },
    typed: { description: 'The user has typed the password for the party.' },
    violated: { description: 'The party learned a password that was not typed for it.' },
  },
});
