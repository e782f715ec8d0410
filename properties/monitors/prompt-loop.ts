/**
 * Hears of one user at one host, around the loop of the article: accepted, yet asked again, and
 * accepted and asked once more.
 *
 * @source KB Q183545; KB Q263236 (Logonfrm.asp asks, the mailbox refuses)
 */
import { setup } from 'xstate';
import type { Signal } from '../../machines/vocabulary/signals.ts';

export const promptLoop = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'promptLoop',
  initial: 'unknown',
  states: {
    unknown: { on: { commit: 'accepted' } },
    accepted: { on: { prompted: 'askedAgain' } },
    askedAgain: { on: { commit: 'acceptedAgain' } },
    acceptedAgain: { on: { prompted: 'looping' } },
    looping: {},
  },
});
