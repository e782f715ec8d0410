/**
 * Three monitors of one connection: which requests and sign-ins on it have been answered.
 *
 * @source RFC 9112 9.3.2 (a response for each request); MS-NTHT 3.1.5.1
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { isPasswordOf } from '../../machines/vocabulary/terms.ts';

/**
 * `waiting` while a request of its client side is unanswered.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness)
 */
export const completion = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'completion',
  initial: 'idle',
  states: {
    idle: { on: { asked: 'waiting' } },
    waiting: { on: { answered: 'idle' } },
  },
});

/**
 * `signedIn` from an accepted sign-in until the next 401, or until the connection closes.
 *
 * @source MS-N2HT 3.2.1, 3.2.5 (persistent-auth-value)
 */
export const standingSignIn = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'standingSignIn',
  initial: 'signedOut',
  states: {
    signedOut: { on: { commit: 'signedIn' } },
    signedIn: { on: { refused: 'signedOut', closed: 'signedOut' } },
  },
});

type Running = Extract<Signal, { type: 'running' }>;

/**
 * `refused` from a sign-in that proves no user, or that the server rejects, until the client side
 * answers its request; then `reported` until the next request.
 *
 * @source MS-NTHT 3.1.5.1 (a client answers what is unexpected with no new request)
 */
export const refusalReported = setup({
  types: { events: {} as Signal },
  guards: {
    provesNoUser: (_, { user, secret }: Running) => user === null || !isPasswordOf(secret, user),
  },
}).createMachine({
  id: 'refusalReported',
  initial: 'quiet',
  states: {
    quiet: {},
    refused: { on: { answered: 'reported', closed: 'quiet' } },
    reported: { on: { asked: 'quiet' } },
  },
  on: {
    running: { guard: { type: 'provesNoUser', params: ({ event }) => event }, target: '.refused' },
    rejected: '.refused',
  },
});
