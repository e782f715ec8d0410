/**
 * Two monitors of one user on one connection of the user's own. A right password was given, and the
 * user waits. A prompt is part of the wait, since the password was right.
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
type Heard<Type extends Signal['type']> = Extract<Signal, { type: Type }>;

const definition = setup({
  types: { context: {} as Input, events: {} as Signal, input: {} as Input },
  guards: {
    isAskedFor: ({ context: { user, connection } }, asked: Heard<'asked'>) =>
      asked.connection === connection && asked.user === user,
    isHere: ({ context }, { connection }: { connection: ConnectionName }) =>
      context.connection === connection,
    isMistyped: ({ context: { user, connection } }, { secret, ...running }: Heard<'running'>) =>
      running.connection === connection && !isPasswordOf(secret, user),
    /** As the user, or with what is for everybody. */
    isDue: ({ context: { connection, user } }, served: Heard<'served'>) =>
      served.connection === connection && (served.user === user || served.path !== 'mailbox'),
    isOurPrompt: ({ context: { user, server } }, prompted: Heard<'prompted'>) =>
      prompted.user === user && prompted.server === server,
  },
});

type At<Event> = { readonly event: Event };
const isAskedFor = {
  type: 'isAskedFor',
  params: ({ event }: At<Heard<'asked'>>) => event,
} as const;
const isHere = {
  type: 'isHere',
  params: ({ event }: At<{ readonly connection: ConnectionName }>) => event,
} as const;
const isOurPrompt = {
  type: 'isOurPrompt',
  params: ({ event }: At<Heard<'prompted'>>) => event,
} as const;
const asked = { guard: isAskedFor, target: 'waiting' } as const;
const prompting = { prompted: { guard: isOurPrompt, target: 'prompted' }, asked } as const;
const idle = { on: { asked } } as const;
/** Asked again, and no password was given in between: the user had cancelled. */
const prompted = { on: { asked, prompted: { guard: isOurPrompt, target: 'idle' } } } as const;

/**
 * Waits to be served as that very user, or to be told that the connection is gone. A mistyped
 * password ends the wait: to refuse that one is an answer.
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
    /** It was answered, and the user was not served. */
    refused: { on: { ...prompting, closed: { guard: isHere, target: 'idle' } } },
    prompted,
  },
});

/**
 * The same as the client has it: who serves a request behind a proxy, and where, it cannot know. It
 * waits for any answer but 401. That the connection went down is one.
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
    /** What with, is told at once where it was 401. */
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
