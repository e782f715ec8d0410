import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../conformance/codec/initiate.ts';
import {
  type AuthChallenge,
  ntlmToken,
  parseChallenges,
  parseCredentials,
} from '../../../conformance/http/challenges.ts';
import { HeaderError, toBase64 } from '../../../conformance/http/field-value.ts';

const bare = (scheme: string): AuthChallenge => ({ scheme, token: null, parameters: {} });
const NEGOTIATE = negotiate();
const TOKEN = toBase64(NEGOTIATE);

describe('challenges', () => {
  it.each([
    ['NTLM', [bare('ntlm')]],
    ['Negotiate, NTLM', [bare('negotiate'), bare('ntlm')]],
    [`NTLM ${TOKEN}`, [{ ...bare('ntlm'), token: TOKEN }]],
    ['Basic realm="a, b"', [{ ...bare('basic'), parameters: { realm: 'a, b' } }]],
    [
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
      [
        { ...bare('newauth'), parameters: { realm: 'apps', type: '1', title: 'Login to "apps"' } },
        { ...bare('basic'), parameters: { realm: 'simple' } },
      ],
    ],
    [
      ' , ,NTLM , , Basic REALM = "x" ,',
      [bare('ntlm'), { ...bare('basic'), parameters: { realm: 'x' } }],
    ],
    ['A b==, C', [{ ...bare('a'), token: 'b==' }, bare('c')]],
    [
      'A b=c, d=e, F g',
      [
        { ...bare('a'), parameters: { b: 'c', d: 'e' } },
        { ...bare('f'), token: 'g' },
      ],
    ],
    ['A b="\\\\"', [{ ...bare('a'), parameters: { b: '\\' } }]],
    ['A __proto__=1', [{ ...bare('a'), parameters: JSON.parse('{"__proto__":"1"}') }]],
    ['', []],
  ] as const)('%s', (value, challenges) => {
    expect(parseChallenges([value])).toEqual(challenges);
  });

  it('of several fields are one list', () => {
    expect(
      parseChallenges(['Negotiate', 'NTLM, Basic realm="x"']).map(({ scheme }) => scheme),
    ).toEqual(['negotiate', 'ntlm', 'basic']);
  });

  it.each([
    ['A b c', 'character 3: neither a token nor a parameter'],
    ['A b="c', 'character 5: a quoted string that is not closed or has a forbidden character'],
    [
      'A b="c\u0000"',
      'character 5: a quoted string that is not closed or has a forbidden character',
    ],
    ['A b=c, B=d', 'character 9: a parameter is there twice'],
    ['A b=', null],
    ['A b=,', null],
    ['A b=c, d=', 'character 10: a value has to be here, and the value ends'],
    ['A b c=d', 'character 3: neither a token nor a parameter'],
    ['A b==c', 'character 5: a value has to be here'],
    ['A b="c" D', 'character 9: a comma has to be here'],
    ['=', 'character 1: a scheme has to be here'],
    ['A b, c=d', 'character 7: a comma has to be here'],
  ] as const)('%j is refused with its place, or is a token', (value, message) => {
    if (message === null) return expect(parseChallenges([value])[0]!.token).toBe('b=');
    expect(() => parseChallenges([value])).toThrow(message);
    expect(() => parseChallenges([value])).toThrow(HeaderError);
  });
});

describe('credentials', () => {
  it('are one scheme, with a token or parameters', () => {
    expect(parseCredentials('ntlm  YQ==')).toEqual({ ...bare('ntlm'), token: 'YQ==' });
    expect(parseCredentials('Digest username="a", nc=00000001 ')).toEqual({
      ...bare('digest'),
      parameters: { username: 'a', nc: '00000001' },
    });
  });

  it.each(['NTLM a, b', 'NTLM a b', '', 'Basic realm="x", NTLM'])('%j are none', (value) => {
    expect(() => parseCredentials(value)).toThrow(HeaderError);
  });
});

describe('NTLM data', () => {
  it.each([
    [['NTLM'], null],
    [['Basic realm="x"', `NTLM ${TOKEN}`], NEGOTIATE],
    [[`Negotiate ${TOKEN}, NTLM`], NEGOTIATE],
    [['Negotiate YIIGBg=='], null],
    [['Negotiate, NTLM YIIGBg=='], Uint8Array.from([0x60, 0x82, 6, 6])],
    [[], null],
  ])('of %j', (values, data) => {
    expect(ntlmToken(values)).toEqual(data);
  });

  it('that is no base64 is refused', () => {
    expect(() => ntlmToken(['NTLM TlRM*'])).toThrow(HeaderError);
    expect(() => ntlmToken(['NTLM TlRMT'])).toThrow('character 6: this is base64 cut short');
    expect(() => ntlmToken(['NTLM YR=='])).toThrow('padded otherwise');
  });
});

const among = (letters: string, minLength = 1) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength: 8 });
const token = among("aZ9!#$%&'*+-.^_`|~");
const token68 = fc
  .tuple(among('aZ9-._~+/'), fc.constantFrom('', '=', '=='))
  .map((parts) => parts.join(''));
const text = among('a ,="\\\t~é', 0);
const challenges: fc.Arbitrary<AuthChallenge> = fc
  .oneof(
    fc.record({ scheme: token, token: fc.option(token68), parameters: fc.constant({}) }),
    fc.record({
      scheme: token,
      token: fc.constant(null),
      parameters: fc.dictionary(
        token.map((name) => name.toLowerCase()),
        text,
        { minKeys: 1, maxKeys: 3 },
      ),
    }),
  )
  .map((challenge) => ({ ...challenge, scheme: challenge.scheme.toLowerCase() }));

const gap = among(' \t', 0);
const comma = fc.tuple(gap, among(', '), gap).map((parts) => `${parts[0]},${parts[1]}${parts[2]}`);

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
const written = ({ scheme, token, parameters }: AuthChallenge, between: string) => {
  const list = Object.entries(parameters).map(([name, value]) => `${name}=${quoted(value)}`);
  return [
    scheme,
    ...(token === null ? [] : [token]),
    ...(list.length > 0 ? [list.join(between)] : []),
  ].join(' ');
};

describe('random challenges', () => {
  it('are read as they were written, with any commas and white space between them', () => {
    fc.assert(
      fc.property(fc.array(challenges, { maxLength: 4 }), comma, (list, between) => {
        const value = list.map((each) => written(each, between)).join(between);
        expect(parseChallenges([value])).toEqual(
          list.map((each) => ({ ...each, parameters: { ...each.parameters } })),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('that are anything are read, or refused with a place in them', () => {
    const pieces = fc.array(
      fc.oneof(fc.constantFrom(' ', ',', '=', '"', '\\', 'NTLM', 'a', 'YQ=='), fc.string()),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        pieces.map((all) => all.join('')),
        (value) => {
          for (const read of [
            (one: string) => parseChallenges([one]),
            parseCredentials,
            (one: string) => ntlmToken([one]),
          ])
            try {
              read(value);
            } catch (error) {
              expect(error).toBeInstanceOf(HeaderError);
              expect((error as HeaderError).position).toBeLessThanOrEqual(value.length);
            }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
