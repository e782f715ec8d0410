/** For every machine of a deployment: how it is tested against itself as a model. */
import { expect } from 'vitest';
import type { AnyEventObject } from 'xstate';
import type { WorkerEvent } from '../../../machines/parties/worker.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { PageEvent, WireEvent } from '../../../machines/vocabulary/messages.ts';
import type { Credential } from '../../../machines/vocabulary/terms.ts';
import type { Plan } from './model-based.ts';
import { ADVERSARY_PLANS } from './plans-adversary.ts';
import { CLIENT_PLANS } from './plans-client.ts';
import { MOST_GENERAL_PLANS } from './plans-most-general.ts';
import { NTLM_SERVER_PLANS, serverEvents } from './plans-ntlm-server.ts';
import { PROXY_PLANS } from './plans-proxy.ts';

const CONNECTION = 'alice>frontEnd#1';
const ALICE: Credential = { user: 'alice', secret: { passwordOf: 'alice' } };
const TOKEN: Credential = { user: 'alice', secret: null };

const typed = <E extends AnyEventObject>(...events: readonly E[]): readonly E[] => events;
const nothing = () => {};
const isNull = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).toBeNull();
const isSet = (field: string) => (context: Record<string, unknown>) =>
  expect(context[field]).not.toBeNull();

const workerInput = { server: 'frontEnd', connection: CONNECTION };
const requests = typed<PageEvent>(
  { type: 'page.requested', path: 'default', identity: null },
  { type: 'page.requested', path: 'logonForm', identity: ALICE },
  { type: 'page.requested', path: 'mailbox', identity: null },
  { type: 'page.requested', path: 'mailbox', identity: ALICE },
  { type: 'page.requested', path: 'mailbox', identity: TOKEN },
  { type: 'page.abandoned' },
);
const via = 'frontEnd>mailbox#1';
const unauthorized = { type: 'owner.unauthorized', path: 'mailbox', from: CONNECTION } as const;

export const PLANS: Readonly<
  Record<keyof Machines | keyof typeof MOST_GENERAL_PLANS, readonly Plan[]>
> = {
  wire: [true, false].map((keepAlive) => ({
    model: MACHINES.wire,
    input: { keepAlive },
    events: typed<WireEvent>(
      { type: 'wire.open' },
      { type: 'wire.send', from: 'client', message: { type: 'http.request', path: 'mailbox' } },
      { type: 'wire.send', from: 'server', message: { type: 'http.ok' } },
      { type: 'wire.deliver' },
      { type: 'wire.close' },
    ),
    states: {
      down: isNull('load'),
      'up.quiet': isNull('load'),
      'up.carrying': isSet('load'),
      ...(keepAlive ? {} : { spent: isNull('load') }),
    },
  })),
  ...CLIENT_PLANS,
  ...PROXY_PLANS,
  adversary: ADVERSARY_PLANS,
  ntlmServerConnection: NTLM_SERVER_PLANS,
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
        { type: 'page.call', via },
        { type: 'owner.fetched', from: via },
        { ...unauthorized, from: via, presented: true },
        { type: 'owner.forbidden', from: via },
        { type: 'owner.disconnected', from: via },
      ),
      states: {
        idle: isNull('identity'),
        impersonating: isSet('identity'),
        calling: isSet('identity'),
        draining: isNull('identity'),
      },
    },
  ],
  mailbox: [null, 'archive'].map((redirectsTo) => ({
    model: MACHINES.mailbox,
    input: { ...workerInput, redirectsTo },
    events: requests,
    states: { open: nothing },
  })),
  ...MOST_GENERAL_PLANS,
};
