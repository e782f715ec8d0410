/**
 * A browser with its user, towards one protection space: what it remembers, and its prompt.
 *
 * What is remembered is the password (or a logon handle), never a token: each challenge is
 * answered afresh. The prompt is modal: what another tab hears in the meantime waits.
 *
 * @source RFC 7617 2.2 (reuse within a protection space); KB Q264921 (the first request is
 *   anonymous); KB Q183545
 */
import { assign, setup } from 'xstate';
import {
  type ClientEvent,
  claims,
  type OwnerEvent,
  type Path,
  type Port,
  tells,
} from './messages.ts';
import type { Credential, HostName, Secret, UserName } from './terms.ts';

export type BrowserInput = { readonly user: UserName; readonly server: HostName };
type Visit = { readonly via: Port; readonly path: Path };
type Context = BrowserInput & {
  readonly credential: Credential | null; // non-null exactly in `remembered`
  readonly visit: Visit | null; // what to ask for again; non-null exactly in `asking`
};
export type BrowserEvent =
  | OwnerEvent
  | { readonly type: 'user.visits'; readonly via: Port; readonly path: Path }
  | { readonly type: 'user.types'; readonly secret: Secret }
  | { readonly type: 'user.cancels' };

const fetch = ({ credential }: Context, { via, path }: Visit) => ({
  to: via,
  event: { type: 'fetch' as const, path, credential },
});
const refused = ({ from, path }: { from: Port; path: Path }): Visit => ({ via: from, path });

export const browser = setup({
  types: { context: {} as Context, events: {} as BrowserEvent, input: {} as BrowserInput },
  actions: {
    remember: assign(({ context }, { secret }: { secret: Secret }) => ({
      credential: { user: context.user, secret },
    })),
    forget: assign({ credential: null }),
    suspend: assign((_, visit: Visit) => ({ visit })),
    resume: assign({ visit: null }),
    fetch: tells<ClientEvent>(),
    claimPrompted: claims<'prompted'>(),
    show: () => {}, // a page, or why there is none
  },
  guards: {
    isAsking: ({ context }) => context.visit !== null,
    /** There was something to present, and it did not help: it is not kept. */
    wasPresented: (_, { presented }: { presented: boolean }) => presented,
    /** Refused before the password was known: it is worth another try, without a prompt. */
    canRetry: ({ context }, { presented }: { presented: boolean }) =>
      context.credential !== null && !presented,
  },
}).createMachine({
  id: 'browser',
  context: ({ input }) => ({ ...input, credential: null, visit: null }),
  type: 'parallel',
  states: {
    credentials: {
      initial: 'none',
      states: {
        none: { on: { 'user.types': { guard: 'isAsking', target: 'remembered' } } },
        remembered: {
          on: {
            unauthorized: {
              guard: { type: 'wasPresented', params: ({ event }) => event },
              target: 'none',
              actions: 'forget',
            },
          },
        },
      },
    },
    prompt: {
      initial: 'hidden',
      states: {
        hidden: {
          on: {
            'user.visits': {
              actions: { type: 'fetch', params: ({ context, event }) => fetch(context, event) },
            },
            unauthorized: [
              {
                guard: { type: 'canRetry', params: ({ event }) => event },
                actions: {
                  type: 'fetch',
                  params: ({ context, event }) => fetch(context, refused(event)),
                },
              },
              {
                target: 'asking',
                actions: { type: 'suspend', params: ({ event }) => refused(event) },
              },
            ],
          },
        },
        asking: {
          entry: {
            type: 'claimPrompted',
            params: ({ context: { user, server } }) => ({
              claim: { type: 'prompted', user, server },
            }),
          },
          on: {
            'user.types': {
              target: 'hidden',
              actions: [
                { type: 'remember', params: ({ event }) => event },
                { type: 'fetch', params: ({ context }) => fetch(context, context.visit!) },
                'resume',
              ],
            },
            'user.cancels': { target: 'hidden', actions: 'resume' },
          },
        },
      },
    },
  },
  on: { fetched: { actions: 'show' }, disconnected: { actions: 'show' } },
});
