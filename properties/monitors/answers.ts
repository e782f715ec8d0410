/**
 * Three monitors of one connection: which requests and sign-ins on it have been answered.
 *
 * @source RFC 9112 9.3.2 (a response for each request); MS-NTHT 3.1.5.1
 */

import { setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { isPasswordOf } from '../../machines/vocabulary/terms.ts';

/**
 * `waiting` while a request of its client side is unanswered.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness)
 */
export const completion = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'completion',
  description: 'Watches one connection for a request without an answer.',
  initial: 'idle',
  states: {
    idle: { description: 'No request is outstanding.', on: { asked: 'waiting' } },
    waiting: { description: 'A request is outstanding.', on: { answered: 'idle' } },
  },
});

/**
 * `signedIn` from an accepted sign-in until the next 401, or until the connection closes.
 *
 * @source MS-N2HT 3.2.1, 3.2.5 (persistent-auth-value)
 */
export const standingSignIn = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'standingSignIn',
  description: 'Watches one connection for a sign-in that no later 401 has ended.',
  initial: 'signedOut',
  states: {
    signedOut: { description: 'No sign-in stands on the connection.', on: { commit: 'signedIn' } },
    signedIn: {
      description: 'A sign-in stands on the connection.',
      on: { refused: 'signedOut', closed: 'signedOut' },
    },
  },
});

type Running = Extract<Signal, { type: 'running' }>;

/**
 * `refused` from a sign-in that proves no user, or that the server rejects, until the request ends;
 * then `reported` if it ended with a 401, until the next request. A request that ends because the
 * connection closes reports nothing about the password.
 *
 * @source MS-NTHT 3.1.5.1 (a client answers what is unexpected with no new request)
 */
export const refusalReported = setup({
  types: { events: {} as Signal },
  guards: {
    /** On this connection: a client may answer a challenge of it on another one. */
    provesNoUser: (_, { user, secret, run, connection }: Running) =>
      run === connection && (user === null || !isPasswordOf(secret, user)),
  },
}).createMachine({
  id: 'refusalReported',
  description: 'Watches one connection for a refused sign-in and its report.',
  initial: 'quiet',
  states: {
    quiet: { description: 'No sign-in has been refused.' },
    refused: {
      description: 'A sign-in was refused, and the owner has not heard of it.',
      on: { answered: 'ended', closed: 'quiet' },
    },
    ended: {
      description: 'The request has ended. If the reply is a 401, `refused` follows at once.',
      on: { refused: 'reported', closed: 'quiet', asked: 'quiet' },
    },
    reported: { description: 'The owner has heard of the refusal.', on: { asked: 'quiet' } },
  },
  on: {
    running: { guard: { type: 'provesNoUser', params: theEvent }, target: '.refused' },
    rejected: '.refused',
  },
});
