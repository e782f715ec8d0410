/** A token that passes round a ring of stations. A station waits for it before it works. */
import { setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { at, component } from './components.ts';

type StationEvent = { readonly type: 'want' | 'work' | 'pass' | 'token' };

const hand = { type: 'hand', params: { to: 'next', event: { type: 'token' } } } as const;

/**
 * @param starts - whether it has the token at first.
 * @param isGreedy - whether it may work again and again before it passes the token on.
 */
const stationThat = (starts: boolean, isGreedy: boolean) =>
  setup({
    types: { events: {} as StationEvent },
    actions: { hand: (_, _message: { to: 'next'; event: { type: 'token' } }) => {} },
  }).createMachine({
    id: 'station',
    initial: starts ? 'holding' : 'idle',
    states: {
      idle: { on: { want: 'waiting', token: 'holding' } },
      waiting: { on: { token: 'served' } },
      holding: {
        on: {
          pass: { target: 'idle', actions: hand },
          ...(isGreedy ? { want: 'served' } : {}),
        },
      },
      served: { on: { work: 'holding' } },
    },
  });

export function ring(stations: number, isGreedy = false): System {
  const [first, other] = [stationThat(true, isGreedy), stationThat(false, isGreedy)];
  const name = (i: number) => `station${(i + stations) % stations}`;
  return [...Array(stations).keys()].map((i) =>
    component(name(i), i === 0 ? first : other, {
      offers: [{ type: 'want' }, { type: 'work' }, { type: 'pass' }],
      ports: { next: at(`${name(i + 1)}.before`), before: at(`${name(i - 1)}.next`) },
    }),
  );
}
