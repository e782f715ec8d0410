/**
 * Hears one connection: whether its client side has asked for something that is not answered yet.
 *
 * @source RFC 9112 9.3.2 (a response for each request); Baier and Katoen, Principles of Model
 *   Checking, 3.5 (fairness)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

export const completion = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'completion',
  initial: 'idle',
  states: {
    idle: { on: { asked: 'waiting' } },
    waiting: { on: { answered: 'idle' } },
  },
});
