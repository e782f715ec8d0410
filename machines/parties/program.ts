/**
 * A program that sends requests for several users over one pool of connections, as libcurl does in
 * a service. It has no state: it can send each of its requests at any time, on any connection that
 * accepts it. The connection decides whether it is free for the purpose.
 *
 * @source RFC 9110 16.4.2 (credentials bound to a connection); curl CVE-2014-0015 and later ones
 */
import { setup } from 'xstate';
import { type ClientEvent, type OwnerEvent, type Port, sends } from '../vocabulary/messages.ts';
import { type Purpose, userOf } from '../vocabulary/purpose.ts';

export type ProgramEvent =
  | OwnerEvent
  | { readonly type: 'program.requests'; readonly via: Port; readonly purpose: Purpose };

/** The program has the password, or a logon handle, of each user it acts for. */
const fetch = ({ via, purpose }: Extract<ProgramEvent, { type: 'program.requests' }>) => {
  const user = userOf(purpose);
  const credential = { user, secret: { passwordOf: user } };
  return {
    to: via,
    event: {
      type: 'client.fetch' as const,
      path: 'mailbox' as const,
      credential,
      purpose,
      ghost: { cause: user, purpose },
    },
  };
};

export const program = setup({
  types: { events: {} as ProgramEvent },
  actions: {
    sendFetch: sends<ClientEvent>(),
    take: () => {}, // the page, or the reason why there is none; it follows no redirect
  },
}).createMachine({
  id: 'program',
  description: 'A program that sends requests for several users over one pool of connections.',
  initial: 'working',
  states: {
    working: {
      description: 'The program can send any of its requests at any time.',
      on: {
        'program.requests': { actions: { type: 'sendFetch', params: ({ event }) => fetch(event) } },
        'owner.fetched': { actions: 'take' },
        'owner.unauthorized': { actions: 'take' },
        'owner.redirected': { actions: 'take' },
        'owner.forbidden': { actions: 'take' },
        'owner.disconnected': { actions: 'take' },
      },
    },
  },
});
