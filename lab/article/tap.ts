/**
 * A tap before a server: it forwards every byte unchanged, and records the authentication fields of
 * the HTTP messages. Each client connection has one downstream connection.
 *
 * @source RFC 9112 2, 6.3 (where messages end)
 */
import { connect, createServer, type Socket } from 'node:net';
import { parseResponse } from '../../conformance/drive/response.ts';
import type { Recorder } from '../../conformance/serve/recorder.ts';
import type { Lab, Stoppable } from '../lab.ts';
import { type Address, originOf } from '../ports.ts';
import { LabError } from '../run-command.ts';

export type Tap = Stoppable & { readonly address: Address };

export type TapOptions = {
  readonly client: string; // the name of the client in the recording
  readonly server: string; // the name of the server in the recording
  readonly to: Address;
  readonly recorder: Recorder;
};

/** Taps the way to `to`, at a free port of `host`. @throws LabError */
export function startTap(lab: Lab, host: string, options: TapOptions): Promise<Tap> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(options.to);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket)).on('error', () => {});
    }
    join(near, far, options);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) => reject(new LabError(`tap: ${message}`)));
    server.listen(0, host, () => {
      const bound = server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      resolve(lab.keep({ address: { host, port }, stop }));
    });
  });
}

function join(near: Socket, far: Socket, { client, server, to, recorder }: TapOptions): void {
  const id = recorder.open({ client, server, isProxy: false });
  let asked = Buffer.alloc(0);
  let answered = Buffer.alloc(0);
  let method = 'GET';
  let isOpen = true;

  near.on('data', (bytes: Buffer) => {
    asked = Buffer.concat([asked, bytes]);
    for (let request = requestIn(asked); request !== null; request = requestIn(asked)) {
      asked = asked.subarray(request.bytes);
      method = request.method;
      const { target, authorization } = request;
      recorder.observe({
        what: 'request',
        connection: id,
        ...{ method, target, authorization, user: null },
      });
    }
    far.write(bytes);
  });
  far.on('data', (bytes: Buffer) => {
    answered = Buffer.concat([answered, bytes]);
    const parsed = parseResponse(answered, method, false);
    if (parsed !== null) {
      answered = answered.subarray(parsed.bytes);
      const { status, fields } = parsed;
      recorder.observe({
        what: 'reply',
        connection: id,
        status,
        authenticate: fields.get('www-authenticate') ?? [],
        location: fields.get('location')?.[0]?.replace(originOf(to), server) ?? null,
        identity: fields.get('x-user')?.at(-1) ?? null,
      });
    }
    near.write(bytes);
  });
  const close = () => {
    if (isOpen) recorder.observe({ what: 'closed', connection: id });
    isOpen = false;
    near.destroy();
    far.destroy();
  };
  near.once('close', close);
  far.once('close', close);
}

const FIELD = (name: string) => new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, 'im');

/** The first complete request in `bytes`. Null: it is incomplete. */
function requestIn(bytes: Buffer) {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = text.slice(0, end);
  const length = Number(FIELD('content-length').exec(head)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return null;
  const [method = '', target = ''] = head.split(' ');
  const authorization = FIELD('authorization').exec(head)?.[1] ?? null;
  return { method, target, authorization, bytes: end + 4 + length };
}
