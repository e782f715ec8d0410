/**
 * Violated when a request is served as a user who did not ask for it on this connection, or who
 * did not sign in on it.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (the sign-in is the connection's); RFC 9110 16.4.2
 */
import { assign, setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { UserName } from '../../machines/terms.ts';
import { type Here, isHere } from './here.ts';

type Context = Here & {
  readonly asker: UserName | null; // of the request under way
  readonly signedIn: UserName | null; // last accepted on this connection
};
type By = Here & { readonly user: UserName | null };

export const servedAsOwner = setup({
  types: { context: {} as Context, events: {} as Claim, input: {} as Here },
  actions: {
    noteAsker: assign((_, { user }: By) => ({ asker: user })),
    noteSignIn: assign((_, { user }: By) => ({ signedIn: user })),
    forgetAsker: assign({ asker: null }),
    forgetAll: assign({ asker: null, signedIn: null }),
  },
  guards: {
    isHere,
    isSomebodyElse: ({ context }, { connection, user }: By) =>
      connection === context.connection &&
      user !== null &&
      (user !== context.asker || user !== context.signedIn),
  },
}).createMachine({
  id: 'servedAsOwner',
  context: ({ input }) => ({ ...input, asker: null, signedIn: null }),
  initial: 'watching',
  states: {
    watching: {
      on: {
        asked: {
          guard: { type: 'isHere', params: ({ event }) => event },
          actions: { type: 'noteAsker', params: ({ event }) => event },
        },
        commit: {
          guard: { type: 'isHere', params: ({ event }) => event },
          actions: { type: 'noteSignIn', params: ({ event }) => event },
        },
        served: {
          guard: { type: 'isSomebodyElse', params: ({ event }) => event },
          target: 'violated',
        },
        answered: {
          guard: { type: 'isHere', params: ({ event }) => event },
          actions: 'forgetAsker',
        },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, actions: 'forgetAll' },
      },
    },
    violated: {},
  },
});
