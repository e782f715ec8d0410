/** Dijkstra's dining philosophers: who thinks or eats, and forks that refuse when taken. */
import { setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { at, component } from './components.ts';

type ForkEvent = { readonly type: 'take' | 'put'; readonly from: string };

export const fork = setup({
  types: { events: {} as ForkEvent },
}).createMachine({
  id: 'fork',
  initial: 'free',
  states: {
    free: { on: { take: 'taken' } },
    taken: { on: { put: 'free' } },
  },
});

const take = { type: 'take' } as const;
const put = { type: 'put' } as const;

/** Takes the fork at `first`, then the one at `second`, and puts both back in one step. */
export const philosopher = setup({
  types: { events: {} as { type: 'reach' | 'leave' } },
  actions: { send: (_, _message: { to: 'first' | 'second'; event: { type: string } }) => {} },
}).createMachine({
  id: 'philosopher',
  initial: 'thinking',
  states: {
    thinking: {
      on: {
        reach: {
          target: 'holding',
          actions: { type: 'send', params: { to: 'first', event: take } },
        },
      },
    },
    holding: {
      on: {
        reach: {
          target: 'eating',
          actions: { type: 'send', params: { to: 'second', event: take } },
        },
      },
    },
    eating: {
      on: {
        leave: {
          target: 'thinking',
          actions: [
            { type: 'send', params: { to: 'first', event: put } },
            { type: 'send', params: { to: 'second', event: put } },
          ],
        },
      },
    },
  },
});

/**
 * `seats` philosophers, of whom the first `leftHanded` take their forks in the other order.
 * Philosopher i sits between fork i and fork i + 1.
 */
export function table(seats: number, leftHanded = 0): System {
  const numbers = [...Array(seats).keys()];
  const sides = (i: number) => (i < leftHanded ? ['second', 'first'] : ['first', 'second']);
  return [
    ...numbers.map((i) => {
      const [lower = '', upper = ''] = sides(i);
      const ports = { [lower]: at(`fork${i}.upper`), [upper]: at(`fork${(i + 1) % seats}.lower`) };
      const offers = [{ type: 'reach' }, { type: 'leave' }];
      return component(`philosopher${i}`, philosopher, { offers, ports });
    }),
    ...numbers.map((i) => {
      const below = (i + seats - 1) % seats;
      const ports = {
        upper: at(`philosopher${i}.${sides(i)[0]}`),
        lower: at(`philosopher${below}.${sides(below)[1]}`),
      };
      return component(`fork${i}`, fork, { ports });
    }),
  ];
}
