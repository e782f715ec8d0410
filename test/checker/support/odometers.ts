/** Systems with as many states as one likes, and nothing to be said of them. */
import { assign, setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { component } from './components.ts';

/** Counts to 27 and starts again: `names` of them have 28 to that power states. */
const odometer = setup({
  types: { context: {} as { n: number } },
  actions: { count: assign(({ context }) => ({ n: (context.n + 1) % 28 })) },
}).createMachine({ context: { n: 0 }, on: { go: { actions: 'count' } } });
export const odometers = (names: string): System =>
  [...names].map((name) => component(name, odometer, { offers: [{ type: 'go' }] }));
