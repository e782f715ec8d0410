/** What a dictionary says where not everything is known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unhex } from '../../../conformance/codec/bytes.ts';
import { decodeAs3 } from '../../../conformance/codec/crypto/verify.ts';
import {
  type AuthenticateOptions,
  authenticate,
  challenge,
  negotiate,
} from '../../../conformance/codec/initiate.ts';
import { encode } from '../../../conformance/codec/messages/message.ts';
import type { AuthenticateMessage } from '../../../conformance/codec/messages/message-types.ts';
import { CodecError } from '../../../conformance/codec/reader.ts';
import { encodeBasic } from '../../../conformance/http/basic.ts';
import { Dictionary } from '../../../conformance/terms/dictionary.ts';
import { messages } from '../codec/arbitraries.ts';

const SECRETS = new Map([
  ['alice', 'Wonderland1!'],
  ['bob', 'Builder2?x'],
]);
const FRONT = 'http://127.0.0.2:8081';
const BACK = 'http://127.0.0.3:8081';
const NEGOTIATE = negotiate();
const ALICE = { user: 'Alice', domain: 'LAB', password: 'Wonderland1!' };

const nonce = (digit: number) => unhex(`0${digit}`.repeat(8));
const offer = (digit: number, timestamp: bigint | null = BigInt(digit)) =>
  challenge({ serverChallenge: nonce(digit), computer: 'TESTBED', domain: 'LAB', timestamp });

/** Alice answers, on "one", one of three challenges: two on "one", and one of another server. */
function answered(
  secrets: ReadonlyMap<string, string>,
  to: Uint8Array,
  options: AuthenticateOptions & { readonly password?: string } = {},
) {
  const dictionary = new Dictionary(secrets);
  dictionary.challenge('one', FRONT, offer(1));
  dictionary.challenge('other', BACK, offer(3));
  dictionary.challenge('one', FRONT, offer(2));
  const account = { ...ALICE, password: options.password ?? ALICE.password };
  const bytes = authenticate(account, NEGOTIATE, to, options);
  return dictionary
    .authenticate('one', 'default', NEGOTIATE, bytes)
    .map(({ response }) => response);
}

describe('a challenge', () => {
  it('has serials of its connection, and the computer for its server', () => {
    const dictionary = new Dictionary(SECRETS);
    const info = { computer: FRONT, timestamp: true, flags: false };
    const issued = ['one', 'other', 'one'].map((on) => dictionary.challenge(on, FRONT, offer(1)));
    expect(issued).toEqual([
      { type: 'CHALLENGE_MESSAGE', challenge: { connection: 'one', serial: 0 }, info },
      { type: 'CHALLENGE_MESSAGE', challenge: { connection: 'other', serial: 0 }, info },
      { type: 'CHALLENGE_MESSAGE', challenge: { connection: 'one', serial: 1 }, info },
    ]);
    expect(dictionary.challenge('one', FRONT, offer(1, null)).info.timestamp).toBe(false);
  });

  it('is no other message', () => {
    expect(() => new Dictionary(SECRETS).challenge('one', FRONT, NEGOTIATE)).toThrow(CodecError);
  });
});

describe('a response whose password is known', () => {
  it.each([
    [1, { connection: 'one', serial: 0 }],
    [2, { connection: 'one', serial: 1 }],
    [3, { connection: 'other', serial: 0 }],
  ])('answers the challenge that its proof is about: %d', (digit, challenge) => {
    const options = { targetName: 'HTTP/127.0.0.3' };
    const found = answered(SECRETS, offer(digit), options);
    const key = { passwordOf: 'alice' };
    expect(found).toMatchObject([{ user: 'alice', key, challenge, altered: false, lm: false }]);
    expect(found[0]!.pairs).toMatchObject({ target: BACK, mic: 'flagged', binding: null });
    expect(found[0]!.mic).toMatchObject({ computer: digit === 3 ? BACK : FRONT, flags: false });
  });

  it('by the key of another user names that user, and by an unknown key none', () => {
    const keys = ['Builder2?x', 'mistyped'].map((password) =>
      answered(SECRETS, offer(2), { password }).map(({ key }) => key),
    );
    expect(keys).toEqual([[{ passwordOf: 'bob' }], [{ passwordOf: null }]]);
  });

  it('to an unknown challenge is by an unknown key, of connection "?"', () => {
    expect(answered(SECRETS, offer(7))).toMatchObject([
      { key: { passwordOf: null }, challenge: { connection: '?' } },
    ]);
  });

  it('with a corrupt MIC covers another challenge than was sent', () => {
    const [mic] = answered(SECRETS, offer(2), { mic: 'corrupt' }).map((response) => response.mic);
    expect(mic).toEqual({ computer: FRONT, timestamp: true, flags: true });
  });

  it.each([
    ['NTLMv1', true],
    ['NTLMv1+ESS', false],
  ] as const)('of %s has no pairs, and an LM response: %s', (version, lm) => {
    const expected = { pairs: null, lm, mic: null, key: { passwordOf: 'alice' } };
    expect(answered(SECRETS, offer(2), { version })).toMatchObject([expected]);
  });
});

describe('a response by an unknown key', () => {
  const read = (changes: Partial<AuthenticateMessage>, options: AuthenticateOptions = {}) => {
    const account = { ...ALICE, password: 'mistyped' };
    const message = decodeAs3(authenticate(account, NEGOTIATE, offer(1), options));
    const bytes = encode({ ...message, ...changes });
    const dictionary = new Dictionary(SECRETS);
    dictionary.challenge('one', FRONT, offer(1));
    return dictionary.authenticate('one', 'default', NEGOTIATE, bytes)[0]!.response;
  };

  it('has an LM response where there is something that may be one', () => {
    const lms = [
      read({}, { mic: 'none' }),
      read({}, { lm: false }),
      read({}, { version: 'NTLMv1' }),
      read({}, { version: 'NTLMv1', lm: false }),
      read({}, { version: 'NTLMv1+ESS' }),
    ].map(({ lm }) => lm);
    expect(lms).toEqual([true, false, true, false, false]);
  });

  it('has no pairs where its NT response is none of any version', () => {
    const malformed = read({ ntResponse: new Uint8Array(60) });
    expect(malformed).toMatchObject({ user: 'alice', key: { passwordOf: null }, pairs: null });
  });

  it('has no MIC where there are but zeros', () => {
    expect(read({ mic: new Uint8Array(16) }).mic).toBe(null);
    expect(read({}).mic).not.toBe(null);
  });
});

describe('a response whose password is not known', () => {
  const readings = (digit: number, options: AuthenticateOptions = {}) =>
    answered(new Map(), offer(digit), options);

  it.each([
    [1, { connection: 'one', serial: 0 }],
    [2, { connection: 'one', serial: 1 }],
    [3, { connection: 'other', serial: 0 }],
    [7, { connection: '?', serial: 0 }],
  ])(
    'is by the right key or another, to the challenge whose pairs it repeats: %d',
    (digit, challenge) => {
      expect(readings(digit)).toMatchObject([
        { user: 'alice', key: { passwordOf: 'alice' }, challenge },
        { user: 'alice', key: { passwordOf: null }, challenge },
      ]);
    },
  );

  it('of NTLMv1 repeats nothing, and so answers the latest challenge on its connection', () => {
    const challenge = { connection: 'one', serial: 1 };
    expect(readings(1, { version: 'NTLMv1' })).toMatchObject([{ challenge }, { challenge }]);
  });
});

it('an anonymous response has one reading', () => {
  const bytes = authenticate(ALICE, NEGOTIATE, offer(1));
  const nobody = {
    user: '',
    ntResponse: new Uint8Array(),
    lmResponse: Uint8Array.of(0),
    mic: null,
  };
  const anonymous = encode({ ...decodeAs3(bytes), ...nobody });
  const read = new Dictionary(SECRETS).authenticate('one', 'default', null, anonymous);
  expect(read).toMatchObject([{ response: { user: null, key: null, pairs: null } }]);
});

describe('a token of Basic', () => {
  const users = (secrets: ReadonlyMap<string, string>, token: string) =>
    new Dictionary(secrets).basic('default', token).map(({ credential }) => credential);
  const alice = (passwordOf: string | null) => ({ user: 'alice', secret: { passwordOf } });

  it.each([
    ['Wonderland1!', [alice('alice')]],
    ['Builder2?x', [alice('bob')]],
    ['mistyped', [alice(null)]],
  ])('with the password %s', (password, credentials) => {
    expect(users(SECRETS, encodeBasic('LAB\\Alice', password))).toEqual(credentials);
  });

  it('of a user whose password is not known is right or wrong', () => {
    expect(users(new Map(), encodeBasic('alice', 'x'))).toEqual([alice('alice'), alice(null)]);
  });

  it('that is malformed has no user', () => {
    expect(users(SECRETS, '*')).toEqual([{ user: '', secret: { passwordOf: null } }]);
  });
});

it('whatever is sent is read, or refused with a place', () => {
  fc.assert(
    fc.property(messages, fc.boolean(), (message, isKnown) => {
      const dictionary = new Dictionary(isKnown ? SECRETS : new Map());
      try {
        dictionary.challenge('one', FRONT, offer(1));
        dictionary.challenge(
          'one',
          FRONT,
          message.type === 'CHALLENGE_MESSAGE' ? encode(message) : offer(2),
        );
        const named =
          message.type === 'AUTHENTICATE_MESSAGE'
            ? { ...message, user: 'alice', flags: message.flags | 1 }
            : message;
        const read = dictionary.authenticate('one', 'default', NEGOTIATE, encode(named));
        expect(read.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
      }
    }),
    { numRuns: 1000 },
  );
});
