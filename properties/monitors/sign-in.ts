/**
 * Two monitors of one user on one connection of that user, who has given the right password and
 * waits. A prompt is part of the wait, as the password was right.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness); KB Q183545
 */

import { assign, setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import {
  type ConnectionName,
  type HostName,
  isPasswordOf,
  type UserName,
} from '../../machines/vocabulary/terms.ts';

type Input = {
  readonly users: readonly UserName[]; // whose requests the connection carries
  readonly server: HostName;
  readonly connection: ConnectionName; // of the user's request
};
type SignalOf<Type extends Signal['type']> = Extract<Signal, { type: Type }>;

const definition = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  actions: {
    follow: assign((_, connection: ConnectionName) => ({ connection })),
  },
  guards: {
    isAskedFor: ({ context: { users, connection } }, asked: SignalOf<'asked'>) =>
      asked.connection === connection && asked.user !== null && users.includes(asked.user),
    isHere: ({ context }, { connection }: { connection: ConnectionName }) =>
      context.connection === connection,
    isMistyped: ({ context: { connection } }, { run, user, secret }: SignalOf<'running'>) =>
      run === connection && (user === null || !isPasswordOf(secret, user)),
    /** As the user, or with a public page. */
    isDue: ({ context: { connection, users } }, { user, ...served }: SignalOf<'served'>) =>
      served.connection === connection &&
      (served.path !== 'mailbox' || (user !== null && users.includes(user))),
    isOurPrompt: ({ context: { users, server } }, prompt: SignalOf<'prompted' | 'entered'>) =>
      users.includes(prompt.user) && prompt.server === server,
  },
});

const isAskedFor = {
  type: 'isAskedFor',
  params: theEvent<SignalOf<'asked'>>,
} as const;
const isHere = {
  type: 'isHere',
  params: theEvent<{ readonly connection: ConnectionName }>,
} as const;
const isOurPrompt = {
  type: 'isOurPrompt',
  params: theEvent<SignalOf<'prompted' | 'entered'>>,
} as const;
const asked = { guard: isAskedFor, target: 'waiting' } as const;
const prompting = { prompted: { guard: isOurPrompt, target: 'prompted' }, asked } as const;
const idle = { description: 'The user waits for nothing.', on: { asked } } as const;
/** A second prompt without a password in between: the user has cancelled the first. */
const prompted = {
  description: 'The browser asks the user for the password.',
  on: { asked, prompted: { guard: isOurPrompt, target: 'idle' } },
} as const;

/**
 * Waits until the user is served, or until the connection closes. A mistyped password ends the
 * wait, as its refusal is an answer.
 */
export const signIn = definition.createMachine({
  id: 'signIn',
  description: 'Watches one user on one connection for a right password that is never accepted.',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle,
    waiting: {
      description: 'The user gave the right password and waits.',
      on: {
        running: { guard: { type: 'isMistyped', params: theEvent }, target: 'idle' },
        served: { guard: { type: 'isDue', params: theEvent }, target: 'idle' },
        answered: { guard: isHere, target: 'refused' },
        closed: { guard: isHere, target: 'idle' },
      },
    },
    refused: {
      description: 'The request was answered and the user was not served.',
      on: { ...prompting, closed: { guard: isHere, target: 'idle' } },
    },
    prompted,
  },
});

/**
 * The same as the client sees it, which does not know the server behind a proxy. It waits for any
 * answer other than 401; a closed connection is one, and so is a redirect. Where the request goes
 * on over another connection, it is watched there.
 *
 * @source MS-NTHT 2.2.2 (any other status is success)
 */
export const signInSeenByClient = definition.createMachine({
  id: 'signInSeenByClient',
  description: 'The same where another host serves the user, so that the client sees only replies.',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle,
    waiting: {
      description: 'The user gave the right password and waits.',
      on: {
        running: { guard: { type: 'isMistyped', params: theEvent }, target: 'idle' },
        answered: { guard: isHere, target: 'answered' },
      },
    },
    /** If the answer is a 401, `refused` follows at once; if the request moves, `moved` does. */
    answered: {
      description: 'A reply came, which may ask for the password again.',
      on: {
        refused: { guard: isHere, target: 'refused' },
        moved: {
          guard: isHere,
          target: 'waiting',
          actions: { type: 'follow', params: ({ event }) => event.to },
        },
        asked: [asked, { guard: isHere, target: 'idle' }],
      },
    },
    refused: { description: 'The reply was 401: the user was not served.', on: prompting },
    prompted: {
      ...prompted,
      on: { ...prompted.on, entered: { guard: isOurPrompt, target: 'entered' } },
    },
    entered: {
      description: 'The user has answered the prompt. The request goes on at once.',
      on: {
        asked: {
          target: 'waiting',
          actions: { type: 'follow', params: ({ event }) => event.connection },
        },
      },
    },
  },
});
