/** HTTP responses from bytes: their ends, and malformed ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, NotAResponse, parseResponse } from '../../../conformance/drive/response.ts';

const bytes = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const parse = (text: Buffer, method = 'GET', ended = false) => parseResponse(text, method, ended);
const head = (...fields: readonly string[]) => bytes('HTTP/1.1 200 OK', ...fields, '', '');

/** Responses that are complete with their last byte, and the request's method. */
const WHOLE: readonly (readonly [string, Buffer, string])[] = [
  ['of a known length', Buffer.concat([head('Content-Length: 3'), Buffer.from('abc')]), 'GET'],
  [
    'of a length said twice',
    Buffer.concat([head('Content-Length: 1, 1'), Buffer.from('a')]),
    'GET',
  ],
  [
    'in chunks',
    Buffer.concat([head('Transfer-Encoding: gzip, chunked'), bytes('3;x=y', 'abc', '0', '', '')]),
    'GET',
  ],
  [
    'in chunks, with a trailer',
    Buffer.concat([
      head('transfer-encoding: chunked'),
      bytes('A', '0123456789', '0', 'X: y', '', ''),
    ]),
    'GET',
  ],
  ['to HEAD', head('Content-Length: 3'), 'HEAD'],
  ['204', bytes('HTTP/1.1 204 None', 'Content-Length: 3', '', ''), 'GET'],
  ['304', bytes('HTTP/1.1 304 None', '', ''), 'GET'],
  [
    'after 100 and 103',
    bytes(
      'HTTP/1.1 100 Go',
      '',
      'HTTP/1.1 103 Hint',
      'Link: x',
      '',
      'HTTP/1.1 200',
      'Content-Length: 0',
      '',
      '',
    ),
    'GET',
  ],
  ['with bare line feeds', Buffer.from('HTTP/1.1 200 OK\nContent-Length: 1\n\na'), 'GET'],
];

describe('a response', () => {
  it.each(WHOLE)('%s is complete with its last byte, and not before', (_, text, method) => {
    for (let length = 0; length < text.length; length += 1)
      expect(parse(text.subarray(0, length), method)).toBeNull();
    const next = Buffer.concat([text, Buffer.from('HTTP/1.1 200 OK')]);
    expect(parse(next, method)).toMatchObject({ bytes: text.length, persists: true });
  });

  it('of no known length lasts until the connection ends', () => {
    const text = Buffer.concat([head(), Buffer.from('abc')]);
    expect(parse(text)).toBeNull();
    expect(parse(text, 'GET', true)).toMatchObject({ bytes: text.length, persists: false });
  });

  it('has fields without regard to case, in order, and folded ones in one line', () => {
    const text = head(
      'WWW-Authenticate: NTLM',
      'www-authenticate:  Basic',
      '\trealm="x" ',
      'Content-Length: 0',
    );
    expect(parse(text)?.fields.get('www-authenticate')).toEqual(['NTLM', 'Basic realm="x"']);
  });

  it.each([
    ['HTTP/1.1', 'Connection: close', false],
    ['HTTP/1.1', 'Connection: Keep-Alive, Close', false],
    ['HTTP/1.1', 'Connection: x', true],
    ['HTTP/1.0', 'Connection: keep-alive', true],
    ['HTTP/1.0', 'X: y', false],
  ])('of %s with %s: it is %s that the connection persists', (version, field, persists) => {
    const text = bytes(`${version} 200 OK`, 'Content-Length: 0', field, '', '');
    expect(parse(text)?.persists).toBe(persists);
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', /begins with "SSH-2.0/],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n', /status line "HTTP\/2 200 OK"/],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', /status line/],
    ['a field without a colon', 'HTTP/1.1 200 OK\r\nX y\r\n\r\n', /field "X y"/],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nX : y\r\n\r\n', /field "X : y"/],
    ['lengths that differ', 'HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab', /Length "1, 2"/],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', /Length "-1"/],
    [
      'a chunk size that is none',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      /chunk size "zz"/,
    ],
    [
      'a chunk that is longer than it says',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n',
      /chunk that does not end/,
    ],
    ['another protocol to switch to', 'HTTP/1.1 101 Go\r\n\r\n', /switches to a protocol/],
    [
      'interim responses without end',
      'HTTP/1.1 100 Go\r\n\r\n'.repeat(5000),
      /1xx responses without end/,
    ],
    [
      'a header for ever',
      `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(LIMITS.headerBytes)}`,
      /more than 65536/,
    ],
    ['a body too long', 'HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n', /more than 8388608/],
  ])('is not %s', (_, text, message) => {
    expect(() => parse(Buffer.from(text, 'latin1'))).toThrow(NotAResponse);
    expect(() => parse(Buffer.from(text, 'latin1'))).toThrow(message);
  });

  it.each([
    ['header', 'HTTP/1.1 200 OK\r\nX: y', /in the middle of a header/],
    ['body', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab', /in the middle of a body/],
    [
      'chunk',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
      /in the middle of a body/,
    ],
  ])('is not cut off in the middle of a %s', (_, text, message) => {
    expect(() => parse(Buffer.from(text), 'GET', true)).toThrow(message);
  });

  it('is found, or refused, or waited for, whatever comes', () => {
    const piece = fc.constantFrom(
      'HTTP/1.1 ',
      '200',
      ' OK',
      '\r\n',
      '\n',
      'Content-Length: 2',
      ': ',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, ended) => {
        try {
          const text = Buffer.from(pieces.join(''));
          expect(parse(text, 'GET', ended)?.bytes ?? 0).toBeLessThanOrEqual(text.length);
        } catch (error) {
          expect(error).toBeInstanceOf(NotAResponse);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
