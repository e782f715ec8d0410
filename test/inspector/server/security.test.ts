/** Who is refused: pages of other origins, other names for us, wrong tokens, forged messages. */
import { describe, expect, it } from 'vitest';
import { isToken, newToken } from '../../../inspector/server/security.ts';
import { ask, connect, running, view, write } from './support.ts';

const MESSAGE = JSON.stringify({ type: '@xstate.event', _version: '0.7.2', sessionId: 'x:0' });

describe('a token', () => {
  it('is another one each time, and has 256 bits', () => {
    expect(newToken()).not.toBe(newToken());
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32);
  });

  it.each([null, '', 'x', 'tokem', 'tokenn', 'tökn'])('is not %j', (given) => {
    expect(isToken(given, 'token')).toBe(false);
  });

  it('is itself', () => expect(isToken('token', 'token')).toBe(true));
});

describe('a page', () => {
  it('comes with headers that restrict it to itself, refused or not', async () => {
    const { port } = await running();
    for (const path of ['/', '/assets/index-4f2a.js', '/nothing']) {
      const { headers } = await ask(port, path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it.each(['evil.example', '127.0.0.1', 'localhost:1', '[::1]', '127.0.0.1.evil.example'])(
    'is not for the host %j, a foreign name of this address',
    async (host) => {
      const { port } = await running();
      const answer = await ask(port, '/', { headers: { Host: host } });
      expect(answer).toMatchObject({
        status: 421,
        text: `this server is 127.0.0.1:${port} only\n`,
      });
    },
  );

  it('is for both names of this machine', async () => {
    const { port } = await running();
    for (const name of ['127.0.0.1', 'localhost'])
      expect(await ask(port, '/', { headers: { Host: `${name}:${port}` } })).toMatchObject({
        status: 200,
      });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('takes no %s', async (method) => {
    const { port } = await running();
    expect(await ask(port, '/', { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('may be opened in a window by other pages, and read by none', async () => {
    const { port } = await running();
    const from = (site: string, mode: string, destination: string) =>
      ask(port, '/', {
        headers: {
          'Sec-Fetch-Site': site,
          'Sec-Fetch-Mode': mode,
          'Sec-Fetch-Dest': destination,
        },
      });
    expect((await from('cross-site', 'navigate', 'document')).status).toBe(200);
    expect((await from('none', 'navigate', 'document')).status).toBe(200);
    expect((await from('same-origin', 'cors', 'script')).status).toBe(200);
    expect((await from('cross-site', 'navigate', 'iframe')).status).toBe(403);
    expect((await from('cross-site', 'no-cors', 'script')).status).toBe(403);
    expect((await from('same-site', 'no-cors', 'image')).status).toBe(403);
  });
});

describe('a viewer', () => {
  it.each([
    ['another origin', 'http://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['an opaque origin', 'null'],
    ['no browser at all', undefined],
  ])('of %s is refused, token or not', async (_, origin) => {
    const { port, token } = await running();
    const options = origin === undefined ? {} : { origin };
    const viewer = connect(`ws://127.0.0.1:${port}/feed?token=${token}`, options);
    expect((await viewer.ended)[0]).toBe(403);
  });

  it('under another name is refused, even where its origin says the same', async () => {
    const { port, token } = await running();
    const viewer = connect(`ws://127.0.0.1:${port}/feed?token=${token}`, {
      origin: `http://evil.example:${port}`,
      headers: { Host: `evil.example:${port}` },
    });
    expect((await viewer.ended)[0]).toBe(421);
  });

  it.each(['', '?token=', '?token=guessed'])(
    'with the token %j receives nothing',
    async (query) => {
      const { port, journal } = await running();
      journal.publish({ type: 'finished' });
      const viewer = connect(`ws://127.0.0.1:${port}/feed${query}`, {
        origin: `http://127.0.0.1:${port}`,
      });
      expect(await viewer.ended).toEqual([1008, 'not the token that was printed']);
      expect(viewer.frames).toEqual([]);
    },
  );

  it('that writes is disconnected, and its messages are not kept', async () => {
    const server = await running();
    const viewer = view(server);
    viewer.socket.on('open', () => viewer.socket.send(MESSAGE));
    expect(await viewer.ended).toEqual([1008, 'viewers do not write']);
    expect(server.journal.length()).toBe(0);
  });

  it.each(['-1', '1.5', 'x', '1e3'])('cannot start at the news %j', async (from) => {
    const { port, token } = await running();
    const viewer = connect(`ws://127.0.0.1:${port}/feed?token=${token}&from=${from}`, {
      origin: `http://127.0.0.1:${port}`,
    });
    expect((await viewer.ended)[0]).toBe(400);
  });
});

describe('a writer', () => {
  it.each(['http://evil.example', 'null', 'our own'])(
    'in a browser is refused, its page being of %s',
    async (origin) => {
      const { port, token, journal } = await running();
      const writer = connect(`ws://127.0.0.1:${port}/live?token=${token}`, {
        origin: origin === 'our own' ? `http://127.0.0.1:${port}` : origin,
      });
      expect((await writer.ended)[0]).toBe(403);
      expect(journal.length()).toBe(0);
    },
  );

  it('under another name is refused', async () => {
    const { port, token } = await running();
    const writer = connect(`ws://127.0.0.1:${port}/live?token=${token}`, {
      headers: { Host: `evil.example:${port}` },
    });
    expect((await writer.ended)[0]).toBe(421);
  });

  it('without the token is refused, and its messages are not kept', async () => {
    const { port, journal } = await running();
    const writer = connect(`ws://127.0.0.1:${port}/live?token=guessed`);
    writer.socket.on('open', () => writer.socket.send(MESSAGE));
    expect(await writer.ended).toEqual([1008, 'not the token that was printed']);
    expect(journal.length()).toBe(0);
  });

  it('is refused with a reason where the command was started without --live', async () => {
    const writer = write(await running({ acceptsWriters: false }));
    expect(await writer.ended).toEqual([1008, 'started without --live']);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['no object', '"@xstate.event"'],
    ['null', 'null'],
    ['no version', '{"type":"@xstate.event"}'],
    ['a version that is no text', '{"type":"@xstate.event","_version":7}'],
    ['one of ours', '{"type":"@double-hop.step","_version":"0.7.2"}'],
    ['an unknown type', '{"type":"verdict","_version":"0.7.2"}'],
    ['no text at all', Buffer.from(MESSAGE)],
  ])('that sends %s is disconnected, and its message is not kept', async (_, frame) => {
    const server = await running();
    const writer = write(server);
    writer.socket.on('open', () => {
      writer.socket.send(frame);
      writer.socket.send(MESSAGE);
    });
    expect(await writer.ended).toEqual([1008, 'not a message of the inspection protocol']);
    expect(await view(server).heard(1)).toMatchObject([{ type: 'left', source: 'program 1' }]);
  });

  it('that sends more than a MiB at once is disconnected', async () => {
    const writer = write(await running());
    const long = JSON.stringify({
      type: '@xstate.event',
      _version: '0',
      text: 'x'.repeat(2 ** 20),
    });
    writer.socket.on('open', () => writer.socket.send(long));
    expect((await writer.ended)[0]).toBe(1009);
  });

  it('that nests too deeply is disconnected, and the server continues', async () => {
    const server = await running();
    const writer = write(server);
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
    writer.socket.on('open', () =>
      writer.socket.send(`{"type":"@xstate.event","_version":"0","event":${deep}}`),
    );
    expect(await writer.ended).toEqual([1008, 'nested too deeply']);
    expect((await ask(server.port, '/')).status).toBe(200);
  });
});
