/** For the most general client and adversary: how each is tested against itself as a model. */
import { expect } from 'vitest';
import {
  mostGeneralRelay,
  mostGeneralSender,
} from '../../../machines/adversary/most-general-adversary.ts';
import { answer, INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { mostGeneralClient } from '../../../machines/parties/most-general-client.ts';
import type { Request } from '../../../machines/vocabulary/messages.ts';
import type { Plan } from './model-based.ts';

const CONNECTION = 'alice>frontEnd#1';
const VICTIM = 'alice>evil#1';
const SERVER = 'evil>mailbox#1';
const path = 'mailbox';
const challenge = { connection: SERVER, serial: 0 };
const info = { computer: 'mailbox', timestamp: true, flags: false };
const vantage = { machine: 'alice', target: 'evil', certificate: 'evil' };
const nothing = () => {};

/** A proof with everything that can be changed, and one with nothing. */
const answers: readonly Request[] = [INITIATOR, { ...INITIATOR, version: 'NTLMv1' as const }].map(
  (initiator) => ({
    type: 'AUTHENTICATE_MESSAGE',
    path,
    response: answer({ user: 'alice', secret: { passwordOf: 'alice' } }, challenge, info, {
      initiator,
      ...vantage,
    }),
    ghost: { cause: 'alice', run: VICTIM },
  }),
);
const forged = { computer: 'mailbox', binding: 'mailbox', target: 'mailbox' };

export const MOST_GENERAL_PLANS = {
  mostGeneralClient: [
    {
      model: mostGeneralClient,
      input: { challengesMax: 1 },
      events: [
        { type: 'client.says', to: CONNECTION, event: { type: 'page.ready' } },
        { type: 'client.negotiates', to: CONNECTION, path },
        { type: 'wire.send' },
        { type: 'page.requested' },
        { type: 'page.abandoned' },
      ],
      states: { '': nothing },
    },
  ],
  mostGeneralSender: [
    {
      model: mostGeneralSender,
      input: { account: 'mallory', initiator: INITIATOR },
      events: [
        { type: 'adversary.says', to: VICTIM, event: { type: 'http.ok' } },
        { type: 'adversary.says', to: SERVER, event: { type: 'NEGOTIATE_MESSAGE', path } },
        {
          type: 'adversary.proves',
          to: SERVER,
          path,
          user: 'mallory',
          challenge,
          info,
          ...vantage,
        },
      ],
      states: { '': nothing },
    },
  ],
  mostGeneralRelay: [
    {
      model: mostGeneralRelay,
      input: { account: 'mallory' },
      events: [
        { type: 'wire.send', from: VICTIM, message: { type: 'NEGOTIATE_MESSAGE', path } },
        ...answers.map((message) => ({ type: 'wire.send', from: VICTIM, message })),
        ...(['none', 'binding', 'mic', forged] as const).map((change) => ({
          type: 'adversary.passes',
          to: SERVER,
          change,
        })),
        { type: 'adversary.drops' },
      ],
      states: {
        listening: ({ held }) => expect(held).toBeNull(),
        holding: ({ held }) => expect(held).not.toBeNull(),
      },
    },
  ],
} satisfies Readonly<Record<string, readonly Plan[]>>;
