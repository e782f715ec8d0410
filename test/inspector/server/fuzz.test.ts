/** Whatever is sent to the server, on any connection, it goes on serving. */
import { connect as connectTcp, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, type Running, running, view } from './support.ts';

const SEED = 1999;

type Door = 'feed' | 'live';
type Attempt = {
  readonly door: Door;
  readonly token: 'right' | 'wrong' | 'none';
  readonly foreign: boolean; // from a page of another origin
  readonly bytes: readonly Uint8Array[]; // after the upgrade
  readonly cut: number | null; // sends so much of the request alone. Null: all of it
  readonly closing: 'ends' | 'resets' | 'stays';
};

function upgrade({ door, token, foreign }: Attempt, server: Running): string {
  const given = { right: server.token, wrong: 'x'.repeat(43), none: '' }[token];
  const here = `127.0.0.1:${server.port}`;
  const origin = foreign ? 'http://elsewhere.example' : `http://${here}`;
  return [
    `GET /${door}?token=${given}&from=0 HTTP/1.1`,
    `Host: ${here}`,
    ...(door === 'feed' || foreign ? [`Origin: ${origin}`] : []),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n');
}

/** Resolves at the first of these events. An error is followed by the closing. */
const happened = (socket: Socket, ...events: readonly string[]) =>
  new Promise<void>((resolve) => {
    for (const event of events) socket.once(event, () => resolve());
  });

/** Sends the bytes, and waits until the server closes the connection, or the client does. */
async function attempted(attempt: Attempt, server: Running): Promise<void> {
  const { cut, bytes, closing } = attempt;
  const socket = connectTcp(server.port, '127.0.0.1');
  socket.on('error', () => {});
  const ended = happened(socket, 'close');
  await happened(socket, 'connect', 'close');
  const request = upgrade(attempt, server);
  socket.write(cut === null ? request : request.slice(0, cut));
  if (cut === null) await happened(socket, 'data', 'close');
  for (const part of bytes) socket.write(part);
  if (closing === 'resets') socket.resetAndDestroy();
  else socket.end();
  if (closing === 'stays') socket.resume();
  setImmediate(() => socket.destroySoon());
  await ended;
}

async function expectServing(server: Running): Promise<void> {
  expect((await ask(server.port, '/')).status).toBe(200);
  server.journal.publish({ type: 'finished' });
  expect((await view(server).heard(1))[0]).toMatchObject({ index: 0 });
}

const frame = (first: number, second: number, ...rest: readonly number[]) =>
  Uint8Array.from([first, second, ...rest]);

/** RFC 6455, 5.2: what a client must not send, and the longest that it can announce. */
const FRAMES: readonly (readonly [string, Uint8Array])[] = [
  ['unmasked', frame(0x81, 2, 0x68, 0x69)],
  ['oversized', frame(0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4)],
  ['too long for a number', frame(0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255)],
  ['of reserved bits', frame(0xf1, 0x80, 1, 2, 3, 4)],
  ['of an unknown opcode', frame(0x83, 0x80, 1, 2, 3, 4)],
  ['a control frame in parts', frame(0x09, 0x80, 1, 2, 3, 4)],
  ['a continuation of nothing', frame(0x80, 0x80, 1, 2, 3, 4)],
  ['a close without its code', frame(0x88, 0x81, 1, 2, 3, 4, 5)],
  ['text that is not UTF-8', frame(0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28)],
  ['no WebSocket at all', new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n')],
];

describe.each(['feed', 'live'] as const)('a frame to /%s', (door) => {
  it.each(FRAMES)('%s closes its connection and nothing else', async (_, bytes) => {
    for (const acceptsWriters of [true, false]) {
      const server = await running({ acceptsWriters });
      for (const token of ['right', 'wrong', 'none'] as const)
        await attempted(
          { door, token, foreign: false, bytes: [bytes], cut: null, closing: 'stays' },
          server,
        );
      await expectServing(server);
    }
  });
});

describe('anything', () => {
  const attempt: fc.Arbitrary<Attempt> = fc.record({
    door: fc.constantFrom<Door>('feed', 'live'),
    token: fc.constantFrom('right' as const, 'wrong' as const, 'none' as const),
    foreign: fc.boolean(),
    bytes: fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...FRAMES.map(([, bytes]) => bytes)),
        fc.constant(new Uint8Array(2 ** 16).fill(0x81)),
      ),
      { maxLength: 4 },
    ),
    cut: fc.option(fc.nat(300)),
    closing: fc.constantFrom('ends' as const, 'resets' as const, 'stays' as const),
  });

  it('on many connections at once leaves it serving', async () => {
    const server = await running();
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 5, maxLength: 20 }), async (attempts) => {
        await Promise.all(attempts.map((each) => attempted(each, server)));
      }),
      { seed: SEED, numRuns: 40 },
    );
    await expectServing(server);
  });

  it('before a request is complete leaves it serving', async () => {
    const server = await running();
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(new Uint8Array(2 ** 17)));
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const socket = connectTcp(server.port, '127.0.0.1');
        socket.on('error', () => {});
        const ended = happened(socket, 'close');
        socket.end(sent);
        socket.resume();
        await ended;
      }),
      { seed: SEED, numRuns: 100 },
    );
    await expectServing(server);
  });

  it('of more connections than it holds is turned away, and then served again', async () => {
    const server = await running();
    const sockets = Array.from({ length: 300 }, () => {
      const socket = connectTcp(server.port, '127.0.0.1');
      socket.on('error', () => {});
      return socket;
    });
    const closings = sockets.map((socket) => happened(socket, 'close'));
    await Promise.all(sockets.map((socket) => happened(socket, 'connect', 'close')));
    await Promise.race(closings); // the first that is turned away
    for (const socket of sockets) socket.destroy();
    await Promise.all(closings);
    await expectServing(server);
  });
});
