/** Credentials that a server does not take, cannot read, or has taken before. */
import { describe, expect, it } from 'vitest';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import { challengedBy, challengeWith, signsInAt } from './support/altered.ts';
import { challenged, two, verdictOf } from './support/judging.ts';
import { ALICE, making, recorded } from './support/making.ts';

const UNOFFERED = '127.0.0.5:8081 never offers NTLM, so it may ignore the NTLM of connection 1';
const KERBEROS_ONLY =
  '127.0.0.5:8081 takes no NTLM in scheme Negotiate (RFC 4559 4.1), so it may refuse the NTLM of ' +
  'connection 1';

describe('NTLM at a server that never offers it', () => {
  it('may be ignored, each of its messages', () => {
    const recording = recorded((c) => {
      c.negotiate();
      c.ok();
      c.authenticate(ALICE, challengeWith({}));
      c.ok();
    });
    for (const sides of ['both', 'client', 'server'] as const)
      expect(verdictOf(recording, { sides, divergences: DIVERGENCES })).toMatchObject({
        isBehaviour: true,
        notes: [UNOFFERED],
      });
  });
  it('may be ignored by a proxy that opens a tunnel at once', () => {
    const recording = recorded(
      (c) => {
        c.negotiate();
        c.ok();
      },
      { isProxy: true },
    );
    const divergences = DIVERGENCES;
    expect(verdictOf(recording, { divergences })).toMatchObject({
      isBehaviour: true,
      notes: [UNOFFERED],
    });
  });
  it('is still begun too early, for a client that is not known to do so', () => {
    const recording = recorded((c) => {
      c.negotiate();
      c.ok();
    });
    expect(verdictOf(recording).why).toBe(
      'on connection 1, alice sends a NEGOTIATE, although no 401 to this request came before',
    );
    expect(verdictOf(recording, { sides: 'server' }).isBehaviour).toBe(true);
  });
  it('may be answered by a 401 that offers Basic, with which the client goes on', () => {
    const recording = recorded((c) => {
      c.negotiate();
      c.reply(401, ['Basic realm="a"']);
      c.basic(ALICE);
      c.ok('alice');
    });
    expect(verdictOf(recording)).toMatchObject({ isBehaviour: true, leftOut: [] });
  });
  it('may not be the answer to a challenge of another server', () => {
    const maker = making();
    const [first, second] = [maker.on('alice'), maker.on('alice', 'http://127.0.0.6:8081')];
    challenged(first);
    second.authenticate(ALICE, first.challenge());
    second.ok();
    expect(verdictOf(maker.recording()).why).toBe(
      'on connection 2, alice sends an AUTHENTICATE that answers a challenge of connection 1',
    );
    expect(verdictOf(maker.recording(), { sides: 'server' }).isBehaviour).toBe(true);
  });
  it('signs no user in', () => {
    const recording = recorded((c) => {
      c.negotiate();
      c.ok('alice');
    });
    expect(verdictOf(recording, { sides: 'server' }).why).toBe(
      'on connection 1, 127.0.0.5:8081 answers 200 to a NEGOTIATE, which signs no user in',
    );
  });
  it('is not ignored by a server that offers it elsewhere', () => {
    const recording = two((first, second) => {
      first.bare();
      first.unauthorized();
      second.negotiate();
      second.ok();
    });
    expect(verdictOf(recording, { sides: 'server' })).toMatchObject({
      isBehaviour: false,
      why: 'on connection 2, 127.0.0.5:8081 answers 200 to a NEGOTIATE, which signs no user in',
      notes: [],
    });
  });
});

describe('NTLM in scheme Negotiate', () => {
  it('may be refused by a server that takes it in scheme NTLM', () => {
    const recording = recorded(
      (c) => {
        c.bare();
        c.reply(401, ['Negotiate', 'NTLM']);
        c.negotiate();
        c.reply(401, ['Negotiate', 'NTLM']);
        c.say('NTLM TlRMTVNTUAABAAAABoIIAAAAAAAAAAAAAAAAAAAAAAA=');
        c.reply(401, [`NTLM ${Buffer.from(challengeWith({})).toString('base64')}`]);
      },
      { scheme: 'Negotiate' },
    );
    expect(verdictOf(recording)).toMatchObject({ isBehaviour: true, notes: [KERBEROS_ONLY] });
  });
  it('is not refused by a server that takes it there', () => {
    const maker = making({ scheme: 'Negotiate' });
    const [first, second] = [maker.on('alice'), maker.on('alice')];
    challenged(first);
    second.bare();
    second.unauthorized();
    second.negotiate();
    second.unauthorized();
    expect(verdictOf(maker.recording())).toMatchObject({
      isBehaviour: false,
      why: 'on connection 2, 127.0.0.5:8081 answers 401 without a challenge to a NEGOTIATE',
      notes: [],
    });
  });
});

describe('Basic credentials that cannot be read', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  it.each([
    ['have a control character', base64('us\ner:secret')],
    ['have a control character', base64('user:sec\u007fret')],
    ['have no colon', base64('user')],
    ['have base64 without its padding', base64('user:sec').replace(/=+$/, '')],
    ['are not base64', 'dXNl-XI_'],
    ['are empty', ''],
  ])('are told as that: they %s', (fault, token) => {
    const recording = recorded((c) => {
      c.bare();
      c.reply(401, ['Basic realm="a"']);
      c.say(`Basic ${token}`.trim());
      c.ok();
    });
    const { why, isBehaviour } = verdictOf(recording);
    expect(isBehaviour).toBe(false);
    expect(why).toBe(
      `on connection 1, 127.0.0.5:8081 answers 200, although the credentials ${fault}`,
    );
    const refused = { ...recording, observations: recording.observations.slice(0, -1) };
    expect(verdictOf(refused).isBehaviour).toBe(true);
  });
  it('are told as that of a client that sends them for its user', () => {
    const recording = recorded((c) => {
      c.say(`Basic ${base64('user')}`, '/', 'bob');
      c.unauthorized();
    });
    expect(verdictOf(recording).why).toBe(
      'on connection 1, alice sends Basic credentials that have no colon',
    );
  });
});

describe('a response that was accepted', () => {
  const V1 = { version: 'NTLMv1' } as const;
  const AGAIN = 'what was said on connection 1 is accepted once more';
  const NONCE = ': its challenge is a nonce, for one sign-in';
  it('is not accepted again on another connection', () => {
    const bytes = challengeWith({});
    const twice = two((first, second) => {
      signsInAt(first, ALICE, bytes, V1);
      signsInAt(second, ALICE, bytes, V1);
    });
    expect(verdictOf(twice).why).toBe(`${AGAIN} on connection 2${NONCE}`);
  });
  it('is not accepted again on its own connection, for a challenge of the same bytes', () => {
    const bytes = challengeWith({});
    const twice = recorded((c) => {
      signsInAt(c, ALICE, bytes, V1);
      signsInAt(c, ALICE, bytes, V1);
    });
    expect(verdictOf(twice, { sides: 'server' }).why).toBe(`${AGAIN} there${NONCE}`);
  });
  it('may be refused, or sent by another user, or answer for the first time', () => {
    const bytes = challengeWith({});
    const refused = two((first, second) => {
      signsInAt(first, ALICE, bytes, V1);
      challengedBy(second, bytes);
      second.authenticate(ALICE, bytes, V1);
      second.unauthorized();
    });
    expect(verdictOf(refused, { sides: 'server' }).isBehaviour).toBe(true);
    const others = two((first, second) => {
      signsInAt(first, ALICE, bytes);
      signsInAt(second, ALICE, bytes);
    });
    expect(verdictOf(others)).toMatchObject({
      isBehaviour: true,
      notes: [
        '127.0.0.5:8081 sends the same ServerChallenge 2 times, on connections 1 and 2: it has ' +
          'to be a nonce (MS-NLMP 3.2.5.1.1), or a response can be replayed',
      ],
    });
  });
  it('may have been refused before, or forbidden a page', () => {
    const bytes = challengeWith({});
    for (const status of [401, 403])
      expect(
        verdictOf(
          two((first, second) => {
            challengedBy(first, bytes);
            first.authenticate(ALICE, bytes, V1);
            first.reply(status, status === 401 ? ['NTLM'] : []);
            signsInAt(second, ALICE, bytes, V1);
          }),
        ).isBehaviour,
      ).toBe(true);
  });
  it('may be accepted by another server, which has challenges of its own', () => {
    const bytes = challengeWith({});
    const maker = making();
    signsInAt(maker.on('alice'), ALICE, bytes, V1);
    signsInAt(maker.on('alice', 'http://127.0.0.6:8081'), ALICE, bytes, V1);
    const verdict = verdictOf(maker.recording(), { divergences: DIVERGENCES });
    expect(verdict).toMatchObject({ isBehaviour: true, notes: [] });
  });
});
