/** A page that is none of ours, as any program on this machine may serve one. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Foreign = { readonly port: number; readonly close: () => Promise<void> };

/** By path. Everything else is an empty page. */
export async function serveForeign(pages: Readonly<Record<string, string>> = {}): Promise<Foreign> {
  const server = createServer(({ url = '/' }, response) => {
    const isScript = url.endsWith('.js');
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(pages[url] ?? '<!doctype html><html lang="en"><title>Foreign</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
