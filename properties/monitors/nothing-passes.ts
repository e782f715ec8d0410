/**
 * Violated when a connection from a middle tier is accepted as anybody, or refused for any other
 * reason than that its response was computed without a key.
 *
 * @source KB 329986 (the next hop sees ANONYMOUS LOGON); MS-NLMP 3.2.5.1.2 (anonymous responses)
 */
import { setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import { type Here, isHere } from './here.ts';

type Rejected = Extract<Claim, { type: 'rejected' }>;

export const nothingPasses = setup({
  types: { context: {} as Here, events: {} as Claim, input: {} as Here },
  guards: {
    isHere,
    hadKey: ({ context }, { connection, response }: Rejected) =>
      connection === context.connection && response.key !== null,
  },
}).createMachine({
  id: 'nothingPasses',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      on: {
        commit: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'violated' },
        rejected: { guard: { type: 'hadKey', params: ({ event }) => event }, target: 'violated' },
      },
    },
    violated: {},
  },
});
