/**
 * Two monitors of one user on one connection of that user, who has given the right password and
 * waits. A prompt is part of the wait, as the password was right.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness); KB Q183545
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import {
  type ConnectionName,
  type HostName,
  isPasswordOf,
  type UserName,
} from '../../machines/vocabulary/terms.ts';

type Input = {
  readonly user: UserName;
  readonly server: HostName;
  readonly connection: ConnectionName;
};
type SignalOf<Type extends Signal['type']> = Extract<Signal, { type: Type }>;

const definition = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isAskedFor: ({ context: { user, connection } }, asked: SignalOf<'asked'>) =>
      asked.connection === connection && asked.user === user,
    isHere: ({ context }, { connection }: { connection: ConnectionName }) =>
      context.connection === connection,
    isMistyped: ({ context: { user, connection } }, { secret, ...running }: SignalOf<'running'>) =>
      running.connection === connection && !isPasswordOf(secret, user),
    /** As the user, or with a public page. */
    isDue: ({ context: { connection, user } }, served: SignalOf<'served'>) =>
      served.connection === connection && (served.user === user || served.path !== 'mailbox'),
    isOurPrompt: ({ context: { user, server } }, prompted: SignalOf<'prompted'>) =>
      prompted.user === user && prompted.server === server,
  },
});

type At<Event> = { readonly event: Event };
const isAskedFor = {
  type: 'isAskedFor',
  params: ({ event }: At<SignalOf<'asked'>>) => event,
} as const;
const isHere = {
  type: 'isHere',
  params: ({ event }: At<{ readonly connection: ConnectionName }>) => event,
} as const;
const isOurPrompt = {
  type: 'isOurPrompt',
  params: ({ event }: At<SignalOf<'prompted'>>) => event,
} as const;
const asked = { guard: isAskedFor, target: 'waiting' } as const;
const prompting = { prompted: { guard: isOurPrompt, target: 'prompted' }, asked } as const;
const idle = { on: { asked } } as const;
/** A second prompt without a password in between: the user has cancelled the first. */
const prompted = { on: { asked, prompted: { guard: isOurPrompt, target: 'idle' } } } as const;

/**
 * Waits until the user is served, or until the connection closes. A mistyped password ends the
 * wait, as its refusal is an answer.
 */
export const signIn = definition.createMachine({
  id: 'signIn',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle,
    waiting: {
      on: {
        running: { guard: { type: 'isMistyped', params: ({ event }) => event }, target: 'idle' },
        served: { guard: { type: 'isDue', params: ({ event }) => event }, target: 'idle' },
        answered: { guard: isHere, target: 'refused' },
        closed: { guard: isHere, target: 'idle' },
      },
    },
    /** The request was answered, and the user was not served. */
    refused: { on: { ...prompting, closed: { guard: isHere, target: 'idle' } } },
    prompted,
  },
});

/**
 * The same as the client sees it, which does not know the server behind a proxy. It waits for any
 * answer other than 401; a closed connection is one.
 *
 * @source MS-NTHT 2.2.2 (any other status is success)
 */
export const signInThroughProxy = definition.createMachine({
  id: 'signInThroughProxy',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle,
    waiting: { on: { answered: { guard: isHere, target: 'answered' } } },
    /** If the answer is a 401, `refused` follows at once. */
    answered: {
      on: {
        refused: { guard: isHere, target: 'refused' },
        asked: [asked, { guard: isHere, target: 'idle' }],
      },
    },
    refused: { on: prompting },
    prompted,
  },
});
