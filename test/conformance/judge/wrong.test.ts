/** Recordings that are no behaviour of the model, each with what is said of it. */
import { describe, expect, it } from 'vitest';
import { type JudgeOptions, judge } from '../../../conformance/judge/judge.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { ALICE, BOB, MISTYPED, making, recorded, SECRETS } from './support/making.ts';

const verdictOf = (recording: Recording, options: Partial<JudgeOptions> = {}) =>
  judge(recording, { sides: 'both', secrets: SECRETS, ...options });

type Slot = ReturnType<ReturnType<typeof making>['on']>;
const challenged = (c: Slot) => {
  c.bare();
  c.unauthorized();
  c.negotiate();
  c.challenges();
};
const two = (act: (first: Slot, second: Slot) => void): Recording => {
  const maker = making();
  act(maker.on('alice'), maker.on('bob'));
  return maker.recording();
};

const LAST = 'an AUTHENTICATE of alice over the challenge it was just sent';
const REFUSED = ['a 401 without a challenge'];

describe('of a client', () => {
  const rows: readonly [string, Recording, readonly string[]][] = [
    [
      'this AUTHENTICATE answers a challenge that connection 2 received',
      two((first, second) => {
        challenged(first);
        challenged(second);
        first.authenticate(ALICE, second.challenge());
      }),
      [LAST],
    ],
    [
      'this AUTHENTICATE answers a challenge that connection 2 never received',
      two((_, second) => {
        challenged(second);
        second.authenticate(ALICE, elsewhere());
      }),
      [LAST],
    ],
    [
      'this AUTHENTICATE answers an earlier challenge of its connection, and not the last',
      recorded((c) => {
        challenged(c);
        const first = c.challenge();
        c.authenticate(MISTYPED);
        c.unauthorized();
        challenged(c);
        c.authenticate(ALICE, first);
      }),
      [LAST],
    ],
    [
      'an AUTHENTICATE although no challenge to this request came before it',
      recorded((c) => {
        challenged(c);
        c.authenticate(ALICE);
        c.ok();
        c.authenticate(ALICE);
      }),
      ["a new request, in alice's name"],
    ],
    [
      'a NEGOTIATE although no 401 to this request came before it',
      recorded((c) => {
        c.negotiate();
        c.challenges();
      }),
      ['a new request'],
    ],
    [
      'a request although the one before it has not been answered',
      recorded((c) => {
        c.bare();
        c.bare();
      }),
      ['a reply to the request before'],
    ],
    [
      'a request without credentials, in the middle of a handshake',
      recorded((c) => {
        challenged(c);
        c.bare();
      }),
      ['an AUTHENTICATE of somebody over the challenge it was just sent'],
    ],
    [
      "a request in bob's name, on a connection that is signed in as alice",
      recorded((c) => {
        c.signsIn(ALICE);
        c.bare('bob');
      }),
      ["a new request, in alice's name"],
    ],
    [
      "a request made in bob's name, with the credentials of alice",
      recorded((c) => {
        c.bare('bob');
        c.unauthorized();
        c.negotiate('bob');
        c.challenges();
        c.authenticate(ALICE, c.challenge(), {}, 'bob');
      }),
      ['an AUTHENTICATE of bob over the challenge it was just sent'],
    ],
    [
      'a Basic password on a connection whose client signs in by NTLM',
      recorded((c) => {
        c.signsIn(ALICE);
        c.basic(ALICE);
      }),
      ["a new request, in alice's name"],
    ],
  ];
  it.each(rows)('%s', (why, recording, expected) => {
    const { isBehaviour, refused, accepted, ...verdict } = verdictOf(recording);
    expect({ why: verdict.why, expected: verdict.expected }).toEqual({ why, expected });
    expect(isBehaviour).toBe(false);
    expect(refused).toBe(recording.observations[accepted]);
    expect(refused).toMatchObject({ what: 'request' });
    expect(verdictOf(recording, { sides: 'server' }).refused?.what).not.toBe('reply');
  });
});

/** A challenge that nobody in the recording was sent. */
function elsewhere(): Uint8Array {
  let bytes = new Uint8Array();
  recorded(
    (c) => {
      challenged(c);
      challenged(c);
      bytes = Uint8Array.from(c.challenge());
    },
    { timestamp: 133_600_000_000_000_000n },
  );
  return bytes;
}

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

describe('a right answer that is refused', () => {
  const refusedOnce = recorded((c) => {
    challenged(c);
    c.authenticate(ALICE);
    c.unauthorized();
  });
  it('is a behaviour, since the page behind may refuse, or the server demand more', () => {
    expect(verdictOf(refusedOnce).isBehaviour).toBe(true);
  });
  it('is none of a server with those defences, whose pages are for whoever is signed in', () => {
    const verdict = verdictOf(refusedOnce, {
      sides: 'server',
      defences: [DEFENCES],
      pages: 'signedIn',
    });
    expect(verdict).toMatchObject({
      isBehaviour: false,
      why: 'a 401 to somebody who is signed in, for a page that is theirs',
      expected: ["a page, in alice's name"],
    });
  });
});

describe('policies', () => {
  const reusable = recorded((c) => {
    challenged(c);
    c.authenticate(MISTYPED);
    c.unauthorized();
    c.authenticate(ALICE);
    c.ok();
  });
  it('are those that fit', () => {
    const { policies, servers } = verdictOf(reusable, { sides: 'server' });
    expect(new Set(policies.map(({ afterFailure }) => afterFailure))).toEqual(
      new Set(['reusable']),
    );
    expect(servers.map(({ actsAs }) => actsAs)).toEqual([['ntlmAuth']]);
  });
  it('have to be the same on all connections of a server', () => {
    const both = two((first, second) => {
      challenged(first);
      first.authenticate(MISTYPED);
      first.unauthorized();
      first.authenticate(ALICE);
      first.ok();
      challenged(second);
      second.authenticate({ ...BOB, password: 'no' });
      second.unauthorized();
      second.authenticate(BOB);
      second.unauthorized();
    });
    const strict = { sides: 'server', defences: [DEFENCES], pages: 'signedIn' } as const;
    expect(verdictOf(both, strict)).toMatchObject({
      isBehaviour: false,
      accepted: both.observations.length - 1,
      why: 'a 401 to somebody who is signed in, for a page that is theirs',
    });
    const alone = { ...both, observations: both.observations.slice(10) };
    expect(verdictOf({ ...both, observations: alone.observations }, strict).isBehaviour).toBe(true);
  });
  it.each(Object.entries(POLICIES))('of %s can be asked for', (_, policy) => {
    const { isBehaviour } = verdictOf(reusable, { sides: 'server', policies: [policy] });
    expect(isBehaviour).toBe(policy.afterFailure === 'reusable');
  });
  it('have nothing to do with a connection that shows none of them', () => {
    const plain = recorded((c) => c.signsIn());
    expect(verdictOf(plain).policies).toHaveLength(216);
  });
});
