/**
 * Hears of one user on one connection of the user's own, as the client has it: who serves a request
 * behind a proxy, and where, it cannot know. It gave the right password, and waits for any answer
 * but 401. That the connection went down is one.
 *
 * @source MS-NTHT 2.2.2 (any other status is success); Baier and Katoen, Principles of Model
 *   Checking, 3.5 (fairness)
 */
import { setup } from 'xstate';
import type { Claim } from '../../machines/claims.ts';
import type { ConnectionName, HostName, UserName } from '../../machines/terms.ts';

type Input = {
  readonly user: UserName;
  readonly server: HostName;
  readonly connection: ConnectionName;
};
type Heard<Type extends Claim['type']> = Extract<Claim, { type: Type }>;

export const signInThroughProxy = setup({
  types: { context: {} as Input, events: {} as Claim, input: {} as Input },
  guards: {
    isAskedFor: ({ context: { user, connection } }, asked: Heard<'asked'>) =>
      asked.connection === connection && asked.user === user,
    isHere: ({ context }, { connection }: { connection: ConnectionName }) =>
      context.connection === connection,
    isOurPrompt: ({ context: { user, server } }, prompted: Heard<'prompted'>) =>
      prompted.user === user && prompted.server === server,
  },
}).createMachine({
  id: 'signInThroughProxy',
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
        answered: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'answered' },
      },
    },
    /** What with, is told at once where it was 401. */
    answered: {
      on: {
        refused: { guard: { type: 'isHere', params: ({ event }) => event }, target: 'refused' },
        asked: [
          { guard: { type: 'isAskedFor', params: ({ event }) => event }, target: 'waiting' },
          { guard: { type: 'isHere', params: ({ event }) => event }, target: 'idle' },
        ],
      },
    },
    refused: {
      on: {
        prompted: {
          guard: { type: 'isOurPrompt', params: ({ event }) => event },
          target: 'prompted',
        },
        asked: { guard: { type: 'isAskedFor', params: ({ event }) => event }, target: 'waiting' },
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
