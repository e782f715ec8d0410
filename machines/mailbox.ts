/**
 * The mailbox server behind one inbound connection: it serves whoever signed in, and nobody else.
 *
 * @source KB Q263236 (the session it opens runs as the caller)
 */
import { setup } from 'xstate';
import { claims, type PageEvent, type ServerEvent, tells } from './messages.ts';
import * as worker from './worker.ts';

export const mailbox = setup({
  types: {
    context: {} as worker.WorkerInput,
    events: {} as PageEvent,
    input: {} as worker.WorkerInput,
  },
  actions: {
    answer: tells<ServerEvent>(),
    refuse: tells<ServerEvent>(),
    claimServed: claims<'served'>(),
    ignore: () => {},
  },
  guards: { isAnonymous: (_, request: worker.Requested) => worker.isAnonymous(request) },
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
            actions: [
              {
                type: 'claimServed',
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
