/**
 * Outlook Web Access behind one inbound connection of IIS: the mailbox is on the next host.
 *
 * Logonfrm.asp answers 401 to whoever is nobody yet; then it calls on as the user it impersonates,
 * presenting what the sign-in left it: a password after Basic, nothing usable after NTLM.
 *
 * ??? That the next hop's refusal is passed on as 401 is not in the articles: it is what a front
 * end that proxies does, and what makes a browser ask again.
 *
 * @source KB Q263236; KB 329986; KB Q183545
 */
import { assign, setup } from 'xstate';
import { type ClientEvent, type ServerEvent, sends } from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { Credential } from '../vocabulary/terms.ts';
import * as worker from './worker.ts';

type Context = worker.WorkerInput & {
  readonly identity: Credential | null; // whom it impersonates; null when idle or draining
};

export const frontEnd = setup({
  types: {
    context: {} as Context,
    events: {} as worker.WorkerEvent,
    input: {} as worker.WorkerInput,
    emitted: {} as Signal,
  },
  actions: {
    impersonate: assign((_, { identity }: worker.Requested) => ({ identity })),
    revert: assign({ identity: null }),
    callOn: sends<ClientEvent>(),
    answer: sends<ServerEvent>(),
    refuse: sends<ServerEvent>(),
    signalServed: signals('served'),
    ignore: () => {},
  },
  guards: {
    isForEverybody: (_, request: worker.Requested) => worker.isForEverybody(request),
    isAnonymous: (_, request: worker.Requested) => worker.isAnonymous(request),
  },
}).createMachine({
  id: 'frontEnd',
  context: ({ input }) => ({ ...input, identity: null }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        'page.requested': [
          {
            guard: { type: 'isForEverybody', params: ({ event }) => event },
            actions: [
              {
                type: 'signalServed',
                params: ({ context, event }) => worker.served(context, event.path, null),
              },
              { type: 'answer', params: worker.ready },
            ],
          },
          {
            guard: { type: 'isAnonymous', params: ({ event }) => event },
            actions: { type: 'refuse', params: worker.unauthorized },
          },
          {
            target: 'impersonating',
            actions: { type: 'impersonate', params: ({ event }) => event },
          },
        ],
        'page.abandoned': { actions: 'ignore' },
      },
    },
    impersonating: {
      on: {
        'page.call': {
          target: 'calling',
          actions: {
            type: 'callOn',
            params: ({ context, event }) => worker.fetchMailbox(event.via, context.identity),
          },
        },
        'page.abandoned': { target: 'idle', actions: 'revert' },
      },
    },
    calling: {
      on: {
        'owner.fetched': {
          target: 'idle',
          actions: [
            {
              type: 'signalServed',
              params: ({ context }) => worker.served(context, 'mailbox', context.identity),
            },
            { type: 'answer', params: worker.ready },
            'revert',
          ],
        },
        'owner.unauthorized': {
          target: 'idle',
          actions: [{ type: 'refuse', params: worker.unauthorized }, 'revert'],
        },
        'owner.disconnected': 'impersonating',
        'page.abandoned': { target: 'draining', actions: 'revert' },
      },
    },
    /** The browser has gone; the call it caused has not come back yet. */
    draining: {
      on: {
        'owner.fetched': 'idle',
        'owner.unauthorized': 'idle',
        'owner.disconnected': 'idle',
        'page.abandoned': { actions: 'ignore' },
      },
    },
  },
});
