/** The claims about clients, on recordings made by hand: what keeps them, and what breaks each. */
import { describe, expect, it } from 'vitest';
import {
  type Account,
  authenticate,
  challenge,
  negotiate,
} from '../../../conformance/codec/initiate.ts';
import type { Observation, Recording } from '../../../conformance/recording/recording.ts';
import { breachesOf, type Given } from '../../../conformance/serve/client-claims.ts';

const ONE = 'http://one.test';
const TWO = 'http://two.test';
const alice: Account = { user: 'Alice', domain: 'LAB', password: 'Wonderland1!' };
const elsewhere: Account = { user: 'alice2', domain: 'LAB', password: 'Looking2glass?' };
const bob: Account = { user: 'bob', domain: 'LAB', password: 'Builder2?x' };
const GIVEN: readonly Given[] = [
  { user: 'alice', origin: ONE, account: alice },
  { user: 'alice', origin: TWO, account: elsewhere },
  { user: 'bob', origin: ONE, account: bob },
];

const NEGOTIATE = negotiate();
const challengeOf = (nonce: number) =>
  challenge({
    serverChallenge: new Uint8Array(8).fill(nonce),
    computer: 'ONE',
    domain: 'LAB',
    timestamp: null,
  });
const ntlm = (bytes: Uint8Array) => `NTLM ${Buffer.from(bytes).toString('base64')}`;
const answer = (account: Account, nonce: number) =>
  ntlm(authenticate(account, NEGOTIATE, challengeOf(nonce)));
const basic = ({ user, password }: Account) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const CONNECTIONS = [
  { id: '1', client: 'client', server: ONE, isProxy: false },
  { id: '2', client: 'client', server: ONE, isProxy: false },
  { id: 'two', client: 'client', server: TWO, isProxy: false },
];

/** A request, and the reply to it: a status, or a challenge by its nonce. */
type Turn = readonly [
  connection: string,
  user: string | null,
  authorization: string | null,
  reply: { readonly status: number } | { readonly nonce: number } | null,
  target?: string,
];

function recordingOf(turns: readonly Turn[]): Recording {
  const observations = turns.flatMap(([connection, user, authorization, reply, target = '/']) => {
    const said: Observation[] = [
      { what: 'request', connection, method: 'GET', target, authorization, user },
    ];
    if (reply === null) return said;
    const status = 'status' in reply ? reply.status : 401;
    const authenticate =
      'nonce' in reply ? [ntlm(challengeOf(reply.nonce))] : status === 401 ? ['NTLM'] : [];
    said.push({ what: 'reply', connection, status, authenticate, location: null, identity: null });
    return said;
  });
  return {
    format: 'double-hop-recording/1',
    source: 'by hand',
    connections: CONNECTIONS,
    observations,
  };
}

const brokenBy = (turns: readonly Turn[]) =>
  breachesOf(recordingOf(turns), GIVEN).map(({ claim, at }) => [claim, at]);

const OK = { status: 200 };
const NO = { status: 401 };
const handshake = (on: string, user: string, account: Account, nonce: number): readonly Turn[] => [
  [on, user, null, NO],
  [on, user, ntlm(NEGOTIATE), { nonce }],
  [on, user, answer(account, nonce), OK],
];

describe('a client that does it right', () => {
  it('signs in, and asks on', () => {
    expect(brokenBy([...handshake('1', 'alice', alice, 1), ['1', 'alice', null, OK]])).toEqual([]);
  });

  it('has two connections in mid-handshake, and mixes nothing up', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['2', 'bob', ntlm(NEGOTIATE), { nonce: 2 }],
      ['two', 'alice', ntlm(NEGOTIATE), { nonce: 3 }],
      ['2', 'bob', answer(bob, 2), OK],
      ['1', 'alice', answer(alice, 1), OK],
      ['two', 'alice', answer(elsewhere, 3), OK],
    ];
    expect(brokenBy(turns)).toEqual([]);
  });

  it('answers a challenge after another request on its connection', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['1', 'alice', null, OK],
      ['1', 'alice', answer(alice, 1), OK],
    ];
    expect(brokenBy(turns)).toEqual([]);
  });

  it('sends a password to the origin that it is for', () => {
    expect(brokenBy([['two', 'alice', basic(elsewhere), OK]])).toEqual([]);
  });

  it('signs in as another where a 401 has ended the first sign-in', () => {
    const lapse: Turn = ['1', 'alice', null, NO];
    const turns = [...handshake('1', 'alice', alice, 1), lapse, ...handshake('1', 'bob', bob, 2)];
    expect(brokenBy(turns)).toEqual([]);
  });

  it('tries again where the connection was closed before there was a reply', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['1', 'alice', answer(alice, 1), null],
      ...handshake('2', 'alice', alice, 2),
    ];
    expect(brokenBy(turns)).toEqual([]);
  });

  it('is anonymous wherever it likes', () => {
    const nobody = { user: '', domain: '', password: '' };
    expect(breachesOf(recordingOf([['two', 'bob', basic(nobody), NO]]), GIVEN)).toEqual([]);
  });
});

describe('ownChallenge is broken by a response', () => {
  it('to a challenge that another has replaced', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 2 }],
      ['1', 'alice', answer(alice, 1), NO],
    ];
    expect(brokenBy(turns)).toEqual([['ownChallenge', 4]]);
  });

  it('to a challenge whose handshake a 401 has ended', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['1', 'alice', null, NO],
      ['1', 'alice', answer(alice, 1), NO],
    ];
    expect(brokenBy(turns)).toEqual([['ownChallenge', 4]]);
  });

  it('that is sent twice', () => {
    const again: Turn = ['1', 'alice', answer(alice, 1), OK];
    expect(brokenBy([...handshake('1', 'alice', alice, 1), again])).toEqual([['ownChallenge', 6]]);
  });

  it('to a challenge of another connection', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['2', 'alice', ntlm(NEGOTIATE), { nonce: 2 }],
      ['2', 'alice', answer(alice, 1), NO],
    ];
    expect(brokenBy(turns)).toEqual([['ownChallenge', 4]]);
  });

  it('to a challenge that no server has sent', () => {
    const turns: readonly Turn[] = [
      ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
      ['1', 'alice', answer(alice, 9), NO],
    ];
    expect(brokenBy(turns)).toEqual([['ownChallenge', 2]]);
  });
});

describe('ownOrigin is broken by', () => {
  it('a password for another origin', () => {
    expect(brokenBy([['two', 'alice', basic(alice), NO]])).toEqual([['ownOrigin', 0]]);
  });

  it('a password of another user of the client', () => {
    expect(brokenBy([['1', 'alice', basic(bob), OK]])).toEqual([['ownOrigin', 0]]);
  });

  it('a response of the account for another origin', () => {
    expect(brokenBy(handshake('two', 'alice', alice, 1))).toEqual([['ownOrigin', 4]]);
  });

  it('a response with the right name, by the password for another origin', () => {
    const mixed = { ...elsewhere, password: alice.password };
    const account = { ...elsewhere, password: 'Mistyped9?' };
    const given = [GIVEN[0]!, { user: 'alice', origin: TWO, account }];
    const found = breachesOf(recordingOf(handshake('two', 'alice', mixed, 1)), given);
    expect(found.map(({ claim }) => claim)).toEqual(['ownOrigin']);
  });

  it('and says of whom and for what, without the password', () => {
    const [breach] = breachesOf(recordingOf([['two', 'alice', basic(alice), NO]]), GIVEN);
    expect(breach?.why).toBe(`the password that alice has for ${ONE} goes to ${TWO}`);
  });
});

describe('ownConnection is broken by a request', () => {
  it.each([
    ['without credentials', null],
    ['that begins a handshake', ntlm(NEGOTIATE)],
  ])('%s where another is signed in', (_, authorization) => {
    const request: Turn = ['1', 'bob', authorization, OK];
    expect(brokenBy([...handshake('1', 'alice', alice, 1), request])).toEqual([
      ['ownConnection', 6],
    ]);
  });

  it('and not by one of whom nobody knows', () => {
    expect(brokenBy([...handshake('1', 'alice', alice, 1), ['1', null, null, OK]])).toEqual([]);
  });
});

describe('oneHandshake is broken by another', () => {
  const refused: readonly Turn[] = [
    ['1', 'alice', ntlm(NEGOTIATE), { nonce: 1 }],
    ['1', 'alice', answer(alice, 1), NO],
  ];

  it('after a refused response', () => {
    const again: Turn = ['2', 'alice', ntlm(NEGOTIATE), { nonce: 2 }];
    expect(brokenBy([...refused, again])).toEqual([['oneHandshake', 4]]);
  });

  it('after a NEGOTIATE_MESSAGE that brought no challenge', () => {
    const turn: Turn = ['1', 'alice', ntlm(NEGOTIATE), NO];
    expect(brokenBy([turn, turn])).toEqual([['oneHandshake', 2]]);
  });

  it('where the first has led elsewhere', () => {
    const turn: Turn = ['1', 'alice', ntlm(NEGOTIATE), { status: 302 }];
    expect(brokenBy([turn, turn])).toEqual([['oneHandshake', 2]]);
  });

  it('and not by one of whom nobody knows, which may be another request', () => {
    const turn: Turn = ['1', null, ntlm(NEGOTIATE), OK];
    expect(brokenBy([turn, turn])).toEqual([]);
  });

  it('and not by one for something else', () => {
    expect(brokenBy([...refused, ['2', 'alice', ntlm(NEGOTIATE), { nonce: 2 }, '/more']])).toEqual(
      [],
    );
  });
});
