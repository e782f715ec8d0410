/**
 * Violated when a connection accepts anything but an answer to the challenge it issued last.
 *
 * @source MS-NLMP 3.2.5.1.2 (the response is computed anew over the server's own challenge)
 */
import { assign, setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { Challenge } from '../../machines/terms.ts';
import { type Here, isHere } from './here.ts';

type Context = Here & { readonly serial: number | null }; // of the last challenge; null: none yet
type Commit = Extract<Claim, { type: 'commit' }>;

export const ownChallenge = setup({
  types: { context: {} as Context, events: {} as Claim, input: {} as Here },
  actions: {
    note: assign((_, { serial }: Challenge) => ({ serial })),
    forget: assign({ serial: null }),
  },
  guards: {
    isHere,
    isForeign: ({ context }, { connection, challenge }: Commit) =>
      connection === context.connection &&
      (challenge?.connection !== connection || challenge.serial !== context.serial),
  },
}).createMachine({
  id: 'ownChallenge',
  context: ({ input }) => ({ ...input, serial: null }),
  initial: 'watching',
  states: {
    watching: {
      on: {
        issued: {
          guard: { type: 'isHere', params: ({ event }) => event.challenge },
          actions: { type: 'note', params: ({ event }) => event.challenge },
        },
        commit: { guard: { type: 'isForeign', params: ({ event }) => event }, target: 'violated' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'forget' },
      },
    },
    violated: {},
  },
});
