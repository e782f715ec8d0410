/**
 * Hears of one user at one server: whether the user, once sent there by another, is asked to sign
 * in. That one led to the other shows in a shortest trace, since nothing else need happen.
 *
 * @source RFC 9110 15.4 (redirection), 11.6.1 (challenge)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

export const followed = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'followed',
  initial: 'waiting',
  states: {
    waiting: { on: { followed: 'followed' } },
    followed: { on: { prompted: 'asked' } },
    asked: {},
  },
});
