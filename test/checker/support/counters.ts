/** Systems with values that come late, with many fields that are the same, and one that tarries. */
import { type AnyEventObject, assign, setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { at, component } from './components.ts';

const TARRY = 25; // ms

/** Counts as far as the input says, and has no use for more. */
const counter = setup({
  types: {
    context: {} as { n: number; last: number; fails: boolean },
    input: {} as { last: number; fails: boolean },
  },
  guards: {
    mayCount({ context: { n, last, fails } }) {
      if (fails && n === last) throw new RangeError('too far');
      return n < last;
    },
  },
  actions: { count: assign(({ context }) => ({ n: context.n + 1 })) },
}).createMachine({
  context: ({ input }) => ({ n: 0, ...input }),
  on: { go: { guard: 'mayCount', actions: 'count' } },
});

/** @param fails - whether the machine throws where it has counted to the end. */
export const counterTo = (last: number, fails = false): System => [
  component('counter', counter, { input: { last, fails }, offers: [{ type: 'go' }] }),
];

/**
 * Takes two steps, and so long for the second that threads which have been started are there then.
 * A machine of its own each time: of one that has been asked, the answer is known at once.
 */
export const tarrying = (): System => {
  const machine = setup({
    types: { context: {} as { n: number } },
    guards: {
      mayCount({ context: { n } }) {
        if (n === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TARRY);
        return n < 2;
      },
    },
    actions: { count: assign(({ context }) => ({ n: context.n + 1 })) },
  }).createMachine({
    context: { n: 0 },
    on: { go: { guard: 'mayCount', actions: 'count' } },
  });
  return [component('tarrying', machine, { offers: [{ type: 'go' }] })];
};

const follower = setup({
  types: { context: {} as { n: number }, events: {} as { type: 'set'; n: number } },
  actions: { follow: assign(({ event }) => ({ n: event.n })) },
}).createMachine({ context: { n: 0 }, on: { set: { actions: 'follow' } } });

/** Counts to 27, and tells everybody behind a port how far it is. */
const leader = (ports: readonly string[]) =>
  setup({
    types: { context: {} as { n: number } },
    actions: {
      count: assign(({ context }) => ({ n: (context.n + 1) % 28 })),
      tell: (_, _message: { to: string; event: AnyEventObject }) => {},
    },
  }).createMachine({
    context: { n: 0 },
    on: {
      go: {
        actions: [
          'count',
          ...ports.map((to) => ({
            type: 'tell' as const,
            params: ({ context }: { context: { n: number } }) => ({
              to,
              event: { type: 'set', n: context.n },
            }),
          })),
        ],
      },
    },
  });

/** One that counts, and `count` that repeat it: 28 states, in as many fields of five bits. */
export function followers(count: number): System {
  const names = Array.from({ length: count }, (_, i) => `follower${i}`);
  const ports = Object.fromEntries(names.map((name) => [name, at(`${name}.leader`)]));
  return [
    component('leader', leader(names), { offers: [{ type: 'go' }], ports }),
    ...names.map((name) => component(name, follower, { ports: { leader: at(`leader.${name}`) } })),
  ];
}
