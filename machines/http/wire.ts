/**
 * One TCP connection slot: down, quiet, or carrying one message. HTTP/1.1 has one outstanding
 * request, so one wire serves both directions. It can close at any time, and both ends notice.
 *
 * @source RFC 9112 9.3 (persistence), 9.3.2 (pipelining, not modelled), 9.6 (tear-down)
 */
import { assign, setup } from 'xstate';
import {
  type ClientEvent,
  type Port,
  type Reply,
  type Request,
  type ServerEvent,
  sends,
  type WireEvent,
} from '../vocabulary/messages.ts';
import { present, theEvent } from '../vocabulary/reading.ts';

type Load = { readonly to: 'client' | 'server'; readonly event: Request | Reply };
export type WireInput = {
  /** False: its client closes the connection after each reply, and opens another to go on. */
  readonly keepAlive: boolean;
};
type Context = WireInput & { readonly load: Load | null }; // non-null exactly in `carrying`
type Sent = Extract<WireEvent, { type: 'wire.send' }>;
type Overheard = { readonly type: 'wire.overheard'; readonly message: Request | Reply };

/** The port `tap` leads to the adversary where one listens. */
const overheard = ({ event: { message } }: { event: { message: Request | Reply } }) => ({
  to: 'tap',
  event: { type: 'wire.overheard' as const, message },
});

const announceOpening = {
  type: 'announceOpening',
  params: { to: 'server', event: { type: 'connection.opened' } },
} as const;
const hangUpOnServer = {
  type: 'hangUpOnServer',
  params: { to: 'server', event: { type: 'connection.closed' } },
} as const;
const takeUp = [
  { type: 'load', params: theEvent<Sent> },
  { type: 'overhear', params: overheard },
] as const;
const handOver = [
  { type: 'deliver', params: ({ context }: { context: Context }) => present(context, 'load') },
  'unload',
] as const;

export const wire = setup({
  types: { context: {} as Context, events: {} as WireEvent, input: {} as WireInput },
  actions: {
    load: assign((_, { from, message }: { from: Port; message: Request | Reply }) => ({
      load: { to: from === 'client' ? ('server' as const) : ('client' as const), event: message },
    })),
    unload: assign({ load: null }),
    announceOpening: sends<ServerEvent>(),
    hangUpOnClient: sends<ClientEvent>(),
    hangUpOnServer: sends<ServerEvent>(),
    deliver: sends<Request | Reply>(),
    overhear: sends<Overheard>(),
  },
  guards: {
    /** A reply, to a client that keeps no connection alive. */
    isLast: ({ context: { keepAlive, load } }) => !keepAlive && load?.to === 'client',
  },
}).createMachine({
  id: 'wire',
  description: 'One TCP connection slot. It carries at most one HTTP message at a time.',
  context: ({ input }) => ({ ...input, load: null }),
  initial: 'down',
  states: {
    down: {
      description: 'There is no TCP connection.',
      on: {
        'wire.open': {
          target: 'up',
          actions: announceOpening,
        },
      },
    },
    up: {
      description: 'The TCP connection is open.',
      initial: 'quiet',
      states: {
        quiet: {
          description: 'No message is on the wire.',
          on: {
            'wire.send': { target: 'carrying', actions: takeUp },
          },
        },
        carrying: {
          description: 'One message is on the wire.',
          on: {
            'wire.deliver': [
              { guard: 'isLast', target: '#wire.spent', actions: [...handOver, hangUpOnServer] },
              { target: 'quiet', actions: handOver },
            ],
          },
        },
      },
      on: {
        'wire.close': {
          target: 'down',
          actions: [
            'unload',
            {
              type: 'hangUpOnClient',
              params: { to: 'client', event: { type: 'connection.closed' } },
            },
            hangUpOnServer,
          ],
        },
      },
    },
    spent: {
      description: 'The client has closed the connection after a reply. It may open another.',
      on: {
        'wire.send': { target: 'up.carrying', actions: [announceOpening, ...takeUp] },
        'wire.close': 'down',
      },
    },
  },
});
