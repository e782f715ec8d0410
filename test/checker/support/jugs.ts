/** Two jugs of 3 and 5 litres, a tap and a drain. */
import { assign, setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { component } from './components.ts';

type Litres = { readonly three: number; readonly five: number };
type JugEvent =
  | { readonly type: 'fill' | 'empty'; readonly jug: keyof Litres }
  | { readonly type: 'pour'; readonly from: keyof Litres };

export const JUG_EVENTS: readonly JugEvent[] = [
  { type: 'fill', jug: 'three' },
  { type: 'fill', jug: 'five' },
  { type: 'empty', jug: 'three' },
  { type: 'empty', jug: 'five' },
  { type: 'pour', from: 'three' },
  { type: 'pour', from: 'five' },
];

const SIZES: Litres = { three: 3, five: 5 };

export const jugs = setup({
  types: { context: {} as Litres, events: {} as JugEvent },
  actions: {
    hold: assign((_, litres: Partial<Litres>) => litres),
    pour: assign(({ context: { three, five } }, { from }: { from: keyof Litres }) => {
      const moved = from === 'three' ? Math.min(three, 5 - five) : -Math.min(five, 3 - three);
      return { three: three - moved, five: five + moved };
    }),
  },
}).createMachine({
  id: 'jugs',
  context: { three: 0, five: 0 },
  on: {
    fill: {
      actions: { type: 'hold', params: ({ event }) => ({ [event.jug]: SIZES[event.jug] }) },
    },
    empty: { actions: { type: 'hold', params: ({ event }) => ({ [event.jug]: 0 }) } },
    pour: { actions: { type: 'pour', params: ({ event }) => event } },
  },
});

export const jugSystem: System = [component('jugs', jugs, { offers: JUG_EVENTS })];
