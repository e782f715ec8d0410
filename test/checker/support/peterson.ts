/** Peterson's mutual exclusion: two processes, and the memory that they share. */
import { assign, emit, setup } from 'xstate';
import type { Property, System } from '../../../checker/model/system.ts';
import { at, component, monitor } from './components.ts';

type Name = 'a' | 'b'; // of a process, and of the memory's port to it
type MemoryEvent = { readonly type: 'raise' | 'yield' | 'pass' | 'lower'; readonly from: Name };
type Memory = { readonly a: boolean; readonly b: boolean; readonly turn: Name };

export const other = (name: Name): Name => (name === 'a' ? 'b' : 'a');

/** Refuses `pass` to a process that has to wait. */
export const memory = setup({
  types: { context: {} as Memory, events: {} as MemoryEvent },
  actions: {
    setFlag: assign((_, [name, raised]: readonly [Name, boolean]) => ({ [name]: raised })),
    setTurn: assign((_, { turn }: { turn: Name }) => ({ turn })),
    ignore: () => {},
  },
  guards: {
    mayPass: ({ context }, { from }: { from: Name }) =>
      !context[other(from)] || context.turn === from,
  },
}).createMachine({
  id: 'memory',
  context: { a: false, b: false, turn: 'a' },
  on: {
    raise: { actions: { type: 'setFlag', params: ({ event }) => [event.from, true] as const } },
    yield: { actions: { type: 'setTurn', params: ({ event }) => ({ turn: other(event.from) }) } },
    pass: { guard: { type: 'mayPass', params: ({ event }) => event }, actions: 'ignore' },
    lower: { actions: { type: 'setFlag', params: ({ event }) => [event.from, false] as const } },
  },
});

type Tell = { readonly to: 'memory'; readonly event: { readonly type: MemoryEvent['type'] } };
const tell = (type: MemoryEvent['type']) =>
  ({ type: 'tell', params: { to: 'memory', event: { type } } }) as const;
const signal = (type: 'entered' | 'left') => ({ type: 'signal', params: { type } }) as const;

export const process = setup({
  types: { events: {} as { type: 'go' } },
  actions: {
    tell: (_, _message: Tell) => {},
    signal: emit((_, event: { type: 'entered' | 'left' }) => event),
  },
}).createMachine({
  id: 'process',
  initial: 'idle',
  states: {
    idle: { on: { go: { target: 'raised', actions: tell('raise') } } },
    raised: { on: { go: { target: 'waiting', actions: tell('yield') } } },
    waiting: { on: { go: { target: 'critical', actions: [tell('pass'), signal('entered')] } } },
    critical: { on: { go: { target: 'idle', actions: [tell('lower'), signal('left')] } } },
  },
});

export const oneInside = setup({
  types: { events: {} as { type: 'entered' | 'left' } },
}).createMachine({
  id: 'oneInside',
  initial: 'empty',
  states: {
    empty: { on: { entered: 'occupied' } },
    occupied: { on: { entered: 'violated', left: 'empty' } },
    violated: {},
  },
});

/** @param shared - `memory`, or a version with a guard replaced. */
export function peterson(shared = memory): System {
  const offers = [{ type: 'go' }];
  return [
    component('a', process, { offers, ports: { memory: at('memory.a') } }),
    component('b', process, { offers, ports: { memory: at('memory.b') } }),
    component('memory', shared, { ports: { a: at('a.memory'), b: at('b.memory') } }),
    monitor('at most one is inside', oneInside),
  ];
}

export const mutualExclusion: Property = {
  kind: 'always',
  name: 'no two processes are critical at once',
  reads: ['a', 'b'],
  holds: (a, b) => !(a?.value === 'critical' && b?.value === 'critical'),
};
