/**
 * Hears one connection: whether a sign-in on it was accepted, and no 401 told since.
 *
 * @source MS-N2HT 3.2.1, 3.2.5 (persistent-auth-value)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

export const toldNo401 = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'toldNo401',
  initial: 'signedOut',
  states: {
    signedOut: { on: { commit: 'signedIn' } },
    signedIn: { on: { refused: 'signedOut', closed: 'signedOut' } },
  },
});
