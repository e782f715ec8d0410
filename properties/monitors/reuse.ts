/**
 * Follows one connection from its sign-in. It is `reused` once a second request was served to a
 * user without a further message of a handshake.
 *
 * @source MS-N2HT 3.2 (authentication that persists should not be repeated)
 */
import { setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { UserName } from '../../machines/terms.ts';
import { type Here, isHere } from './here.ts';

type Served = Here & { readonly user: UserName | null };

export const reuse = setup({
  types: { context: {} as Here, events: {} as Claim, input: {} as Here },
  guards: {
    isHere,
    isServedAsUser: ({ context }, { connection, user }: Served) =>
      connection === context.connection && user !== null,
  },
}).createMachine({
  id: 'reuse',
  context: ({ input }) => input,
  initial: 'signedOut',
  states: {
    signedOut: {
      on: { commit: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'proven' } },
    },
    proven: {
      on: {
        served: {
          guard: { type: 'isServedAsUser', params: ({ event }) => event },
          target: 'signedIn',
        },
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'signedOut' },
      },
    },
    signedIn: {
      on: {
        asked: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'asking' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'signedOut' },
      },
    },
    asking: {
      on: {
        leg: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'signedOut' },
        served: {
          guard: { type: 'isServedAsUser', params: ({ event }) => event },
          target: 'reused',
        },
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'signedOut' },
      },
    },
    reused: {
      on: {
        asked: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'asking' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'signedOut' },
      },
    },
  },
});
