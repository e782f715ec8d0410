/** Waits for a user to be served, or a response to be refused, on any of some connections. */
import { setup } from 'xstate';
import type { Claim } from '../../machines/messages.ts';
import type { ConnectionName, UserName } from '../../machines/terms.ts';

type Input = {
  readonly what: 'served' | 'rejected' | 'commit';
  readonly connections: readonly ConnectionName[];
};
type Event = Extract<Claim, { type: 'served' | 'rejected' | 'commit' }>;

export const happened = setup({
  types: { context: {} as Input, events: {} as Claim, input: {} as Input },
  guards: {
    isIt: ({ context }, event: Event) =>
      event.type === context.what &&
      context.connections.includes(event.connection) &&
      (event.type === 'rejected' || (event.user satisfies UserName | null) !== null),
  },
}).createMachine({
  id: 'happened',
  context: ({ input }) => input,
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        commit: { guard: { type: 'isIt', params: ({ event }) => event }, target: 'happened' },
        served: { guard: { type: 'isIt', params: ({ event }) => event }, target: 'happened' },
        rejected: { guard: { type: 'isIt', params: ({ event }) => event }, target: 'happened' },
      },
    },
    happened: {},
  },
});
