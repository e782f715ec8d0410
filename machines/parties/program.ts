/**
 * A program that makes requests for several users over one pool of connections, as libcurl does in
 * a service. It has no state: what it may ask for, it may ask for at any time, on any connection
 * that takes it. Whether one is free for the purpose is the connection's to say.
 *
 * @source RFC 9110 16.4.2 (credentials bound to a connection); curl CVE-2014-0015 and later ones
 */
import { setup } from 'xstate';
import { type ClientEvent, type OwnerEvent, type Port, sends } from '../vocabulary/messages.ts';
import type { Purpose } from '../vocabulary/purpose.ts';

export type ProgramEvent =
  | OwnerEvent
  | { readonly type: 'program.requests'; readonly via: Port; readonly purpose: Purpose };

/** It has the password of whoever it acts for, or a logon handle, which is as good. */
const fetch = ({ via, purpose }: Extract<ProgramEvent, { type: 'program.requests' }>) => {
  const user = purpose.credentials ?? purpose.ambientIdentity;
  const credential = { user, secret: { passwordOf: user } };
  return {
    to: via,
    event: { type: 'client.fetch' as const, path: 'mailbox' as const, credential, purpose },
  };
};

export const program = setup({
  types: { events: {} as ProgramEvent },
  actions: {
    sendFetch: sends<ClientEvent>(),
    take: () => {}, // the page, or why there is none; it follows no redirect
  },
}).createMachine({
  id: 'program',
  initial: 'working',
  states: {
    working: {
      on: {
        'program.requests': { actions: { type: 'sendFetch', params: ({ event }) => fetch(event) } },
        'owner.fetched': { actions: 'take' },
        'owner.unauthorized': { actions: 'take' },
        'owner.redirected': { actions: 'take' },
        'owner.disconnected': { actions: 'take' },
      },
    },
  },
});
