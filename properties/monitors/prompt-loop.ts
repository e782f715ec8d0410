/**
 * Follows one user at one host around the loop of the article: accepted, yet asked again, and
 * accepted and asked once more.
 *
 * @source KB Q183545; KB Q263236 (Logonfrm.asp asks, the mailbox refuses)
 */
import { setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { HostName, UserName } from '../../machines/terms.ts';

type Pair = { readonly user: UserName; readonly server: HostName };
type About = { readonly user: UserName | null; readonly server: HostName };

export const promptLoop = setup({
  types: { context: {} as Pair, events: {} as Claim, input: {} as Pair },
  guards: {
    isTheirs: ({ context }, { user, server }: About) =>
      user === context.user && server === context.server,
  },
}).createMachine({
  id: 'promptLoop',
  context: ({ input }) => input,
  initial: 'unknown',
  states: {
    unknown: {
      on: {
        commit: { guard: { type: 'isTheirs', params: ({ event }) => event }, target: 'accepted' },
      },
    },
    accepted: {
      on: {
        prompted: {
          guard: { type: 'isTheirs', params: ({ event }) => event },
          target: 'askedAgain',
        },
      },
    },
    askedAgain: {
      on: {
        commit: {
          guard: { type: 'isTheirs', params: ({ event }) => event },
          target: 'acceptedAgain',
        },
      },
    },
    acceptedAgain: {
      on: {
        prompted: { guard: { type: 'isTheirs', params: ({ event }) => event }, target: 'looping' },
      },
    },
    looping: {},
  },
});
