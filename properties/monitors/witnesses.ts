/**
 * Monitors of the claims of kind `sometimes`: each waits for something to happen.
 *
 * @source Stateright, `sometimes` properties (a proof that holds of nothing proves nothing)
 */

import { setup } from 'xstate';
import type { Property } from '../../checker/model/system.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { type ConnectionName, isPasswordOf } from '../../machines/vocabulary/terms.ts';

type SignalOf<Type extends Signal['type']> = Extract<Signal, { type: Type }>;
type Happening = SignalOf<'commit' | 'served'>;
type Input = { readonly what: Happening['type']; readonly connections: readonly ConnectionName[] };

/** Waits for a server to accept or serve a user on one of the connections. */
export const happened = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isIt: ({ context: { what, connections } }, event: Happening) =>
      event.type === what && connections.includes(event.connection) && event.user !== null,
  },
}).createMachine({
  id: 'happened',
  description: 'Waits for a user to be accepted or served on one of some connections.',
  context: ({ input }) => input,
  initial: 'waiting',
  states: {
    waiting: {
      description: 'It has not happened.',
      on: {
        commit: { guard: { type: 'isIt', params: theEvent }, target: 'happened' },
        served: { guard: { type: 'isIt', params: theEvent }, target: 'happened' },
      },
    },
    happened: { description: 'It has happened.' },
  },
});

/** True once the monitor named `witness` is in state `happened`. */
export const hasHappened: Property = {
  kind: 'sometimes',
  name: 'witnessed',
  reads: ['witness'],
  holds: (witness) => witness?.value === 'happened',
};

/**
 * Hears one party and one server. `proved` once the party has proved a user to that server, or to
 * the server that it takes for it.
 *
 * @source MS-NLMP 1.6 (a client cannot tell a spoofed server)
 */
export const proved = setup({
  types: { events: {} as Signal },
  guards: { namesUser: (_, { user }: SignalOf<'running'>) => user !== null },
}).createMachine({
  id: 'proved',
  description: 'Waits for one party to prove a user to one server.',
  initial: 'waiting',
  states: {
    waiting: {
      description: 'The party has proved no user to the server.',
      on: {
        running: { guard: { type: 'namesUser', params: theEvent }, target: 'proved' },
      },
    },
    proved: { description: 'The party has proved a user to the server.' },
  },
});

/**
 * Hears one connection of the adversary. `refused` once the server has refused a response that was
 * computed with the user's key.
 *
 * @source MS-NLMP 3.2.5.1.2 (a right response is not enough)
 */
export const refusedWithKey = setup({
  types: { events: {} as Signal },
  guards: {
    isRight: (_, { response: { user, key } }: SignalOf<'rejected'>) =>
      user !== null && isPasswordOf(key, user),
  },
}).createMachine({
  id: 'refusedWithKey',
  description: "Waits for the server to refuse a response computed with the user's key.",
  initial: 'waiting',
  states: {
    waiting: {
      description: 'No such response has been refused.',
      on: {
        rejected: { guard: { type: 'isRight', params: theEvent }, target: 'refused' },
      },
    },
    refused: { description: 'Such a response was refused.' },
  },
});

/**
 * Hears one user at one server: a redirect leads the user there, and the server then asks for a
 * sign-in. A shortest trace shows that the one led to the other, as nothing else need happen in it.
 *
 * @source RFC 9110 15.4 (redirection), 11.6.1 (challenge)
 */
export const followed = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'followed',
  description: 'Watches one user at one server for a redirect and then a prompt.',
  initial: 'waiting',
  states: {
    waiting: {
      description: 'The user has not been redirected to the server.',
      on: { followed: 'followed' },
    },
    followed: { description: 'The user was redirected to the server.', on: { prompted: 'asked' } },
    asked: { description: 'The user was then asked to sign in.' },
  },
});

/**
 * Hears one user at one host: the host accepts the user, yet the user is prompted again, signs in,
 * and is prompted once more.
 *
 * @source KB Q183545; KB Q263236 (Logonfrm.asp asks, the mailbox refuses)
 */
export const promptLoop = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'promptLoop',
  description: 'Watches one user at one host for the prompts of the article.',
  initial: 'unknown',
  states: {
    unknown: { description: 'The user has not been accepted.', on: { commit: 'accepted' } },
    accepted: { description: 'The user was accepted.', on: { prompted: 'askedAgain' } },
    askedAgain: {
      description: 'The user was accepted, and asked again.',
      on: { commit: 'acceptedAgain' },
    },
    acceptedAgain: {
      description: 'The user was accepted a second time.',
      on: { prompted: 'looping' },
    },
    looping: { description: 'The user was accepted again, and asked once more.' },
  },
});
