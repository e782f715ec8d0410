/**
 * What ends a sign-in, and what does not, on both sides of an NTLM connection: one row for each
 * event that can end it. Each row is a sentence of the standards, or a choice that they leave.
 */
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { DEFENCES } from '../../machines/ntlm/acceptor.ts';
import { answer, INITIATOR } from '../../machines/ntlm/initiator.ts';
import { type NtlmClientInput, ntlmClientConnection } from '../../machines/ntlm/ntlm-client.ts';
import { ntlmServerConnection } from '../../machines/ntlm/ntlm-server.ts';
import { type NtlmPolicy, STANDARD } from '../../machines/ntlm/policy.ts';
import type { ClientEvent, ServerEvent } from '../../machines/vocabulary/messages.ts';

const CONNECTION = 'alice>mailbox#1';
const ALICE = { user: 'alice', secret: { passwordOf: 'alice' } };
const CHALLENGE = { connection: CONNECTION, serial: 0 };
const INFO = { computer: 'mailbox', timestamp: true, flags: false };
const VANTAGE = { initiator: INITIATOR, machine: 'alice', target: 'mailbox', certificate: null };
const path = 'mailbox';

const RESPONSE = answer(ALICE, CHALLENGE, INFO, VANTAGE);
const SIGN_IN: readonly ServerEvent[] = [
  { type: 'connection.opened' },
  { type: 'NEGOTIATE_MESSAGE', path },
  { type: 'AUTHENTICATE_MESSAGE', path, response: RESPONSE },
];

/** The state after these events, and the messages that the last of them put on the wire. */
function server(policy: Partial<NtlmPolicy>, ...events: readonly ServerEvent[]) {
  let [snapshot] = initialTransition(ntlmServerConnection, {
    server: 'mailbox',
    names: ['mailbox'],
    connection: CONNECTION,
    policy: { ...STANDARD, ...policy },
    defences: DEFENCES,
    certificate: null,
    challenges: { max: 2, restart: true },
  });
  let sent: readonly string[] = [];
  for (const event of events) {
    const [next, actions] = transition(ntlmServerConnection, snapshot, event);
    snapshot = next;
    sent = effectsOf(actions).flatMap((effect) => ('event' in effect ? [wired(effect.event)] : []));
  }
  const { value, context } = snapshot;
  return { value, identity: context.identity?.user ?? null, sent };
}

const wired = (event: { type: string; message?: unknown }): string =>
  event.type === 'wire.send' ? (event.message as { type: string }).type : event.type;

const SIGNED_IN = { value: 'authenticated', identity: 'alice' };
const SIGNED_OUT = { value: 'awaitingNegotiate', identity: null };
const POISONED = { value: 'poisoned', identity: null };

type PageAnswer = Extract<ServerEvent, { type: `page.${string}` }>;
const ANSWERS: readonly (readonly [PageAnswer, string])[] = [
  [{ type: 'page.ready' }, 'http.ok'],
  [{ type: 'page.moved', to: 'archive' }, 'http.redirect'],
  [{ type: 'page.forbidden' }, 'http.forbidden'],
  [{ type: 'page.unauthorized' }, 'http.unauthorized'],
];

describe('a sign-in at the server', () => {
  it.each(ANSWERS)('that is good for one request ends with its answer: %o', (event, reply) => {
    const after = server({ persistence: 'request' }, ...SIGN_IN, event);
    expect(after).toEqual({ ...SIGNED_OUT, sent: [reply] });
  });

  it.each(ANSWERS.slice(0, 3))('that lasts is there after its answer: %o', (event, reply) => {
    expect(server({}, ...SIGN_IN, event)).toEqual({ ...SIGNED_IN, sent: [reply] });
  });

  it.each([
    ['ends', { onPageRefusal: 'end' }, SIGNED_OUT],
    ['is kept', { onPageRefusal: 'keep' }, SIGNED_IN],
    ['ends', { onPageRefusal: 'keep', persistence: 'request' }, SIGNED_OUT],
  ] as const)('%s with a refusal by the page, by the policy %o', (_, policy, state) => {
    const after = server(policy, ...SIGN_IN, { type: 'page.unauthorized' });
    expect(after).toEqual({ ...state, sent: ['http.unauthorized'] });
  });

  it('that is kept serves the next request as the same user', () => {
    const refused: ServerEvent = { type: 'page.unauthorized' };
    const next: ServerEvent = { type: 'http.request', path };
    const after = server({ onPageRefusal: 'keep' }, ...SIGN_IN, refused, next);
    expect(after).toEqual({ ...SIGNED_IN, sent: ['page.requested'] });
  });
});

describe('a wrong response', () => {
  const WRONG = answer({ user: 'alice', secret: { passwordOf: null } }, CHALLENGE, INFO, VANTAGE);
  const wrong: readonly ServerEvent[] = [
    ...SIGN_IN.slice(0, -1),
    { type: 'AUTHENTICATE_MESSAGE', path, response: WRONG },
  ];
  const right: ServerEvent = { type: 'AUTHENTICATE_MESSAGE', path, response: RESPONSE };

  it.each([
    ['unauthorized', 'spent', SIGNED_OUT],
    ['forbidden', 'spent', SIGNED_OUT],
    ['forbidden', 'poisoned', POISONED],
  ] as const)('is answered by %s, and its challenge is %s', (failureReply, afterFailure, state) => {
    const after = server({ failureReply, afterFailure }, ...wrong);
    expect(after).toEqual({ ...state, sent: [`http.${failureReply}`] });
  });

  it('leaves a challenge that the policy keeps', () => {
    const policy = { failureReply: 'forbidden', afterFailure: 'reusable' } as const;
    expect(server(policy, ...wrong, right)).toMatchObject(SIGNED_IN);
  });

  it.each<ServerEvent>([right, { type: 'page.unauthorized' }])(
    'is what the policy is about: %o out of turn is answered 401',
    (event) => {
      const opened: ServerEvent = { type: 'connection.opened' };
      const after = server({ failureReply: 'forbidden' }, opened, event);
      expect(after).toEqual({ ...SIGNED_OUT, sent: ['http.unauthorized'] });
    },
  );
});

describe('a connection that is lost', () => {
  const LOST: Partial<NtlmPolicy> = { reauthentication: 'poison' };
  const lose: readonly ServerEvent[] = [...SIGN_IN, { type: 'NEGOTIATE_MESSAGE', path }];

  it.each<ServerEvent>([
    { type: 'NEGOTIATE_MESSAGE', path },
    { type: 'AUTHENTICATE_MESSAGE', path, response: RESPONSE },
    { type: 'http.request.basic', path, credential: ALICE },
    { type: 'page.unauthorized' },
  ])('stays so, and answers 401 to %o', (event) => {
    expect(server(LOST, ...lose)).toMatchObject(POISONED);
    expect(server(LOST, ...lose, event)).toEqual({ ...POISONED, sent: ['http.unauthorized'] });
  });

  it('is as good as new when it opens again', () => {
    const anew: readonly ServerEvent[] = [{ type: 'connection.closed' }, ...SIGN_IN];
    expect(server(LOST, ...lose, ...anew)).toMatchObject(SIGNED_IN);
  });
});

const CLIENT: NtlmClientInput = {
  host: 'alice',
  server: 'mailbox',
  connection: CONNECTION,
  keepAlive: true,
  handshake: 'connection',
  ...VANTAGE,
  poolKey: ['credentials'],
};

/** For whom the client takes the connection to be signed in. */
function client(...events: readonly ClientEvent[]) {
  let [snapshot] = initialTransition(ntlmClientConnection, CLIENT);
  for (const event of events) {
    expect(snapshot.can(event)).toBe(true);
    [snapshot] = transition(ntlmClientConnection, snapshot, event);
  }
  const { value, context } = snapshot;
  return { value, heldFor: context.authenticatedFor?.credentials ?? null };
}

const FETCH: ClientEvent = {
  type: 'client.fetch',
  from: 'browser',
  path,
  credential: ALICE,
  purpose: null,
};
const HANDSHAKE: readonly ClientEvent[] = [
  FETCH,
  { type: 'http.unauthorized' },
  { type: 'CHALLENGE_MESSAGE', challenge: CHALLENGE, info: INFO },
];
const REDIRECT: ClientEvent = { type: 'http.redirect', to: 'archive' };

describe('a client takes its sign-in', () => {
  // "Any return code other than a client error HTTP 401 status code [...] represents successful
  // authentication." MS-NTHT 2.2.2
  it.each<ClientEvent>([{ type: 'http.ok' }, { type: 'http.forbidden' }, REDIRECT])(
    'to last after %o',
    (reply) => expect(client(...HANDSHAKE, reply)).toEqual({ value: 'idle', heldFor: 'alice' }),
  );

  it('to have failed after a 401', () =>
    expect(client(...HANDSHAKE, { type: 'http.unauthorized' })).toEqual({
      value: 'idle',
      heldFor: null,
    }));

  it.each<ClientEvent>([{ type: 'http.ok' }, { type: 'http.forbidden' }, REDIRECT])(
    'not to have happened where no handshake came before %o',
    (reply) => expect(client(FETCH, reply)).toEqual({ value: 'idle', heldFor: null }),
  );

  it('so that it sends no other user over the connection, after a redirect either', () => {
    const bob = { user: 'bob', secret: { passwordOf: 'bob' } };
    let [snapshot] = initialTransition(ntlmClientConnection, CLIENT);
    for (const event of [...HANDSHAKE, REDIRECT])
      [snapshot] = transition(ntlmClientConnection, snapshot, event);
    expect([snapshot.can(FETCH), snapshot.can({ ...FETCH, credential: bob })]).toEqual([
      true,
      false,
    ]);
  });
});
