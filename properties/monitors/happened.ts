/**
 * Waits for a user to be accepted, or to be served, on any of some connections.
 *
 * @source Stateright, `sometimes` properties (a proof that holds of nothing proves nothing)
 */
import { setup } from 'xstate';
import type { Property } from '../../checker/model/system.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';

type Event = Extract<Signal, { type: 'commit' | 'served' }>;
type Input = { readonly what: Event['type']; readonly connections: readonly ConnectionName[] };

export const happened = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isIt: ({ context: { what, connections } }, event: Event) =>
      event.type === what && connections.includes(event.connection) && event.user !== null,
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
      },
    },
    happened: {},
  },
});

/** That the monitor named `witness` has seen what it waits for. */
export const hasHappened: Property = {
  kind: 'sometimes',
  name: 'witnessed',
  reads: ['witness'],
  holds: (witness) => witness?.value === 'happened',
};
