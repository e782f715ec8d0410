/** WebSockets: `/feed` for the page, `/live` for programs whose actors are inspected. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { POLICY_VIOLATION } from '../feed.ts';
import type { Journal } from './journal.ts';
import {
  isToken,
  NOTHING_HERE,
  partsOf,
  type Refusal,
  refusedViewer,
  refusedWriter,
  securityHeaders,
} from './security.ts';
import { admitViewer } from './viewers.ts';
import { admitWriter } from './writers.ts';

export type SocketOptions = {
  readonly port: number; // ours
  readonly token: string;
  readonly journal: Journal;
  readonly acceptsWriters: boolean;
};

export type Sockets = {
  /** Listens to `upgrade` of an HTTP server. */
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => Promise<void>;
};

const FRAME_BYTES_MAX = 2 ** 20; // of received frames
const LEAVE_MS = 200; // for those who do not answer
const GOING_AWAY = 1001;

type Admission = (socket: WebSocket) => void;

/**
 * A foreign page is refused before a connection. A client with a wrong token gets a connection that
 * closes with a reason: a refused one would look like an absent server, and be tried again.
 */
export function acceptSockets(options: SocketOptions): Sockets {
  const { port, token, journal, acceptsWriters } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX });
  let writers = 0;

  const admission = (request: IncomingMessage): Admission | Refusal => {
    const { path, query } = partsOf(request);
    const isViewer = path === '/feed';
    if (!isViewer && path !== '/live') return NOTHING_HERE;
    const refusal = (isViewer ? refusedViewer : refusedWriter)(request, port);
    if (refusal !== null) return refusal;
    const from = query.get('from') ?? '0';
    if (!/^\d{1,15}$/.test(from)) return { status: 400, message: 'from: not a whole number' };
    if (!isToken(query.get('token'), token))
      return (socket) => socket.close(POLICY_VIOLATION, 'not the token that was printed');
    if (isViewer) return (socket) => admitViewer(socket, Number(from), journal);
    if (!acceptsWriters)
      return (socket) => socket.close(POLICY_VIOLATION, 'started without --live');
    writers += 1;
    return (socket) => admitWriter(socket, `program ${writers}`, journal);
  };

  return {
    accept: (request, socket, head) => {
      socket.on('error', () => {}); // the client has disconnected
      const admitted = admission(request);
      if (typeof admitted === 'function')
        server.handleUpgrade(request, socket, head, (client) => {
          // Of every connection, also one that is only told to go: a frame against the protocol.
          client.on('error', () => {}); // the connection is then closed
          admitted(client);
        });
      else refuse(socket, admitted, port);
    },
    close: async () => {
      const leaving = [...server.clients].map((client) => leave(client));
      await Promise.all(leaving);
    },
  };
}

function refuse(socket: Duplex, { status, message }: Refusal, port: number): void {
  const headers = {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(message) + 1,
    ...securityHeaders(port),
  };
  socket.once('finish', () => socket.destroy()); // the client need not close its side
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      `${message}\n`,
    ].join('\r\n'),
  );
}

async function leave(client: WebSocket): Promise<void> {
  await new Promise<void>((resolve) => {
    const impatience = setTimeout(() => client.terminate(), LEAVE_MS);
    client.once('close', () => {
      clearTimeout(impatience);
      resolve();
    });
    client.close(GOING_AWAY, 'the inspector has ended');
  });
}
