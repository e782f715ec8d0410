/**
 * Monitors of the claims of kind `sometimes`: each waits for something to happen.
 *
 * @source Stateright, `sometimes` properties (a proof that holds of nothing proves nothing)
 */
import { setup } from 'xstate';
import type { Property } from '../../checker/model/system.ts';
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
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        running: { guard: { type: 'namesUser', params: ({ event }) => event }, target: 'proved' },
      },
    },
    proved: {},
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
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        rejected: { guard: { type: 'isRight', params: ({ event }) => event }, target: 'refused' },
      },
    },
    refused: {},
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
  initial: 'waiting',
  states: {
    waiting: { on: { followed: 'followed' } },
    followed: { on: { prompted: 'asked' } },
    asked: {},
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
  initial: 'unknown',
  states: {
    unknown: { on: { commit: 'accepted' } },
    accepted: { on: { prompted: 'askedAgain' } },
    askedAgain: { on: { commit: 'acceptedAgain' } },
    acceptedAgain: { on: { prompted: 'looping' } },
    looping: {},
  },
});
