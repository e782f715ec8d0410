/** Recordings in which a server does what the model's never does, each with what is said of it. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { challenged, REFUSED, two, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, recorded } from './support/making.ts';

describe('of a server', () => {
  const rows: readonly [string, Recording, readonly string[]][] = [
    [
      "a 200 although the response was computed with another password than alice's",
      recorded((c) => {
        challenged(c);
        c.authenticate(MISTYPED);
        c.ok();
      }),
      REFUSED,
    ],
    [
      'a 200 although the AUTHENTICATE answers a challenge that connection 2 received',
      two((first, second) => {
        challenged(first);
        challenged(second);
        first.authenticate(ALICE, second.challenge());
        first.ok();
      }),
      REFUSED,
    ],
    [
      'a 200 although no challenge of this connection was waiting for that answer',
      recorded((c) => {
        challenged(c);
        const first = c.challenge();
        c.negotiate();
        c.challenges();
        c.authenticate(ALICE, first);
        c.ok();
      }),
      REFUSED,
    ],
    [
      'a 200 although the connection was never signed in',
      two((first, second) => {
        first.signsIn();
        second.bare();
        second.ok();
      }),
      REFUSED,
    ],
    [
      'a 200 although its MIC is missing, or covers other messages than these',
      recorded((c) => {
        challenged(c);
        c.authenticate(ALICE, c.challenge(), { mic: 'corrupt' });
        c.ok();
      }),
      REFUSED,
    ],
    [
      'a challenge that no NEGOTIATE asked for',
      recorded((c) => {
        c.bare();
        c.challenges();
      }),
      REFUSED,
    ],
    [
      'a 200 to a NEGOTIATE, which signs nobody in',
      recorded((c) => {
        c.bare();
        c.unauthorized();
        c.negotiate();
        c.ok();
      }),
      ['a 401 with a new challenge'],
    ],
    [
      'a 401 without a challenge, to a NEGOTIATE that is due one',
      recorded((c) => {
        c.negotiate();
        c.unauthorized();
      }),
      ['a 401 with a new challenge'],
    ],
    [
      'served as bob, on a connection that alice signed in on',
      recorded((c) => {
        c.signsIn(ALICE, 'LAB\\alice');
        c.bare();
        c.ok('LAB\\bob');
      }),
      ["a page, in alice's name and in nobody else's", 'a 401 without a challenge'],
    ],
    [
      'served as alice, on a connection that nobody is signed in on',
      two((first, second) => {
        first.signsIn(ALICE, 'alice');
        second.bare(null, '/elsewhere');
        second.ok('alice');
      }),
      ['a page that is for everybody', 'a 401 without a challenge'],
    ],
    [
      "a 200 although alice's password is another one",
      recorded((c) => {
        c.basic(MISTYPED);
        c.ok();
      }),
      REFUSED,
    ],
    [
      'served as bob, on a connection that alice signed in on',
      recorded((c) => {
        c.basic(ALICE);
        c.ok('bob');
      }),
      ["a page, in alice's name and in nobody else's", 'a 401 without a challenge'],
    ],
  ];
  it.each(rows)('%s', (why, recording, expected) => {
    const { refused, accepted, ...verdict } = verdictOf(recording, { sides: 'server' });
    expect({ why: verdict.why, expected: verdict.expected }).toEqual({ why, expected });
    expect(refused).toBe(recording.observations[accepted]);
    expect(refused).toMatchObject({ what: 'reply' });
    expect(verdictOf(recording, { sides: 'client' }).why).not.toBe(why);
  });
});

it('a reply although no request waits for one', () => {
  const twice = recorded((c) => {
    c.bare();
    c.ok();
    c.ok();
  });
  expect(verdictOf(twice)).toMatchObject({
    isBehaviour: false,
    accepted: 3,
    why: 'a reply although no request waits for one',
    expected: ['no reply: there is no request to answer'],
  });
  expect(verdictOf(twice, { sides: 'client' }).expected).toEqual([
    'no reply: the client waits for none',
  ]);
});
