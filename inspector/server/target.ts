/** What a request asks for. Nothing in it is decoded but the values of its query. */
import type { IncomingMessage } from 'node:http';

export function partsOf({ url = '' }: IncomingMessage): {
  readonly path: string;
  readonly query: URLSearchParams;
} {
  const [path = '', query = ''] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
