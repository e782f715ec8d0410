/**
 * Two monitors of the proofs on which servers accept users. Each acceptance needs a run of the
 * protocol: a client that meant this server and proved this user. They keep no history, because the
 * signal `commit` names the run.
 *
 * @source Lowe, A Hierarchy of Authentication Specifications, 1997, 2.3 (non-injective agreement)
 */
import { setup } from 'xstate';
import { same } from '../../machines/vocabulary/names.ts';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import { type HostName, isPasswordOf, type UserName } from '../../machines/vocabulary/terms.ts';

type Commit = Extract<Signal, { type: 'commit' }>;

/** Hears a server's connection. Violated when it accepts a proof that no client made for a run. */
export const provedInRun = setup({
  types: { events: {} as Signal },
  guards: { isWithoutRun: (_, { run }: Commit) => run === null },
}).createMachine({
  id: 'provedInRun',
  description: 'Watches one connection of a server for a proof that was made for no run.',
  initial: 'watching',
  states: {
    watching: {
      description: 'Each acceptance so far had a run.',
      on: {
        commit: { guard: { type: 'isWithoutRun', params: theEvent }, target: 'violated' },
      },
    },
    violated: { description: 'The server accepted a proof that was made for no run.' },
  },
});

export type Run = {
  readonly server: HostName; // that the client means to reach
  readonly proves: readonly UserName[] | null; // the client's own users; null: any user
};

/** Hears one client connection. Violated when its proof is accepted elsewhere or as another. */
export const agreement = setup({
  types: { context: {} as Run, events: {} as Signal, input: {} as Run },
  guards: {
    isAmiss: ({ context: { server, proves } }, commit: Commit) =>
      commit.user === null ||
      !same(commit.server, server) ||
      !isPasswordOf(commit.secret, commit.user) ||
      (proves !== null && !proves.some((own) => same(own, commit.user))),
  },
}).createMachine({
  id: 'agreement',
  description: 'Watches the proofs of one client connection for one that another server accepts.',
  context: ({ input }) => input,
  initial: 'watching',
  states: {
    watching: {
      description: 'Each proof was accepted only by the server it was meant for.',
      on: {
        commit: { guard: { type: 'isAmiss', params: theEvent }, target: 'violated' },
      },
    },
    violated: { description: 'A proof was accepted elsewhere, or as another user.' },
  },
});
