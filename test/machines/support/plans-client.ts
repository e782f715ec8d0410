/** The plans of those who ask: browsers, programs, and their client connections. */
import { expect } from 'vitest';
import type { AnyEventObject } from 'xstate';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import type { NtlmClientInput } from '../../../machines/ntlm/ntlm-client.ts';
import type { BrowserEvent } from '../../../machines/parties/browsing.ts';
import type { ProgramEvent } from '../../../machines/parties/program.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { ClientEvent } from '../../../machines/vocabulary/messages.ts';
import { POOL_KEY, type Purpose } from '../../../machines/vocabulary/purpose.ts';
import type { Credential } from '../../../machines/vocabulary/terms.ts';
import type { Plan } from './model-based.ts';

const CONNECTION = 'alice>frontEnd#1';
const ALICE: Credential = { user: 'alice', secret: { passwordOf: 'alice' } };
const TOKEN: Credential = { user: 'alice', secret: null };
const BOB: Credential = { user: 'bob', secret: { passwordOf: 'bob' } };
const PURPOSE: Purpose = {
  credentials: null,
  ambientIdentity: 'alice',
  origin: 'frontEnd',
  proxyCredentials: null,
  delegation: 'none',
};

const typed = <E extends AnyEventObject>(...events: readonly E[]): readonly E[] => events;
const isNull = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).toBeNull();
const isSet = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).not.toBeNull();

const fetching = (credential: Credential | null, purpose: Purpose | null = null) =>
  ({ type: 'client.fetch', path: 'mailbox', credential, purpose, from: 'browser' }) as const;
const replies = typed<ClientEvent>(
  { type: 'http.ok' },
  { type: 'http.redirect', to: 'mailbox' },
  { type: 'http.forbidden' },
  { type: 'http.unauthorized' },
  {
    type: 'CHALLENGE_MESSAGE',
    challenge: { connection: CONNECTION, serial: 0 },
    info: { computer: 'frontEnd', timestamp: true, flags: false },
  },
  { type: 'connection.closed' },
);
const clientInput = {
  host: 'alice',
  server: 'frontEnd',
  connection: CONNECTION,
  keepAlive: true,
};
const ntlmInput: NtlmClientInput = {
  ...clientInput,
  initiator: INITIATOR,
  machine: 'alice',
  target: 'portal',
  certificate: null,
  poolKey: ['credentials'],
  handshake: 'connection',
};

const ntlmClientPlan = (
  input: Partial<NtlmClientInput>,
  ...fetches: readonly ClientEvent[]
): Plan => ({
  model: MACHINES.ntlmClientConnection,
  input: { ...ntlmInput, ...input },
  events: [...fetches, ...replies],
  states: {
    closed: (context) => {
      isNull('exchange')(context);
      isNull('authenticatedFor')(context);
    },
    ...(input.keepAlive === false ? {} : { idle: isNull('exchange') }),
    ...(input.handshake === 'host'
      ? { 'busy.challenged': ({ exchange }) => expect(exchange).toHaveProperty('issued') }
      : {}),
    'busy.awaitingReply': isSet('exchange'),
    'busy.awaitingChallenge': ({ exchange, authenticatedFor }) => {
      expect(exchange).toMatchObject({ attempted: true });
      expect(authenticatedFor).toBeNull();
    },
    'busy.awaitingVerdict': ({ exchange }) => expect(exchange).toMatchObject({ attempted: true }),
  },
});

const OTHER = 'alice>frontEnd#2';
const takeOver = {
  type: 'client.takeOver',
  owner: 'browser',
  path: 'mailbox',
  credential: ALICE,
  purpose: null,
  challenge: { connection: OTHER, serial: 0 },
  info: { computer: 'frontEnd', timestamp: true, flags: false },
  from: OTHER,
} as const;
const answers = typed<ClientEvent>(
  { type: 'client.answers', via: CONNECTION },
  { type: 'client.answers', via: OTHER },
  takeOver,
  { ...takeOver, credential: BOB },
);

const ownerEvents = [
  { type: 'owner.fetched', from: CONNECTION },
  { type: 'owner.disconnected', from: CONNECTION },
  { type: 'owner.unauthorized', path: 'mailbox', from: CONNECTION, presented: true },
  { type: 'owner.redirected', path: 'mailbox', from: CONNECTION, to: 'mailbox' },
  { type: 'owner.forbidden', from: CONNECTION },
] as const;

export const CLIENT_PLANS = {
  browser: [
    {
      model: MACHINES.browser,
      input: { user: 'alice', server: 'frontEnd', via: CONNECTION },
      events: typed<BrowserEvent>(
        ...ownerEvents,
        { type: 'user.visits', via: CONNECTION, path: 'mailbox' },
        { type: 'user.types', secret: { passwordOf: 'alice' } },
        { type: 'user.types', secret: { passwordOf: null } },
        { type: 'user.cancels' },
        { type: 'owner.unauthorized', path: 'mailbox', from: CONNECTION, presented: false },
        { type: 'owner.redirected', path: 'mailbox', from: CONNECTION, to: 'frontEnd' },
        { type: 'browser.navigated', path: 'mailbox', from: 'mailbox', carried: null },
        { type: 'browser.navigated', path: 'mailbox', from: 'mailbox', carried: BOB },
      ),
      states: {
        'credentials.none prompt.hidden': isNull('credential'),
        'credentials.none prompt.asking': (context) => {
          isNull('credential')(context);
          isSet('visit')(context);
        },
        'credentials.remembered prompt.hidden': isSet('credential'),
      },
    },
  ],
  program: [
    {
      model: MACHINES.program,
      input: undefined,
      events: typed<ProgramEvent>(
        ...ownerEvents,
        { type: 'program.requests', via: CONNECTION, purpose: PURPOSE },
        { type: 'program.requests', via: CONNECTION, purpose: { ...PURPOSE, credentials: 'bob' } },
      ),
      states: { working: () => {} },
    },
  ],
  ntlmClientConnection: [
    ntlmClientPlan({}, ...[null, ALICE, TOKEN, BOB].map((credential) => fetching(credential))),
    ntlmClientPlan(
      { poolKey: POOL_KEY },
      fetching(ALICE, PURPOSE),
      fetching(ALICE, { ...PURPOSE, delegation: 'always' }),
    ),
    ntlmClientPlan({ initiator: { ...INITIATOR, afterLapse: 'repeats' } }, fetching(ALICE)),
    ntlmClientPlan({ keepAlive: false }, fetching(ALICE)),
    ntlmClientPlan({ handshake: 'host' }, fetching(ALICE), ...answers),
  ],
  basicClientConnection: [true, false].map((keepAlive) => ({
    model: MACHINES.basicClientConnection,
    input: { ...clientInput, keepAlive },
    events: [...[null, ALICE, TOKEN, BOB].map((credential) => fetching(credential)), ...replies],
    states: {
      closed: isNull('exchange'),
      ...(keepAlive ? { idle: isNull('exchange') } : {}),
      'busy.awaitingReply': isSet('exchange'),
    },
  })),
} satisfies Readonly<Record<string, readonly Plan[]>>;
