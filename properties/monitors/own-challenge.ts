/**
 * Hears one connection. Violated when it accepts anything but an answer to the challenge that it
 * issued last.
 *
 * @source MS-NLMP 3.2.5.1.2 (the response is computed anew over the server's own challenge)
 */
import { assign, setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { Challenge } from '../../machines/terms.ts';

type Context = { readonly serial: number | null }; // of the last challenge; null: none yet
type Commit = Extract<Claim, { type: 'commit' }>;

export const ownChallenge = setup({
  types: { context: {} as Context, events: {} as Claim },
  actions: {
    note: assign((_, { serial }: Challenge) => ({ serial })),
    forget: assign({ serial: null }),
  },
  guards: {
    isForeign: ({ context: { serial } }, { connection, challenge }: Commit) =>
      challenge?.connection !== connection || challenge.serial !== serial,
  },
}).createMachine({
  id: 'ownChallenge',
  context: { serial: null },
  initial: 'watching',
  states: {
    watching: {
      on: {
        issued: { actions: { type: 'note', params: ({ event }) => event.challenge } },
        commit: { guard: { type: 'isForeign', params: ({ event }) => event }, target: 'violated' },
        closed: { actions: 'forget' },
      },
    },
    violated: {},
  },
});
