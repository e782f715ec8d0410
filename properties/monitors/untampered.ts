/**
 * Hears one connection. Violated when the server accepts a response that no client sent in this
 * form, or whose challenge was changed, although a client answered that challenge with a MIC.
 *
 * @source MS-NLMP 3.1.5.1.2 (the MIC, over all three messages), 3.2.5.1.2 (its check)
 */

import { assign, setup } from 'xstate';
import { theEvent } from '../../machines/vocabulary/reading.ts';
import type { Signal } from '../../machines/vocabulary/signals.ts';
import type { Response, TargetInfo } from '../../machines/vocabulary/terms.ts';

type Context = {
  readonly issued: TargetInfo | null; // with the last challenge
  readonly sent: readonly Response[]; // in answer to it, ascending by their text
};
type Running = Extract<Signal, { type: 'running' }>;
type Commit = Extract<Signal, { type: 'commit' }>;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** A MIC that fits shows that no message was changed, whenever it was sent. */
const isCovered = (response: Response | null, issued: TargetInfo | null) =>
  response !== null && !response.altered && response.mic !== null && isSame(response.mic, issued);

export const untampered = setup({
  types: { context: {} as Context, events: {} as Signal },
  actions: {
    noteIssued: assign((_, { info }: { info: TargetInfo }) => ({ issued: info, sent: [] })),
    noteSent: assign(({ context: { sent } }, { response }: Running) => ({
      sent:
        response === null || sent.some((other) => isSame(other, response))
          ? sent
          : [...sent, response].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    })),
    forget: assign({ issued: null, sent: [] }),
  },
  guards: {
    isChanged: ({ context: { issued, sent } }, { response }: Commit) =>
      sent.some(({ mic }) => mic !== null) &&
      !isCovered(response, issued) &&
      !sent.some((own) => own.mic === null && isSame(own, response)),
  },
}).createMachine({
  id: 'untampered',
  description: 'Watches one connection for an acceptance despite a changed message.',
  context: { issued: null, sent: [] },
  initial: 'watching',
  states: {
    watching: {
      description: 'No response was accepted despite a change.',
      on: {
        issued: { actions: { type: 'noteIssued', params: theEvent } },
        running: { actions: { type: 'noteSent', params: theEvent } },
        commit: [
          { guard: { type: 'isChanged', params: theEvent }, target: 'violated' },
          { actions: 'forget' },
        ],
        closed: { actions: 'forget' },
      },
    },
    violated: { description: 'A response was accepted although it or its challenge was changed.' },
  },
});
