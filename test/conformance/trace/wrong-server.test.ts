/** Recordings in which a server does what the model's server never does, with the reason. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { challenged, REFUSED, REFUSED_RESPONSE, two, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, recorded } from './support/making.ts';

describe('the judge rejects a server', () => {
  const rows: readonly [string, Recording, readonly string[]][] = [
    [
      "answers 200, although the response was computed with a password that is not alice's",
      recorded((c) => {
        challenged(c);
        c.authenticate(MISTYPED);
        c.ok();
      }),
      REFUSED_RESPONSE,
    ],
    [
      'answers 200, although the AUTHENTICATE answers a challenge of connection 2',
      two((first, second) => {
        challenged(first);
        challenged(second);
        first.authenticate(ALICE, second.challenge());
        first.ok();
      }),
      REFUSED_RESPONSE,
    ],
    [
      'answers 200, although no challenge of the connection was waiting for this response',
      recorded((c) => {
        challenged(c);
        const first = c.challenge();
        c.negotiate();
        c.challenges();
        c.authenticate(ALICE, first);
        c.ok();
      }),
      REFUSED_RESPONSE,
    ],
    [
      'answers 200, although the connection was never signed in',
      two((first, second) => {
        first.signsIn();
        second.bare();
        second.ok();
      }),
      REFUSED,
    ],
    [
      'answers 200, although the MIC is missing or covers other messages',
      recorded((c) => {
        challenged(c);
        c.authenticate(ALICE, c.challenge(), { mic: 'corrupt' });
        c.ok();
      }),
      REFUSED_RESPONSE,
    ],
    [
      'sends a challenge, although no NEGOTIATE asked for one',
      recorded((c) => {
        c.bare();
        c.challenges();
      }),
      REFUSED,
    ],
    [
      'answers 200 to a NEGOTIATE, which signs no user in',
      recorded((c) => {
        c.bare();
        c.unauthorized();
        c.negotiate();
        c.ok();
      }),
      ['a 401 with a new challenge'],
    ],
    [
      'answers 401 without a challenge to a NEGOTIATE',
      recorded((c) => {
        c.negotiate();
        c.unauthorized();
      }),
      ['a 401 with a new challenge'],
    ],
    [
      'answers 200 as bob, although the connection is signed in as alice',
      recorded((c) => {
        c.signsIn(ALICE, 'LAB\\alice');
        c.bare();
        c.ok('LAB\\bob');
      }),
      ['a page served as alice', 'a 401 without a challenge'],
    ],
    [
      'answers 200 as alice, although no user is signed in on the connection',
      two((first, second) => {
        first.signsIn(ALICE, 'alice');
        second.bare(null, '/elsewhere');
        second.ok('alice');
      }),
      ['a public page', 'a 401 without a challenge'],
    ],
    [
      'answers 200, although the password is not that of alice',
      recorded((c) => {
        c.basic(MISTYPED);
        c.ok();
      }),
      REFUSED,
    ],
    [
      'answers 200 as bob, although the connection is signed in as alice',
      recorded((c) => {
        c.basic(ALICE);
        c.ok('bob');
      }),
      ['a page served as alice', 'a 401 without a challenge'],
    ],
  ];
  it.each(rows)('that %s', (reason, recording, expected) => {
    const { refused, accepted, ...verdict } = verdictOf(recording, { sides: 'server' });
    const connection = recording.connections.findIndex(({ id }) => id === refused?.connection) + 1;
    const why = `on connection ${connection}, 127.0.0.5:8081 ${reason}`;
    expect({ why: verdict.why, expected: verdict.expected }).toEqual({ why, expected });
    expect(refused).toBe(recording.observations[accepted]);
    expect(refused).toMatchObject({ what: 'reply' });
    expect(verdictOf(recording, { sides: 'client' }).why).not.toBe(why);
  });
});

it('the judge rejects a reply that no request waits for', () => {
  const twice = recorded((c) => {
    c.signsIn();
    c.ok();
  });
  expect(verdictOf(twice)).toMatchObject({
    isBehaviour: false,
    accepted: 7,
    why: 'on connection 1, 127.0.0.5:8081 answers 200, although no request waits for a reply',
    expected: ['no reply: there is no request to answer'],
  });
  expect(verdictOf(twice, { sides: 'client' }).expected).toEqual([
    'no reply: the client is not waiting for one',
  ]);
});
