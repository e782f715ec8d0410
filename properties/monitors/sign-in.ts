/**
 * Hears of one user on one connection of the user's own. A right password was given, and the user
 * waits: to be served as that very user, or to be told that the connection is gone.
 *
 * A prompt is part of the wait, since the password was right. A mistyped one ends it: to refuse
 * that one is an answer.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness); KB Q183545
 */
import { setup } from 'xstate';
import type { Claim } from '../../machines/claims.ts';
import {
  type ConnectionName,
  type HostName,
  isPasswordOf,
  type UserName,
} from '../../machines/terms.ts';

type Input = {
  readonly user: UserName;
  readonly server: HostName;
  readonly connection: ConnectionName;
};
type Heard<Type extends Claim['type']> = Extract<Claim, { type: Type }>;

export const signIn = setup({
  types: { context: {} as Input, events: {} as Claim, input: {} as Input },
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
}).createMachine({
  id: 'signIn',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: {
      on: {
        asked: { guard: { type: 'isAskedFor', params: ({ event }) => event }, target: 'waiting' },
      },
    },
    waiting: {
      on: {
        running: { guard: { type: 'isMistyped', params: ({ event }) => event }, target: 'idle' },
        served: { guard: { type: 'isDue', params: ({ event }) => event }, target: 'idle' },
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'refused' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'idle' },
      },
    },
    /** It was answered, and the user was not served. */
    refused: {
      on: {
        prompted: {
          guard: { type: 'isOurPrompt', params: ({ event }) => event },
          target: 'prompted',
        },
        asked: { guard: { type: 'isAskedFor', params: ({ event }) => event }, target: 'waiting' },
        closed: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'idle' },
      },
    },
    prompted: {
      on: {
        asked: { guard: { type: 'isAskedFor', params: ({ event }) => event }, target: 'waiting' },
        // Asked again, and no password was given in between: the user had cancelled.
        prompted: { guard: { type: 'isOurPrompt', params: ({ event }) => event }, target: 'idle' },
      },
    },
  },
});
