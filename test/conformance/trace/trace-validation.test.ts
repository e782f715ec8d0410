/**
 * Recordings that are a behaviour of the model, and recordings that are not, each with its words.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BadRecording,
  type Observation,
  type Recording,
} from '../../../conformance/recording/recording.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import { type JudgeOptions, judge } from '../../../conformance/trace/trace-validation.ts';
import { ALICE, BOB, MISTYPED, making, recorded, SECRETS, SERVER } from './support/making.ts';

const verdictOf = (recording: Recording, options: Partial<JudgeOptions> = {}) =>
  judge(recording, { sides: 'both', secrets: SECRETS, ...options });

describe('a behaviour', () => {
  it.each<[string, Recording]>([
    ['a sign-in', recorded((c) => c.signsIn())],
    ['a sign-in by Negotiate that is NTLM', recorded((c) => c.signsIn(), { scheme: 'Negotiate' })],
    ['a sign-in at a proxy', recorded((c) => c.signsIn(), { isProxy: true })],
    ['a sign-in without a timestamp', recorded((c) => c.signsIn(), { timestamp: null })],
    [
      'a second request on a connection that is signed in',
      recorded((c) => {
        c.signsIn();
        c.bare();
        c.ok('LAB\\alice');
      }),
    ],
    [
      'a wrong password, refused',
      recorded((c) => {
        c.bare();
        c.unauthorized();
        c.negotiate();
        c.challenges();
        c.authenticate(MISTYPED);
        c.unauthorized();
      }),
    ],
    [
      'a connection that closes in mid-handshake',
      recorded((c) => {
        c.bare();
        c.unauthorized();
        c.negotiate();
        c.challenges();
        c.closed();
      }),
    ],
    [
      'Basic, after a 401 and at once',
      recorded((c) => {
        c.bare();
        c.reply(401, ['Basic realm="owa"']);
        c.basic(ALICE);
        c.ok('alice');
        c.basic(BOB);
        c.ok('bob');
      }),
    ],
  ])('is %s', (_, recording) => {
    expect(verdictOf(recording)).toMatchObject({
      isBehaviour: true,
      accepted: recording.observations.length,
      refused: null,
      expected: [],
      why: '',
    });
    expect(verdictOf(recording, { secrets: new Map() }).isBehaviour).toBe(true);
  });
});

describe('an unmodelled connection', () => {
  it.each<[string, string, readonly string[]]>([
    ['Digest', 'Digest username="alice"', ['Digest realm="a", nonce="b"']],
    ['Bearer', 'Bearer abc', ['Bearer']],
    ['Kerberos or SPNEGO (Negotiate)', 'Negotiate YIIFjwYGKwYBBQUC', ['Negotiate']],
  ])('is left out, and said to be: %s', (way, credentials, offered) => {
    const maker = making();
    const [other, alice] = [maker.on('bob'), maker.on('alice')];
    other.bare();
    other.reply(401, offered);
    other.say(credentials);
    other.reply(200);
    alice.signsIn();
    const { isBehaviour, leftOut, connections } = verdictOf(maker.recording());
    expect(isBehaviour).toBe(true);
    expect(leftOut).toEqual([
      {
        connection: 'c1',
        number: 1,
        part: null,
        why: `it signs in by ${way}, which is not modelled`,
      },
    ]);
    expect(connections.map(({ number }) => number)).toEqual([2]);
  });
  it('is all there is: then nothing is judged', () => {
    const bearer = recorded((c) => c.say('Bearer abc'));
    expect(() => verdictOf(bearer)).toThrow(
      'no connection can be judged\nconnection 1: it signs in by Bearer, which is not modelled',
    );
    expect(() => verdictOf(making().recording())).toThrow('the recording is empty');
  });
  it('is both at a time', () => {
    const both = recorded((c) => {
      c.bare();
      c.reply(401, ['NTLM', 'Basic realm="a"']);
      c.basic(ALICE);
      c.ok();
      c.negotiate();
    });
    expect(() => verdictOf(both)).toThrow(/it uses both NTLM and Basic/);
  });
  it('is a message that cannot be read', () => {
    const broken = recorded((c) => c.say('NTLM TlRMTVNTUAAD'));
    expect(() => verdictOf(broken)).toThrow(/connection 1: its message 2 cannot be read: /);
  });
});

describe('whatever the recording', () => {
  const maker = making();
  const slot = maker.on('alice');
  slot.signsIn();
  const { observations } = maker.recording();
  const tokens = observations.flatMap((one) =>
    one.what === 'request' && one.authorization !== null ? [one.authorization] : [],
  );
  const challenges = observations.flatMap((one) => (one.what === 'reply' ? one.authenticate : []));
  /** Sound, or with one character changed. */
  const damaged = (sound: readonly string[]) =>
    fc
      .tuple(
        fc.constantFrom(...sound),
        fc.option(fc.nat()),
        fc.constantFrom('A', '=', '"', ' ', '/'),
      )
      .map(([text, at, put]) => {
        if (at === null) return text;
        const start = at % text.length;
        return text.slice(0, start) + put + text.slice(start + 1);
      });
  const connection = fc.constantFrom('c1', 'c2');
  const one: fc.Arbitrary<Observation> = fc.oneof(
    fc.record({ what: fc.constantFrom('opened' as const, 'closed' as const), connection }),
    fc.record({
      what: fc.constant('request' as const),
      connection,
      method: fc.constant('GET'),
      target: fc.constantFrom('/owa', '/', '', 'http://x/y', '%'),
      authorization: fc.option(damaged([...tokens, 'Basic YTpi', 'Basic', 'Bearer x'])),
      user: fc.option(fc.constantFrom('alice', 'bob')),
    }),
    fc.record({
      what: fc.constant('reply' as const),
      connection,
      status: fc.constantFrom(200, 401, 407, 302, 403),
      authenticate: fc.array(damaged([...challenges, 'Basic realm="x"']), { maxLength: 2 }),
      location: fc.option(fc.constantFrom('/x', 'http://y/z', '//', 'http://[')),
      identity: fc.option(fc.constantFrom('alice', 'LAB\\bob', '', '@', '\\')),
    }),
  );

  it('there is a verdict, or a BadRecording', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.boolean(), (some, isProxy) => {
        const connections = ['c1', 'c2'].map((id) => ({ id, client: id, server: SERVER, isProxy }));
        const recording = { ...maker.recording(), connections, observations: some };
        try {
          const verdict = verdictOf(recording, { divergences: DIVERGENCES });
          expect(verdict.isBehaviour).toBe(verdict.refused === null);
        } catch (error) {
          expect(error).toBeInstanceOf(BadRecording);
        }
      }),
      { numRuns: 150 },
    );
  });
});
