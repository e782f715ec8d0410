import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBasic, encodeBasic } from '../../../conformance/http/basic.ts';
import { HeaderError } from '../../../conformance/http/field-value.ts';

describe('the credentials of Basic', () => {
  it('are those of the standard', () => {
    expect(encodeBasic('Aladdin', 'open sesame')).toBe('QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    expect(encodeBasic('test', '123£')).toBe('dGVzdDoxMjPCow==');
    expect(decodeBasic('dGVzdDoxMjPCow==')).toEqual({ user: 'test', password: '123£' });
  });

  it('are read as Latin-1 where they are not UTF-8', () => {
    expect(decodeBasic(Buffer.from('test:123£', 'latin1').toString('base64'))).toEqual({
      user: 'test',
      password: '123£',
    });
  });

  it('keep a byte order mark, which is a character like others', () => {
    expect(decodeBasic(encodeBasic('\ufeffa', 'b')).user).toBe('\ufeffa');
  });

  it('end the user-id at the first colon', () => {
    expect(decodeBasic(Buffer.from('a:b:c').toString('base64'))).toEqual({
      user: 'a',
      password: 'b:c',
    });
    expect(decodeBasic(Buffer.from(':').toString('base64'))).toEqual({ user: '', password: '' });
  });

  it.each([
    ['a:b', 'c', 'character 2: a user-id must not have a colon'],
    ['a\n', 'c', 'character 2: a control character must not be in it'],
    ['a', 'c\u007f', 'character 2: a control character must not be in it'],
    ['a', '\ud800', 'character 1: half of a surrogate pair has no UTF-8'],
  ])('cannot be %j and %j', (user, password, message) => {
    expect(() => encodeBasic(user, password)).toThrow(message);
  });

  it.each([
    ['a', 'this is base64 cut short'],
    ['YTpi*', 'character 5: this is not base64'],
    ['YTpiYw', 'this is base64 cut short'],
    ['YTpiYx==', 'padded otherwise'],
    ['YQ==', 'no colon ends the user-id'],
    ['YQA6', 'a control character'],
    ['', 'no colon'],
  ])('are not in %j', (token, message) => {
    expect(() => decodeBasic(token)).toThrow(message);
    expect(() => decodeBasic(token)).toThrow(HeaderError);
  });

  const written = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\p{Cc}/gu, ''));
  it('are read as they were written', () => {
    fc.assert(
      fc.property(written, written, (name, password) => {
        const user = name.replaceAll(':', '');
        expect(decodeBasic(encodeBasic(user, password))).toEqual({ user, password });
      }),
      { numRuns: 1000 },
    );
  });

  it('in anything are read, or refused with a place in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String(), fc.string()), (token) => {
        try {
          const { user } = decodeBasic(token);
          expect(user).not.toContain(':');
        } catch (error) {
          expect(error).toBeInstanceOf(HeaderError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
