/**
 * Hears one connection of a server. Violated when a program's request is served, or acted on, for
 * another purpose than the one for which the connection was signed in.
 *
 * @source RFC 4559 6; RFC 9110 16.4.2; curl CVE-2014-0015 and later ones
 */

import { assign, setup } from 'xstate';
import { areAlike, POOL_KEY, type Purpose } from '../../machines/vocabulary/purpose.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';

type Context = {
  readonly signedInFor: Purpose | null; // of the request with which it last signed in; null: none
};
type SignalOf<Type extends Signal['type']> = Extract<Signal, { type: Type }>;

const isForSomethingElse = {
  type: 'isForSomethingElse',
  params: theEvent<SignalOf<'served' | 'acting'>>,
} as const;

export const signedInFor = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    bind: assign((_, { purpose }: SignalOf<'commit'>) => ({ signedInFor: purpose })),
    forget: assign({ signedInFor: null }),
  },
  guards: {
    /** A request of another party than a program has no purpose that could differ. */
    isForSomethingElse: (
      { context: { signedInFor } },
      { user, purpose }: SignalOf<'served' | 'acting'>,
    ) =>
      user !== null &&
      purpose !== null &&
      (signedInFor === null || !areAlike(POOL_KEY, purpose, signedInFor)),
  },
}).createMachine({
  id: 'signedInFor',
  description:
    "Watches one connection for a program's request of another purpose than its sign-in's.",
  context: { signedInFor: null },
  initial: 'watching',
  states: {
    watching: {
      description: 'Each request had the purpose of the sign-in.',
      on: {
        commit: { actions: { type: 'bind', params: theEvent } },
        served: { guard: isForSomethingElse, target: 'violated' },
        acting: { guard: isForSomethingElse, target: 'violated' },
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'A request of another purpose was served.' },
  },
});
