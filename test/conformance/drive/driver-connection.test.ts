/** Connections to servers that behave, and to some that do not. */
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { connect, type Tape } from '../../../conformance/drive/driver-connection.ts';
import { ServerProblem, type Target } from '../../../conformance/drive/target.ts';
import type { Connection, Observation } from '../../../conformance/recording/recording.ts';
import { targetAt } from './serving.ts';

/** A server that hears requests as text, and says what `answer` makes of each. */
async function against<Result>(
  answer: (request: string, socket: net.Socket) => void,
  then: (target: Target, seen: Seen) => Promise<Result>,
): Promise<Result> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (text) => answer(text.toString('latin1'), socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    return await then(targetAt(`http://127.0.0.1:${port}`), newTape());
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

type Seen = Tape & { readonly connections: Connection[]; readonly observations: Observation[] };
function newTape(): Seen {
  const [connections, observations]: [Connection[], Observation[]] = [[], []];
  return {
    connections,
    observations,
    connection: (it) => connections.push(it),
    observe: (it) => observations.push(it),
  };
}

const BARE = { authorization: null, user: null };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-User: LAB\\alice\r\n\r\n';

describe('a connection', () => {
  it('sends one request after the other, and records them', async () => {
    const heard: string[] = [];
    const answer = (request: string, socket: net.Socket) => {
      heard.push(request);
      socket.write(OK.slice(0, 20), () => setImmediate(() => socket.write(OK.slice(20)))); // in two
    };
    await against(answer, async (target, seen) => {
      const connection = await connect({ ...target, path: '/page?a=b' }, 'one', seen);
      await connection.send({ authorization: 'NTLM abc', user: 'alice' });
      expect(await connection.send(BARE)).toMatchObject({ status: 200, identity: 'LAB\\alice' });
      connection.close();
      const { host } = new URL(target.origin);
      expect(heard[0]).toContain(`GET /page?a=b HTTP/1.1\r\nHost: ${host}\r\n`);
      expect(heard[0]).toContain('\r\nAuthorization: NTLM abc\r\n');
      expect(heard[1]).not.toContain('Authorization');
      expect(seen.observations.map(({ what }) => what)).toEqual([
        ...['opened', 'request', 'reply', 'request', 'reply', 'closed'],
      ]);
      expect(seen.observations[1]).toMatchObject({ target: '/page?a=b', user: 'alice' });
      expect(seen.connections[0]).toMatchObject({ id: 'one', isProxy: false });
    });
  });

  it('asks a proxy for the whole URL, and reads its challenges', async () => {
    const heard: string[] = [];
    const answer = (request: string, socket: net.Socket) => {
      heard.push(request);
      socket.write(
        'HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nWWW-Authenticate: Basic\r\n' +
          'Content-Length: 0\r\n\r\n',
      );
    };
    await against(answer, async ({ origin, ...target }, seen) => {
      const proxied = { ...target, origin: 'http://page.invalid', proxy: origin };
      const connection = await connect(proxied, 'one', seen);
      const reply = await connection.send({ authorization: 'NTLM abc', user: null });
      connection.close();
      expect(reply).toMatchObject({ status: 407, authenticate: ['NTLM'] });
      expect(heard[0]).toMatch(/^GET http:\/\/page.invalid\/ HTTP\/1.1\r\nHost: page.invalid\r\n/);
      expect(heard[0]).toContain('\r\nProxy-Authorization: NTLM abc\r\n');
      expect(seen.connections[0]).toMatchObject({ server: origin, isProxy: true });
    });
  });

  it('that the server closes instead of answering gives no answer', async () => {
    await against(
      (_, socket) => socket.end(),
      async (target, seen) => {
        const connection = await connect(target, 'one', seen);
        expect(await connection.send(BARE)).toBeNull();
        expect(connection.isOpen()).toBe(false);
        expect(seen.observations.map(({ what }) => what)).toEqual(['opened', 'request', 'closed']);
      },
    );
  });

  it('is closed where the server says that it will', async () => {
    await against(
      (_, socket) => socket.write(OK.replace('OK', 'OK\r\nConnection: close')),
      async (target, seen) => {
        const connection = await connect(target, 'one', seen);
        await connection.send(BARE);
        expect(connection.isOpen()).toBe(false);
        expect(seen.observations.at(-1)).toEqual({ what: 'closed', connection: 'one' });
      },
    );
  });

  it('refuses malformed responses with the name of the server, and closes', async () => {
    await against(
      (_, socket) => socket.write('220 mail.invalid ESMTP\r\n'),
      async (target, seen) => {
        const connection = await connect(target, 'one', seen);
        await expect(connection.send(BARE)).rejects.toThrow(
          `${target.origin}: the answer begins with "220 mail.invalid`,
        );
        expect(connection.isOpen()).toBe(false);
      },
    );
  });

  it('refuses what answers no request', async () => {
    await against(
      (_, socket) => socket.write(OK + OK),
      async (target, seen) => {
        const connection = await connect(target, 'one', seen);
        await connection.send(BARE);
        await expect(connection.send(BARE)).rejects.toThrow(/bytes came that answer no request/);
      },
    );
  });

  it('cannot be made to a port without a listener', async () => {
    const target = targetAt('http://127.0.0.1:1');
    const error = await connect(target, 'one', newTape()).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(ServerProblem);
    expect(error).toMatchObject({
      kind: 'unreachable',
      message: 'http://127.0.0.1:1: no connection can be made (ECONNREFUSED)',
    });
  });

  it('over TLS cannot be made to what does not speak it', async () => {
    await against(
      (_, socket) => socket.end('HTTP/1.1 400 No\r\n\r\n'),
      async (target, seen) => {
        const tls = { ...target, origin: target.origin.replace('http:', 'https:') };
        await expect(connect(tls, 'one', seen)).rejects.toMatchObject({ kind: 'unreachable' });
      },
    );
  });
});
