/**
 * The most general client: it sends any message of a finite vocabulary, in any order, on any
 * connection, even one that no client could know. A server that withstands it withstands every
 * network.
 *
 * It also stands for the page behind the server. The number of its NEGOTIATE_MESSAGEs is bounded,
 * and so is the number of challenges; within that bound no challenge is issued twice.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983
 */
import { assign, setup } from 'xstate';
import { type Path, type Port, type ServerEvent, sends } from '../vocabulary/messages.ts';

type Input = { readonly challengesMax: number };
type Context = Input & { readonly negotiated: number };
export type MostGeneralClientEvent =
  | { readonly type: 'client.says'; readonly to: Port; readonly event: ServerEvent }
  | { readonly type: 'client.negotiates'; readonly to: Port; readonly path: Path }
  | { readonly type: 'wire.send' | 'page.requested' | 'page.abandoned' }; // heard and ignored

export const mostGeneralClient = setup({
  types: {
    context: {} as Context,
    events: {} as MostGeneralClientEvent,
    input: {} as Input,
  },
  actions: {
    count: assign(({ context }) => ({ negotiated: context.negotiated + 1 })),
    say: sends<ServerEvent>(),
    hear: () => {},
  },
  guards: { mayNegotiate: ({ context }) => context.negotiated < context.challengesMax },
}).createMachine({
  id: 'mostGeneralClient',
  description: 'A client that can send any message of a finite vocabulary at any time.',
  context: ({ input }) => ({ ...input, negotiated: 0 }),
  on: {
    'client.says': {
      actions: { type: 'say', params: ({ event: { to, event } }) => ({ to, event }) },
    },
    'client.negotiates': {
      guard: 'mayNegotiate',
      actions: [
        'count',
        {
          type: 'say',
          params: ({ event: { to, path } }) => ({
            to,
            event: { type: 'NEGOTIATE_MESSAGE', path },
          }),
        },
      ],
    },
    'wire.send': { actions: 'hear' },
    'page.requested': { actions: 'hear' },
    'page.abandoned': { actions: 'hear' },
  },
});
