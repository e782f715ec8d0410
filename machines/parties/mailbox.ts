/**
 * The mailbox server behind one inbound connection: it serves whoever signed in, and nobody else.
 * Where the mailboxes have moved, it tells them which host to go to instead.
 *
 * @source KB Q263236 (the session it opens runs as the caller); RFC 9110 15.4 (redirection)
 */
import { setup } from 'xstate';
import { type PageEvent, type ServerEvent, sends } from '../vocabulary/messages.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { HostName } from '../vocabulary/terms.ts';
import * as worker from './worker.ts';

const moved = (to: HostName) => ({ to: 'server', event: { type: 'page.moved' as const, to } });

export type MailboxInput = worker.WorkerInput & { readonly redirectsTo: HostName | null };

export const mailbox = setup({
  types: {
    context: {} as MailboxInput,
    events: {} as PageEvent,
    input: {} as MailboxInput,
    emitted: {} as Signal,
  },
  actions: {
    answer: sends<ServerEvent>(),
    refuse: sends<ServerEvent>(),
    redirect: sends<ServerEvent>(),
    signalServed: signals('served'),
    ignore: () => {},
  },
  guards: {
    isAnonymous: (_, request: worker.Requested) => worker.isAnonymous(request),
    isElsewhere: ({ context: { redirectsTo } }) => redirectsTo !== null,
  },
}).createMachine({
  id: 'mailbox',
  context: ({ input }) => input,
  initial: 'open',
  states: {
    open: {
      on: {
        'page.requested': [
          {
            guard: { type: 'isAnonymous', params: ({ event }) => event },
            actions: { type: 'refuse', params: worker.unauthorized },
          },
          {
            guard: 'isElsewhere',
            actions: { type: 'redirect', params: ({ context }) => moved(context.redirectsTo!) },
          },
          {
            actions: [
              {
                type: 'signalServed',
                params: ({ context, event }) => worker.served(context, event.path, event.identity),
              },
              { type: 'answer', params: worker.ready },
            ],
          },
        ],
        'page.abandoned': { actions: 'ignore' },
      },
    },
  },
});
