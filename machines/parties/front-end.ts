/**
 * Outlook Web Access behind one inbound connection of IIS: the mailbox is on the next host.
 *
 * Logonfrm.asp answers 401 to an anonymous request. Otherwise it calls the next host as the user it
 * impersonates, and presents what the sign-in left: a password after Basic, nothing usable after
 * NTLM.
 *
 * ??? The articles do not say that the next host's refusal is passed on as it is. A front end that
 * proxies does so, and it explains why the browser asks again after a 401.
 *
 * @source KB Q263236; KB 329986; KB Q183545
 */
import { assign, setup } from 'xstate';
import type { Ghost } from '../vocabulary/ghost.ts';
import { type ClientEvent, type ServerEvent, sends } from '../vocabulary/messages.ts';
import { theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { Credential } from '../vocabulary/terms.ts';
import * as worker from './worker.ts';

type Context = worker.WorkerInput & {
  readonly identity: Credential | null; // the user it impersonates; null when idle or draining
  readonly ghost: Ghost | null; // of the request; null when idle or draining, or where it has none
};

export const frontEnd = setup({
  types: {
    context: {} as Context,
    events: {} as worker.WorkerEvent,
    input: {} as worker.WorkerInput,
    emitted: {} as Signal,
  },
  actions: {
    impersonate: assign((_, request: worker.Requested) => ({
      identity: request.identity,
      ghost: request.ghost ?? null,
    })),
    revert: assign({ identity: null, ghost: null }),
    callOn: sends<ClientEvent>(),
    answer: sends<ServerEvent>(),
    refuse: sends<ServerEvent>(),
    signalServed: signals('served'),
    signalActing: signals('acting'),
    ignore: () => {},
  },
  guards: {
    isForEverybody: (_, request: worker.Requested) => worker.isForEverybody(request),
    isAnonymous: (_, request: worker.Requested) => worker.isAnonymous(request),
  },
}).createMachine({
  id: 'frontEnd',
  description: 'A page on a middle tier. It calls the next host as the user it impersonates.',
  context: ({ input }) => ({ ...input, identity: null, ghost: null }),
  initial: 'idle',
  states: {
    idle: {
      description: 'No request is under way.',
      on: {
        'page.requested': [
          {
            guard: { type: 'isForEverybody', params: theEvent },
            actions: [
              {
                type: 'signalServed',
                params: ({ context, event }) => worker.served(context, event.path, null, event),
              },
              { type: 'answer', params: worker.ready },
            ],
          },
          {
            guard: { type: 'isAnonymous', params: theEvent },
            actions: { type: 'refuse', params: worker.unauthorized },
          },
          {
            target: 'impersonating',
            actions: [
              { type: 'impersonate', params: theEvent },
              {
                type: 'signalActing',
                params: ({ context, event }) => worker.acting(context, event),
              },
            ],
          },
        ],
        'page.abandoned': { actions: 'ignore' },
      },
    },
    impersonating: {
      description: 'The page acts as the user and has not called the next host yet.',
      on: {
        'page.call': {
          target: 'calling',
          actions: {
            type: 'callOn',
            params: ({ context, event }) =>
              worker.fetchMailbox(event.via, context.identity, context.ghost),
          },
        },
        'page.abandoned': { target: 'idle', actions: 'revert' },
      },
    },
    calling: {
      description: 'The page waits for the next host.',
      on: {
        'owner.fetched': {
          target: 'idle',
          actions: [
            {
              type: 'signalServed',
              params: ({ context }) =>
                worker.served(
                  context,
                  'mailbox',
                  context.identity,
                  context.ghost ? { ghost: context.ghost } : {},
                ),
            },
            { type: 'answer', params: worker.ready },
            'revert',
          ],
        },
        'owner.unauthorized': {
          target: 'idle',
          actions: [{ type: 'refuse', params: worker.unauthorized }, 'revert'],
        },
        'owner.forbidden': {
          target: 'idle',
          actions: [{ type: 'refuse', params: worker.forbidden }, 'revert'],
        },
        'owner.disconnected': 'impersonating',
        'page.abandoned': { target: 'draining', actions: 'revert' },
      },
    },
    draining: {
      description: 'The browser is gone. The page still waits for the next host.',
      on: {
        'owner.fetched': 'idle',
        'owner.unauthorized': 'idle',
        'owner.forbidden': 'idle',
        'owner.disconnected': 'idle',
        'page.abandoned': { actions: 'ignore' },
      },
    },
  },
});
