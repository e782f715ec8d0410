/** Every place of the page is written into its URL and read back; what is malformed says so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parsePlace, writePlace } from '../../../../inspector/page/place/address.ts';

const text = fc.string({ minLength: 1 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const position = maybe(fc.nat({ max: 999_999_999 }));
const story = fc.record({ claim: text, on: text, fault: maybe(text), file: maybe(text) });
const common = { at: position, pin: maybe(text) };

const addresses: fc.Arbitrary<Address> = fc.oneof(
  fc.constant({ view: 'claims' } as const),
  fc.record({ view: fc.constant('story' as const), story, ...common, beside: fc.boolean() }),
  fc.record({
    view: fc.constant('explore' as const),
    on: text,
    fault: maybe(text),
    about: maybe(text),
    path: fc.array(fc.nat({ max: 9999 })),
    ...common,
  }),
  fc.record({ view: fc.constant('live' as const), source: maybe(text), ...common }),
  fc.record({ view: fc.constant('stately' as const), story: maybe(story), source: maybe(text) }),
);

describe('an address', () => {
  it('is read back as it was written, whatever names are in it', () => {
    fc.assert(
      fc.property(addresses, maybe(text), (address, token) => {
        expect(parsePlace(writePlace(token, address))).toEqual({ token, address });
      }),
    );
  });

  it('is what the command prints', () => {
    const fragment =
      '#token=T&view=story&claim=confinement&on=article+%28Basic%29&at=7' +
      '&pin=alice%3EfrontEnd%231%2Fserver&beside=1';
    expect(parsePlace(fragment)).toEqual({
      token: 'T',
      address: {
        view: 'story',
        story: { claim: 'confinement', on: 'article (Basic)', fault: null, file: null },
        at: 7,
        pin: 'alice>frontEnd#1/server',
        beside: true,
      },
    });
  });

  it('is the table of claims where it says nothing', () => {
    expect(parsePlace('')).toEqual({ token: null, address: { view: 'claims' } });
    expect(parsePlace('#token=T')).toEqual({ token: 'T', address: { view: 'claims' } });
  });

  it.each([
    ['view=nowhere', 'there is no view "nowhere"'],
    ['view=story&on=x', 'the address does not say "claim="'],
    ['view=story&claim=x&on=', 'the address does not say "on="'],
    ['view=story&claim=x&on=y&at=last', '"at=" takes whole numbers, not "last"'],
    ['view=live&at=-1', '"at=" takes whole numbers, not "-1"'],
    ['view=explore&path=1', 'the address does not say "on="'],
    ['view=explore&on=x&path=1..2', '"path=" takes whole numbers, not ""'],
  ])('%s is a problem that names the field, and keeps the token', (fragment, problem) => {
    expect(parsePlace(`#token=T&${fragment}`)).toEqual({
      token: 'T',
      address: { view: 'problem', problem },
    });
  });
});
