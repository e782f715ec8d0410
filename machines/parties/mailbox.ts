/**
 * The mailbox server behind one inbound connection. It serves the signed-in user and refuses
 * anonymous requests. Where the mailboxes have moved, it redirects to the other host.
 *
 * @source KB Q263236 (the session it opens runs as the caller); RFC 9110 15.4 (redirection)
 */
import { setup } from 'xstate';
import { type PageEvent, type ServerEvent, sends } from '../vocabulary/messages.ts';
import { present, theEvent } from '../vocabulary/reading.ts';
import { type Signal, signals } from '../vocabulary/signals.ts';
import type { HostName } from '../vocabulary/terms.ts';
import * as worker from './worker.ts';

export type MailboxInput = worker.WorkerInput & { readonly redirectsTo: HostName | null };

const moved = ({ context }: { readonly context: MailboxInput }) => ({
  to: 'server',
  event: { type: 'page.moved' as const, to: present(context, 'redirectsTo') },
});

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
  description: 'A page on the last host. It serves the signed-in user, or redirects.',
  context: ({ input }) => input,
  initial: 'open',
  states: {
    open: {
      description: 'The page answers each request at once.',
      on: {
        'page.requested': [
          {
            guard: { type: 'isAnonymous', params: theEvent },
            actions: { type: 'refuse', params: worker.unauthorized },
          },
          {
            guard: 'isElsewhere',
            actions: { type: 'redirect', params: moved },
          },
          {
            actions: [
              {
                type: 'signalServed',
                params: ({ context, event }) =>
                  worker.served(context, event.path, event.identity, event),
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
