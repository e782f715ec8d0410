/** For every machine of a deployment: how it is tested against itself as a model. */
import { expect } from 'vitest';
import type { AnyEventObject } from 'xstate';
import type { BrowserEvent } from '../../machines/browser.ts';
import type { ClientEvent, ServerEvent, WireEvent } from '../../machines/messages.ts';
import { mostGeneralClient } from '../../machines/most-general-client.ts';
import { type NtlmPolicy, POLICIES, STANDARD } from '../../machines/ntlm/policy.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import type { Credential } from '../../machines/terms.ts';
import type { WorkerEvent } from '../../machines/worker.ts';
import type { Plan } from './model-based.ts';

const CONNECTION = 'alice>frontEnd#1';
const ALICE: Credential = { user: 'alice', secret: { passwordOf: 'alice' } };
const MISTYPED: Credential = { user: 'alice', secret: { passwordOf: null } };
const TOKEN: Credential = { user: 'alice', secret: null };
const BOB: Credential = { user: 'bob', secret: { passwordOf: 'bob' } };

const typed = <E extends AnyEventObject>(...events: readonly E[]): readonly E[] => events;
const nothing = () => {};
const isNull = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).toBeNull();
const isSet = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).not.toBeNull();

const fetches = (...credentials: readonly (Credential | null)[]) =>
  credentials.map((credential) => ({
    type: 'fetch' as const,
    path: 'mailbox' as const,
    credential,
    from: 'browser',
  }));
const challenge = { connection: CONNECTION, serial: 0 };
const clientInput = { host: 'alice', server: 'frontEnd', connection: CONNECTION };
const clientEvents = typed<ClientEvent>(
  ...fetches(null, ALICE, TOKEN, BOB),
  { type: 'http.ok' },
  { type: 'http.unauthorized' },
  { type: 'CHALLENGE_MESSAGE', challenge },
  { type: 'connection.closed' },
);

const serverEvents = typed<ServerEvent>(
  { type: 'connection.opened' },
  { type: 'connection.closed' },
  { type: 'http.request', path: 'mailbox' },
  { type: 'http.request.basic', path: 'mailbox', credential: ALICE },
  { type: 'http.request.basic', path: 'mailbox', credential: MISTYPED },
  { type: 'NEGOTIATE_MESSAGE', path: 'mailbox' },
  ...[challenge, { ...challenge, serial: 1 }, { ...challenge, connection: 'bob>frontEnd#1' }].map(
    (challenge) =>
      ({
        type: 'AUTHENTICATE_MESSAGE',
        path: 'mailbox',
        response: { user: 'alice', key: { passwordOf: 'alice' }, challenge },
      }) as const,
  ),
  {
    type: 'AUTHENTICATE_MESSAGE',
    path: 'mailbox',
    response: { user: 'alice', key: { passwordOf: null }, challenge },
  },
  {
    type: 'AUTHENTICATE_MESSAGE',
    path: 'mailbox',
    response: { user: null, key: null, challenge },
  },
  { type: 'page.ready' },
  { type: 'page.unauthorized' },
);

/** The server side of NTLM under one policy. Only some of them can be poisoned. */
export function ntlmServerPlan(policy: NtlmPolicy, restart = true): Plan {
  const poisons = [policy.afterFailure, policy.secondNegotiate, policy.reauthentication];
  const canBePoisoned = poisons.some((choice) => choice.startsWith('poison'));
  return {
    model: MACHINES.ntlmServerConnection,
    input: {
      server: 'frontEnd',
      connection: CONNECTION,
      policy,
      challenges: { max: 2, restart },
    },
    events: serverEvents,
    states: {
      closed: isNull('identity'),
      awaitingNegotiate: (context) => {
        isNull('challenge')(context);
        isNull('identity')(context);
      },
      awaitingAuthenticate: isSet('challenge'),
      authenticated: (context) => expect(context.identity).toEqual(TOKEN),
      ...(canBePoisoned ? { poisoned: isNull('identity') } : {}),
    },
  };
}

const workerInput = { server: 'frontEnd', connection: CONNECTION };
const requests = typed<WorkerEvent>(
  { type: 'page.requested', path: 'default', identity: null },
  { type: 'page.requested', path: 'logonForm', identity: ALICE },
  { type: 'page.requested', path: 'mailbox', identity: null },
  { type: 'page.requested', path: 'mailbox', identity: ALICE },
  { type: 'page.requested', path: 'mailbox', identity: TOKEN },
  { type: 'page.abandoned' },
);
const via = 'frontEnd>mailbox#1';
const unauthorized = { type: 'unauthorized', path: 'mailbox', from: CONNECTION } as const;

export const PLANS: Readonly<Record<keyof Machines | 'mostGeneralClient', readonly Plan[]>> = {
  wire: [
    {
      model: MACHINES.wire,
      input: undefined,
      events: typed<WireEvent>(
        { type: 'wire.open' },
        { type: 'wire.send', from: 'client', message: { type: 'http.request', path: 'mailbox' } },
        { type: 'wire.send', from: 'server', message: { type: 'http.ok' } },
        { type: 'wire.deliver' },
        { type: 'wire.close' },
      ),
      states: { down: isNull('load'), 'up.quiet': isNull('load'), 'up.carrying': isSet('load') },
    },
  ],
  browser: [
    {
      model: MACHINES.browser,
      input: { user: 'alice', server: 'frontEnd' },
      events: typed<BrowserEvent>(
        { type: 'user.visits', via: CONNECTION, path: 'mailbox' },
        { type: 'user.types', secret: { passwordOf: 'alice' } },
        { type: 'user.types', secret: { passwordOf: null } },
        { type: 'user.cancels' },
        { ...unauthorized, presented: true },
        { ...unauthorized, presented: false },
        { type: 'fetched', from: CONNECTION },
        { type: 'disconnected', from: CONNECTION },
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
  ntlmClientConnection: [
    {
      model: MACHINES.ntlmClientConnection,
      input: clientInput,
      events: clientEvents,
      states: {
        closed: (context) => {
          isNull('errand')(context);
          isNull('heldFor')(context);
        },
        idle: isNull('errand'),
        'busy.awaitingReply': isSet('errand'),
        'busy.awaitingChallenge': ({ errand }) => expect(errand).toMatchObject({ attempted: true }),
        'busy.awaitingVerdict': ({ errand }) => expect(errand).toMatchObject({ attempted: true }),
      },
    },
  ],
  basicClientConnection: [
    {
      model: MACHINES.basicClientConnection,
      input: clientInput,
      events: clientEvents,
      states: {
        closed: isNull('errand'),
        idle: isNull('errand'),
        'busy.awaitingReply': isSet('errand'),
      },
    },
  ],
  ntlmServerConnection: [
    ...Object.values(POLICIES).map((policy) => ntlmServerPlan(policy)),
    ntlmServerPlan(STANDARD, false),
  ],
  basicServerConnection: (['ClearText', 'Network'] as const).map((logonMethod) => ({
    model: MACHINES.basicServerConnection,
    input: { server: 'frontEnd', connection: CONNECTION, logonMethod },
    events: serverEvents,
    states: { closed: nothing, open: nothing },
  })),
  frontEnd: [
    {
      model: MACHINES.frontEnd,
      input: workerInput,
      events: typed<WorkerEvent>(
        ...requests,
        { type: 'call', via },
        { type: 'fetched', from: via },
        { ...unauthorized, from: via, presented: true },
        { type: 'disconnected', from: via },
      ),
      states: {
        idle: isNull('identity'),
        impersonating: isSet('identity'),
        calling: isSet('identity'),
        draining: isNull('identity'),
      },
    },
  ],
  mailbox: [
    { model: MACHINES.mailbox, input: workerInput, events: requests, states: { open: nothing } },
  ],
  mostGeneralClient: [
    {
      model: mostGeneralClient,
      input: { challengesMax: 1 },
      events: [
        { type: 'says', to: CONNECTION, event: { type: 'page.ready' } },
        { type: 'negotiates', to: CONNECTION, path: 'mailbox' },
        { type: 'wire.send' },
        { type: 'page.requested' },
        { type: 'page.abandoned' },
      ],
      states: { '': nothing },
    },
  ],
};
