/** What `double-hop conform` is given: options, consent, a password; what it says of bad ones. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { passwordFor } from '../../../cli/commands/conform/password.ts';
import type { ConformOptions } from '../../../cli/commands/conform/run-conform.ts';
import { BadInput } from '../../../cli/input/bad-input.ts';
import { Interrupted } from '../../../cli/output/check-all.ts';
import { served } from '../../conformance/drive/serving.ts';
import { answering, conformed } from './conforming.ts';

describe('bad input', () => {
  const refusal = (
    server: string,
    options: Partial<ConformOptions> = {},
    env?: NodeJS.ProcessEnv,
  ) =>
    conformed(server, options, env).then(
      () => 'nothing',
      (error: unknown) => (error instanceof BadInput ? error.message : `no BadInput: ${error}`),
    );
  const NOWHERE = 'http://127.0.0.1:1';

  it('says what would be done, and sends nothing, without consent', async () => {
    expect(await refusal(NOWHERE, { yesIMayTestThisServer: false })).toBe(
      [
        'nothing was sent yet. This would make up to 200 requests to http://127.0.0.1:1, no more',
        'than 1000 in a second, and sign in as LAB\\alice again and again. Up to 4 sign-ins',
        'may fail, most of them on purpose, and an account may lock after a few: use one for ' +
          'tests.',
        'The password is also sent in headers of Basic.',
        'If you may do that there, repeat it with --yes-i-may-test-this-server.',
      ].join('\n'),
    );
    expect(await refusal('http://a.invalid', { yesIMayTestThisServer: false })).toContain(
      'No header of Basic is sent: the connection is not private.',
    );
  });

  it.each([
    ['a password', { password: 's3cret' }, /^--password: an argument can be seen by every user/],
    ['a bad name', { user: 'a\\b\\c' }, /^--user: found "a\\\\b\\\\c"; it must be a name/],
    ['a bad header', { identityHeader: 'X User' }, /^--identity-header: "X User" is not the name/],
    ['a proxy with a path', { proxy: 'http://p.invalid/x' }, /^--proxy: must be a URL without/],
    ['a file that is there', { record: 'package.json' }, /^package.json: is there already/],
    [
      'nobody there',
      {},
      /^http:\/\/127.0.0.1:1: no connection can be made \(ECONNREFUSED\); is it/,
    ],
  ])('%s', async (_, options, message) => {
    const said = await refusal(NOWHERE, options);
    expect(said).toMatch(message);
    expect(said).not.toContain('s3cret');
  });

  it.each([
    ['server', /^--server: must be a URL that begins with http/],
    ['ftp://server.invalid/', /^--server: must be a URL that begins with http/],
    ['http://u:s3cret@server.invalid/', /^--server: must not have a user or password in it/],
    ['http://server.invalid/#top', /^--server: must not have a fragment/],
  ])('the server %s', async (server, message) => {
    const said = await refusal(server);
    expect(said).toMatch(message);
    expect(said).not.toContain('s3cret');
  });

  it('no password, where nobody can be asked', async () => {
    expect(await refusal(NOWHERE, {}, {})).toMatch(/^no password: set the environment variable/);
    expect(await refusal(NOWHERE, {}, { DOUBLE_HOP_PASSWORD: '' })).toMatch(/is empty/);
  });

  it('a server that does not ask for NTLM', async () => {
    await served({ scheme: 'Basic' }, async ({ origin }) => {
      expect(await refusal(origin)).toBe(`${origin}: does not offer NTLM; it offers basic`);
    });
    await answering('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', async (origin) => {
      expect(await refusal(origin)).toMatch(
        /answers 200 to a request without credentials, not 401/,
      );
    });
  });

  it('a wrong password, after one sign-in that fails', async () => {
    await served({}, async ({ origin }) => {
      const said = await refusal(origin, {}, { DOUBLE_HOP_PASSWORD: 'n0t-it' });
      expect(said).toMatch(/the right password of alice does not sign in \(no\)/);
      expect(said).not.toContain('n0t-it');
    });
  });
});

describe('a password that is typed', () => {
  /** A terminal on which somebody types. @returns what is shown there, too. */
  function typing(...keys: readonly string[]) {
    const raw: boolean[] = [];
    let shown = '';
    const stdin = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (mode: boolean) => raw.push(mode),
    });
    const stderr = {
      write: (text: string) => {
        shown += text;
      },
    };
    for (const key of keys) setImmediate(() => stdin.write(key));
    const asked = passwordFor('LAB\\alice', { env: {}, stdin, stderr } as never);
    return { asked, raw, shown: () => shown };
  }

  it.each([
    ['key by key', ['s', 'e', 'c', '\r'], 'sec'],
    ['at once', ['secret\n'], 'secret'],
    ['with a slip', ['sex', '\x7f', 'cret', '\r'], 'secret'],
    ['beyond the alphabet', ['pä€😀', '\b', '!', '\r'], 'pä€!'],
  ])('%s, is not shown', async (_, keys, password) => {
    const { asked, raw, shown } = typing(...keys);
    expect(await asked).toBe(password);
    expect(shown()).toBe('Password of LAB\\alice: \n');
    expect(raw).toEqual([true, false]);
  });

  it('ends with Ctrl-C, and the terminal is as it was', async () => {
    const { asked, raw } = typing('se', '\x03');
    await expect(asked).rejects.toThrow(Interrupted);
    expect(raw).toEqual([true, false]);
  });

  it('is refused where it is nothing', async () => {
    await expect(typing('\r').asked).rejects.toThrow('no password was typed');
  });
});
