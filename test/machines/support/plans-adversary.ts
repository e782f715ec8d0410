/** For the adversary: how it is tested against itself as a model. */
import { expect } from 'vitest';
import type { AdversaryEvent } from '../../../machines/adversary/adversary.ts';
import type { Message } from '../../../machines/adversary/knowledge.ts';
import type { AdversaryInput } from '../../../machines/adversary/schemes.ts';
import { STATIC_CHALLENGE } from '../../../machines/ntlm/acceptor.ts';
import { answer, INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Challenge } from '../../../machines/vocabulary/terms.ts';
import type { Plan } from './model-based.ts';

const VICTIM = 'alice>evil#1';
const SERVER = 'evil>mailbox#1';
const BASIC = 'evil>archive#1';
const path = 'mailbox';

const CHALLENGE: Challenge = { connection: SERVER, serial: 0 };
const INFO = { computer: 'mailbox', timestamp: true, flags: false };
const challenged: Message = { type: 'CHALLENGE_MESSAGE', challenge: CHALLENGE, info: INFO };
const answered = (user: string, challenge = CHALLENGE): Message => {
  const vantage = { initiator: INITIATOR, machine: user, target: 'evil', certificate: 'evil' };
  const credential = { user, secret: { passwordOf: user } };
  return {
    type: 'AUTHENTICATE_MESSAGE',
    path,
    response: answer(credential, challenge, INFO, vantage),
  };
};
const negotiated: Message = { type: 'NEGOTIATE_MESSAGE', path };
const withPassword: Message = {
  type: 'http.request.basic',
  path,
  credential: { user: 'alice', secret: { passwordOf: 'alice' } },
};

const heardFrom = (from: string, ...messages: readonly Message[]): readonly AdversaryEvent[] =>
  messages.map((message) => ({ ...message, from }));
const closing = (...ports: readonly string[]): readonly AdversaryEvent[] =>
  ports.map((from) => ({ type: 'connection.closed', from }));

const INPUT: AdversaryInput = {
  name: 'mallory',
  account: null,
  inbound: [VICTIM],
  outbound: {
    [SERVER]: { server: 'mailbox', target: 'mailbox', accepts: 'NTLM', certificate: null },
    [BASIC]: { server: 'archive', target: 'archive', accepts: 'Basic', certificate: null },
  },
  guessable: [],
  remembers: 0,
  secrets: [],
};

/** Whoever owes a reply is on a connection that is up, and what it has in hand came by a port. */
const isInOrder: Plan['states'][string] = (context) => {
  const { calling, open, inHand } = context as Record<'calling' | 'open', string[]> &
    Record<'inHand', object>;
  expect(open).toEqual(expect.arrayContaining(calling));
  for (const port of Object.keys(inHand)) expect([VICTIM, SERVER, BASIC]).toContain(port);
};

const plan = (input: Partial<AdversaryInput>, events: readonly AdversaryEvent[]): Plan => ({
  model: MACHINES.adversary,
  input: { ...INPUT, ...input },
  events,
  states: { scheming: isInOrder },
});

const out = { from: VICTIM, to: SERVER } as const;
const back = { from: SERVER, to: VICTIM } as const;

export const ADVERSARY_PLANS: readonly Plan[] = [
  // A handshake passed on.
  plan({}, [
    ...heardFrom(VICTIM, answered('alice')),
    ...heardFrom(SERVER, { type: 'http.ok' }),
    ...closing(VICTIM, SERVER),
    { type: 'connection.opened', from: VICTIM },
    { type: 'adversary.relay', ...out },
    { type: 'adversary.relay', ...back },
  ]),
  // The same, with something taken out or put in.
  plan({}, [
    ...heardFrom(VICTIM, answered('alice')),
    ...heardFrom(SERVER, challenged),
    { type: 'adversary.reflect', ...out },
    ...(['binding', 'mic'] as const).map(
      (part) => ({ type: 'adversary.strip', ...out, part }) as const,
    ),
    ...(['computer', 'timestamp'] as const).map(
      (part) => ({ type: 'adversary.strip', ...back, part }) as const,
    ),
    {
      type: 'adversary.inject',
      ...out,
      part: { computer: 'mailbox', binding: 'mailbox', target: 'mailbox' },
    },
    { type: 'adversary.inject', ...back, part: 'flags' },
  ]),
  // Replies of its own.
  plan({}, [
    ...heardFrom(VICTIM, { type: 'http.request', path }, negotiated, withPassword),
    ...closing(VICTIM),
    { type: 'adversary.unauthorized', on: VICTIM },
    { type: 'adversary.challenge', on: VICTIM, computer: null },
    { type: 'adversary.challenge', on: VICTIM, computer: 'mailbox' },
    { type: 'adversary.redirect', on: VICTIM, to: 'mailbox' },
  ]),
  // Requests of its own, with what it knows,
  plan({ account: 'mallory', secrets: ['mallory'] }, [
    ...heardFrom(SERVER, { type: 'http.unauthorized' }, challenged),
    ...closing(SERVER),
    { type: 'adversary.ask', on: SERVER, path },
    { type: 'adversary.negotiate', on: SERVER, path },
    { type: 'adversary.answer', on: SERVER, as: 'mallory' },
  ]),
  // and with what it learns.
  plan({ guessable: ['bob'] }, [
    ...heardFrom(VICTIM, answered('bob'), answered('alice')),
    ...heardFrom(BASIC, { type: 'http.redirect', to: 'mailbox' }),
    ...heardFrom(BASIC, { type: 'http.forbidden' }),
    { type: 'adversary.answer', on: BASIC, as: 'bob' },
  ]),
  // What it overhears, and sends again.
  plan({ guessable: ['bob'], remembers: 3 }, [
    ...[answered('bob'), answered('alice', STATIC_CHALLENGE), withPassword, negotiated].map(
      (message) => ({ type: 'wire.overheard', message, from: VICTIM }) as const,
    ),
    { type: 'adversary.replay', on: SERVER, nth: 0 },
    { type: 'adversary.replay', on: SERVER, nth: 1 },
    { type: 'adversary.answer', on: BASIC, as: 'alice' },
  ]),
];
