/**
 * The alternating bit protocol: a sender, a receiver, and a wire each way that holds one message,
 * and delivers or loses it.
 *
 * @source Bartlett, Scantlebury and Wilkinson, A Note on Reliable Full-Duplex Transmission over
 *   Half-Duplex Links (1969)
 */
import { assign, setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { at, component } from './components.ts';

type Bit = 0 | 1;
type Carried = { readonly type: 'bit'; readonly bit: Bit };
type Sent = { readonly to: string; readonly event: Carried };

const send = { send: (_: unknown, _message: Sent) => {} };
const onWire = (bit: Bit): Sent => ({ to: 'wire', event: { type: 'bit', bit } });

/** Sends its bit again and again until that very bit is acknowledged. */
const sender = setup({
  types: { context: {} as { bit: Bit }, events: {} as Carried | { type: 'produce' | 'send' } },
  actions: {
    ...send,
    ignore: () => {},
    flip: assign(({ context }) => ({ bit: (1 - context.bit) as Bit })),
  },
  guards: { isOurs: ({ context }, { bit }: { bit: Bit }) => context.bit === bit },
}).createMachine({
  id: 'sender',
  context: { bit: 0 },
  initial: 'idle',
  states: {
    idle: { on: { produce: 'sending', bit: { actions: 'ignore' } } },
    sending: {
      on: {
        send: { actions: { type: 'send', params: ({ context }) => onWire(context.bit) } },
        bit: [
          {
            guard: { type: 'isOurs', params: ({ event }) => event },
            target: 'idle',
            actions: 'flip',
          },
          { actions: 'ignore' },
        ],
      },
    },
  },
});

/** Acknowledges whatever it last received, again and again. */
const receiver = setup({
  types: { context: {} as { last: Bit }, events: {} as Carried | { type: 'acknowledge' } },
  actions: { ...send, keep: assign((_, { bit }: { bit: Bit }) => ({ last: bit })) },
}).createMachine({
  id: 'receiver',
  context: { last: 1 },
  on: {
    bit: { actions: { type: 'keep', params: ({ event }) => event } },
    acknowledge: { actions: { type: 'send', params: ({ context }) => onWire(context.last) } },
  },
});

const wire = setup({
  types: {
    context: {} as { bit: Bit | null },
    events: {} as Carried | { type: 'deliver' | 'lose' },
  },
  actions: {
    load: assign((_, { bit }: { bit: Bit }) => ({ bit })),
    unload: assign({ bit: null }),
    pass: (_, _message: Sent) => {},
  },
}).createMachine({
  id: 'wire',
  context: { bit: null },
  initial: 'empty',
  states: {
    empty: {
      on: { bit: { target: 'full', actions: { type: 'load', params: ({ event }) => event } } },
    },
    full: {
      on: {
        deliver: {
          target: 'empty',
          actions: [
            {
              type: 'pass',
              params: ({ context }) => ({ to: 'far', event: { type: 'bit', bit: context.bit! } }),
            },
            'unload',
          ],
        },
        lose: { target: 'empty', actions: 'unload' },
      },
    },
  },
});

const wireOffers = [{ type: 'deliver' }, { type: 'lose' }];

export const alternatingBit: System = [
  component('sender', sender, {
    offers: [{ type: 'produce' }, { type: 'send' }],
    ports: { wire: at('there.near'), back: at('back.far') },
  }),
  component('receiver', receiver, {
    offers: [{ type: 'acknowledge' }],
    ports: { wire: at('back.near'), there: at('there.far') },
  }),
  component('there', wire, {
    offers: wireOffers,
    ports: { near: at('sender.wire'), far: at('receiver.there') },
  }),
  component('back', wire, {
    offers: wireOffers,
    ports: { near: at('receiver.wire'), far: at('sender.back') },
  }),
];
