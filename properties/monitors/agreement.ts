/**
 * Violated when a server accepts a user on a connection without a run of the protocol that proves
 * that user to that server, made for this very acceptance. A run is spent by what it proves.
 *
 * `ownClient` asks more: that the run is the user's own browser's. Without it, any party that holds
 * the user's secret may have made it.
 *
 * @source Lowe, A Hierarchy of Authentication Specifications, 1997, 2.3 (agreement, here injective)
 */
import { assign, setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import { type HostName, isPasswordOf, type UserName } from '../../machines/terms.ts';
import { type Here, isHere } from './here.ts';

type Input = Here & { readonly server: HostName; readonly ownClient: boolean };
type Context = Input & { readonly proven: UserName | null }; // whom the run still to be spent proves
type Running = Extract<Claim, { type: 'running' }>;
type Commit = Extract<Claim, { type: 'commit' }>;

export const agreement = setup({
  types: { context: {} as Context, events: {} as Claim, input: {} as Input },
  actions: {
    note: assign((_, { user }: Running) => ({ proven: user })),
    forget: assign({ proven: null }),
  },
  guards: {
    isHere,
    isRunWithServer: ({ context }, { connection, server, user, secret, by }: Running) =>
      connection === context.connection &&
      server === context.server &&
      user !== null &&
      isPasswordOf(secret, user) &&
      (!context.ownClient || by === user),
    isUnproven: ({ context }, { connection, user }: Commit) =>
      connection === context.connection && (user === null || user !== context.proven),
  },
}).createMachine({
  id: 'agreement',
  context: ({ input }) => ({ ...input, proven: null }),
  initial: 'watching',
  states: {
    watching: {
      on: {
        running: {
          guard: { type: 'isRunWithServer', params: ({ event }) => event },
          actions: { type: 'note', params: ({ event }) => event },
        },
        commit: [
          { guard: { type: 'isUnproven', params: ({ event }) => event }, target: 'violated' },
          { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'forget' },
        ],
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'forget' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'forget' },
      },
    },
    violated: {},
  },
});
