/** An HTTP server in this process that stops with the laboratory. */
import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import type { Lab } from '../lab.ts';
import type { Address } from '../ports.ts';
import { LabError } from '../run-command.ts';
import type { Started } from '../started.ts';

export type HttpServer = Pick<Started, 'log' | 'trouble' | 'stop'> & {
  readonly address: Address;
  readonly say: (line: string) => void; // into the log
};

const KEEP_ALIVE_MILLISECONDS = 30_000;

/**
 * Listens at a free port of `host`. Its log has a line for each request: method, URL, status.
 *
 * @throws LabError if this machine does not have the address.
 */
export function serveHttp(
  lab: Lab,
  name: string,
  host: string,
  listener: RequestListener,
): Promise<HttpServer> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS },
    (request, response) => {
      response.once('finish', () =>
        lines.push(`${request.method} ${request.url} ${response.statusCode}`),
      );
      listener(request, response);
    },
  );
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) => reject(new LabError(`${name}: ${message}`)));
    server.listen(0, host, () => {
      const bound = server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      resolve(
        lab.keep({
          address: { host, port },
          log: () => lines.map((line) => `${name}: ${line}\n`).join(''),
          say: (line) => lines.push(line),
          trouble: () => null, // it ends with this process
          stop,
        }),
      );
    });
  });
}
