/** A server on the loopback address: the page, its news, and the actors of other programs. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Journal } from './journal.ts';
import { type PageFile, readPage } from './page-files.ts';
import { NOTHING_HERE, newToken, partsOf, refusedPage, securityHeaders } from './security.ts';
import { acceptSockets } from './sockets.ts';

export type ServerOptions = {
  readonly folder: string; // of the built page
  readonly port: number; // 0: any that is free
  readonly journal: Journal;
  readonly acceptsWriters: boolean;
};

export type Server = {
  readonly port: number;
  readonly token: string;
  /** Closes every connection, so that nothing keeps the process. */
  readonly close: () => Promise<void>;
};

const CONNECTIONS_MAX = 256;

/** @throws Error of the file system or the network: there is no page, or the port is taken. */
export async function serve({ folder, ...options }: ServerOptions): Promise<Server> {
  const page = readPage(folder);
  const token = newToken();
  const http = createServer().listen(options.port, '127.0.0.1');
  await once(http, 'listening');
  http.maxConnections = CONNECTIONS_MAX; // further ones are closed at once
  http.on('error', () => {}); // a connection that the system could not accept
  const { port } = http.address() as AddressInfo;
  const sockets = acceptSockets({ ...options, port, token });
  http.on('request', (request, response) => answer(request, response, page, port));
  http.on('upgrade', sockets.accept);
  return {
    port,
    token,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      await sockets.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  page: ReadonlyMap<string, PageFile>,
  port: number,
): void {
  const refusal = refusedPage(request, port);
  const file = page.get(partsOf(request).path);
  if (refusal === null && file !== undefined) {
    response.writeHead(200, { ...securityHeaders(port), ...file.headers });
    response.end(file.bytes);
    return;
  }
  const { status, message, headers = {} } = refusal ?? NOTHING_HERE;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...securityHeaders(port),
    ...headers,
  });
  response.end(`${message}\n`);
}
