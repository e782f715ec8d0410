/**
 * Hears one connection: something was presented on it that is not accepted, or that proves nobody,
 * and whoever asked has not been told yet.
 *
 * @source MS-NTHT 3.1.5.1 (a client answers what is unexpected with no new request)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { isPasswordOf } from '../../machines/vocabulary/terms.ts';

type Running = Extract<Signal, { type: 'running' }>;

export const toldOfRefusal = setup({
  types: { events: {} as Signal },
  guards: {
    provesNobody: (_, { user, secret }: Running) => user === null || !isPasswordOf(secret, user),
  },
}).createMachine({
  id: 'toldOfRefusal',
  initial: 'quiet',
  states: {
    quiet: {},
    refused: { on: { answered: 'told', closed: 'quiet' } },
    told: { on: { asked: 'quiet' } },
  },
  on: {
    running: {
      guard: { type: 'provesNobody', params: ({ event }) => event },
      target: '.refused',
    },
    rejected: '.refused',
  },
});
