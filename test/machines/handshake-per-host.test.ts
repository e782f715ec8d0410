/**
 * A client whose handshakes belong to the host: the machine alone, and two of them with the servers
 * at the far ends of their connections.
 */
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import { type NtlmClientInput, ntlmClientConnection } from '../../machines/ntlm/ntlm-client.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { clientOf } from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ClientEvent } from '../../machines/vocabulary/messages.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { HANDSHAKES_PER_HOST } from '../../properties/deployments/plain.ts';

const [ONE, TWO] = ['alice>mailbox#1', 'alice>mailbox#2'];
const ALICE = { user: 'alice', secret: { passwordOf: 'alice' } };
const BOB = { user: 'bob', secret: { passwordOf: 'bob' } };
const CHALLENGE = {
  challenge: { connection: ONE, serial: 0 },
  info: { computer: 'mailbox', timestamp: true, flags: false },
};
const INPUT: NtlmClientInput = {
  host: 'alice',
  server: 'mailbox',
  connection: ONE,
  keepAlive: true,
  handshake: 'host',
  initiator: INITIATOR,
  machine: 'alice',
  target: 'mailbox',
  certificate: null,
  poolKey: ['credentials'],
};
const ghost = { cause: 'alice' };
const FETCH: ClientEvent = {
  type: 'client.fetch',
  from: 'browser',
  path: 'mailbox',
  credential: ALICE,
  purpose: null,
  ghost,
};
const CHALLENGED: readonly ClientEvent[] = [
  FETCH,
  { type: 'http.unauthorized' },
  { type: 'CHALLENGE_MESSAGE', ...CHALLENGE },
];
const SIGNED_IN: readonly ClientEvent[] = [
  ...CHALLENGED,
  { type: 'client.answers', via: ONE },
  { type: 'http.ok' },
];
const TAKE_OVER = {
  type: 'client.takeOver',
  from: ONE,
  owner: 'browser',
  path: 'mailbox',
  credential: ALICE,
  purpose: null,
  ...CHALLENGE,
  ghost,
} as const;

/** The state after the events, and the effects of the last of them. */
function client(input: Partial<NtlmClientInput>, ...events: readonly ClientEvent[]) {
  let [snapshot] = initialTransition(ntlmClientConnection, { ...INPUT, ...input });
  let effects: ReturnType<typeof effectsOf> = [];
  for (const event of events) {
    expect(snapshot.can(event)).toBe(true);
    const [next, actions] = transition(ntlmClientConnection, snapshot, event);
    [snapshot, effects] = [next, effectsOf(actions)];
  }
  const sent = effects.flatMap((effect) => ('to' in effect ? [[effect.to, effect.event]] : []));
  const made = effects.flatMap((effect) => ('to' in effect ? [] : [effect]));
  return { snapshot, sent, made: JSON.stringify(made) };
}

describe('a client whose handshakes belong to the host', () => {
  it('sends nothing when the challenge comes, and answers it on this connection', () => {
    const held = client({}, ...CHALLENGED);
    expect([held.snapshot.value, held.sent]).toEqual([{ busy: 'challenged' }, []]);
    const { snapshot, sent } = client({}, ...CHALLENGED, { type: 'client.answers', via: ONE });
    expect(snapshot.value).toEqual({ busy: 'awaitingVerdict' });
    expect(sent).toMatchObject([
      ['wire', { message: { type: 'AUTHENTICATE_MESSAGE', ghost: { run: ONE } } }],
    ]);
  });

  it('or hands the request with its challenge over to another, and is free for the next', () => {
    const { snapshot, sent } = client({}, ...CHALLENGED, { type: 'client.answers', via: TWO });
    const { from: _, ...handover } = TAKE_OVER;
    expect([snapshot.value, snapshot.context.exchange]).toEqual(['idle', null]);
    expect(sent).toEqual([[TWO, handover]]);
  });

  it('opens a connection for a request that it takes over, and proves the user there', () => {
    const { snapshot, sent, made } = client({ connection: TWO }, TAKE_OVER);
    expect(snapshot.value).toEqual({ busy: 'awaitingVerdict' });
    expect(snapshot.context.exchange).toMatchObject({ owner: 'browser', attempted: true });
    expect(sent).toMatchObject([
      ['wire', { type: 'wire.open' }],
      [
        'wire',
        {
          message: {
            type: 'AUTHENTICATE_MESSAGE',
            response: { challenge: CHALLENGE.challenge },
            ghost: { cause: 'alice', run: TWO },
          },
        },
      ],
    ]);
    expect(made).toContain(`"connection":"${ONE}","run":"${TWO}"`); // of the signal `running`
  });

  it('makes no second attempt for it after a 401', () => {
    const refused: ClientEvent = { type: 'http.unauthorized' };
    const { snapshot, sent } = client({ connection: TWO }, TAKE_OVER, refused);
    expect(snapshot.value).toBe('idle');
    expect(sent).toMatchObject([['browser', { type: 'owner.unauthorized', presented: true }]]);
  });

  it('takes over on a connection signed in for the same user, which it then holds for none', () => {
    const { snapshot } = client({}, ...SIGNED_IN, { ...TAKE_OVER, from: TWO });
    expect(snapshot.value).toEqual({ busy: 'awaitingVerdict' });
    expect(snapshot.context.authenticatedFor).toBeNull();
  });

  it('takes over neither for another user than it is signed in for, nor amid a request', () => {
    const bobs = { ...TAKE_OVER, from: TWO, credential: BOB };
    expect(client({}, ...SIGNED_IN).snapshot.can(bobs)).toBe(false);
    expect(client({}, FETCH).snapshot.can({ ...TAKE_OVER, from: TWO })).toBe(false);
  });

  it('loses a challenge with its connection', () => {
    const { snapshot, sent } = client({}, ...CHALLENGED, { type: 'connection.closed' });
    expect(snapshot.value).toBe('closed');
    expect(sent).toMatchObject([['browser', { type: 'owner.disconnected' }]]);
  });
});

describe('a client whose handshakes belong to the connection', () => {
  it('answers a challenge at once, and keeps none', () => {
    const { snapshot, sent } = client({ handshake: 'connection' }, ...CHALLENGED);
    expect(snapshot.value).toEqual({ busy: 'awaitingVerdict' });
    expect(snapshot.context.exchange).not.toHaveProperty('issued');
    expect(sent).toMatchObject([['wire', { message: { type: 'AUTHENTICATE_MESSAGE' } }]]);
  });
});

describe('a system has the offers of handshakes that move', () => {
  const offersIn = (change: Partial<Deployment['users'][number]>, connections: number) => {
    const deployment = deploymentOf(HANDSHAKES_PER_HOST);
    const users = deployment.users.map((user) => ({ ...user, ...change }));
    const bounds = { ...deployment.bounds, connections };
    return systemOf({ ...deployment, users, bounds }).flatMap(({ name, offers }) =>
      name === clientOf(ONE) ? offers : [],
    );
  };

  it('where a user has several connections that stay open', () =>
    expect(offersIn({}, 2)).toEqual([
      { type: 'client.answers', via: ONE },
      { type: 'client.answers', via: TWO },
    ]));

  it('and nowhere else', () => {
    expect(offersIn({}, 1)).toEqual([]);
    expect(offersIn({ keepAlive: false }, 2)).toEqual([]);
    expect(offersIn({ handshake: 'connection' }, 2)).toEqual([]);
  });
});
