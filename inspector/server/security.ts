/** Access to the inspector: its own page, and programs that know the token. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

export type Refusal = {
  readonly status: number;
  readonly message: string; // one line
  readonly headers?: OutgoingHttpHeaders;
};

export const newToken = (): string => randomBytes(32).toString('base64url');

/** In a time that does not depend on how much of `given` is right. */
export function isToken(given: string | null, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The server's own names. A request for another name comes through a foreign DNS name. */
const originsAt = (port: number): readonly URL[] =>
  ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${port}`));

/** Null: the request is addressed to this server. */
export function refusedHost({ headers }: IncomingMessage, port: number): Refusal | null {
  if (originsAt(port).some(({ host }) => host === headers.host)) return null;
  return { status: 421, message: `this server is 127.0.0.1:${port} only` };
}

/** Null: the request is for the page, or from it. */
export function refusedPage(request: IncomingMessage, port: number): Refusal | null {
  const { method = '', headers } = request;
  if (method !== 'GET' && method !== 'HEAD')
    return {
      status: 405,
      message: `the method ${method} is not allowed`,
      headers: { Allow: 'GET, HEAD' },
    };
  return refusedHost(request, port) ?? (isAskedFromElsewhere(headers) ? ELSEWHERE : null);
}

export const NOTHING_HERE: Refusal = { status: 404, message: 'not found' };
const ELSEWHERE: Refusal = { status: 403, message: 'requests of other pages are not allowed' };

/** A page of another origin may open this page in a window, and nothing else. */
function isAskedFromElsewhere(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document';
}

/** Browsers send the origin of the page, which the page cannot forge. Null: it is this page. */
export function refusedViewer(request: IncomingMessage, port: number): Refusal | null {
  const { origin, host } = request.headers;
  const refusal = refusedHost(request, port);
  if (refusal !== null) return refusal;
  return origin === `http://${host}` ? null : ELSEWHERE;
}

/** Null: the writer is a program and no page. */
export function refusedWriter(request: IncomingMessage, port: number): Refusal | null {
  const refusal = refusedHost(request, port);
  if (refusal !== null) return refusal;
  return request.headers.origin === undefined ? null : ELSEWHERE;
}

/**
 * Of every response. No `Cross-Origin-Opener-Policy`: an application may open this page in a window
 * and post messages to it.
 */
export const securityHeaders = (port: number): OutgoingHttpHeaders => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Not in every browser does 'self' include the WebSocket of the same origin.
    `connect-src 'self' ${originsAt(port)
      .map(({ host }) => `ws://${host}`)
      .join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

/** The path and query of a request. Only the values of the query are decoded. */
export function partsOf({ url = '' }: IncomingMessage): {
  readonly path: string;
  readonly query: URLSearchParams;
} {
  const [path = '', query = ''] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
