/** The input of `double-hop conform`: options, consent, a password; and its messages. */
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

  it('without consent says what it would send, and sends nothing', async () => {
    expect(await refusal(NOWHERE, { yesIMayTestThisServer: false })).toBe(
      [
        'nothing was sent yet. This command would send up to 200 requests to http://127.0.0.1:1, at',
        'most 1000 a second, and sign in as LAB\\alice many times. Up to 4 sign-ins may',
        'fail, most of them on purpose. An account may lock after a few: use a test account.',
        'The password is also sent in Basic headers.',
        'If you are allowed to do that, repeat the command with --yes-i-may-test-this-server.',
      ].join('\n'),
    );
    expect(await refusal('http://a.invalid', { yesIMayTestThisServer: false })).toContain(
      'No Basic header is sent, because the connection is not private.',
    );
  });

  it.each([
    ['a password', { password: 's3cret' }, /^--password: every user of this machine can see/],
    ['a bad name', { user: 'a\\b\\c' }, /^--user: found "a\\\\b\\\\c"; it must be a name/],
    [
      'a bad header',
      { identityHeader: 'X User' },
      /^--identity-header: "X User" is not a header name/,
    ],
    ['a proxy with a path', { proxy: 'http://p.invalid/x' }, /^--proxy: must be a URL without/],
    ['a file that exists', { record: 'package.json' }, /^package.json: this file exists/],
    [
      'an unreachable server',
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
    ['http://u:s3cret@server.invalid/', /^--server: must not contain a user or a password/],
    ['http://server.invalid/#top', /^--server: must not have a fragment/],
  ])('the server %s', async (server, message) => {
    const said = await refusal(server);
    expect(said).toMatch(message);
    expect(said).not.toContain('s3cret');
  });

  it('no password, and no terminal to type it on', async () => {
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
      expect(said).toMatch(/the password of alice does not sign in \(no\)/);
      expect(said).not.toContain('n0t-it');
    });
  });
});

describe('a password that is typed', () => {
  /** A terminal on which these keys are typed. */
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

  it('ends at Ctrl-C, and resets the terminal', async () => {
    const { asked, raw } = typing('se', '\x03');
    await expect(asked).rejects.toThrow(Interrupted);
    expect(raw).toEqual([true, false]);
  });

  it('is refused if it is empty', async () => {
    await expect(typing('\r').asked).rejects.toThrow('no password was typed');
  });
});
