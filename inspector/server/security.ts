/** Who may speak to the inspector: its own page, and programs that know the token. */
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

/** By which names we are spoken to. Another one: a foreign name that was made to lead here. */
const originsAt = (port: number): readonly URL[] =>
  ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${port}`));

/** Null: the request is addressed to us. */
export function refusedHost({ headers }: IncomingMessage, port: number): Refusal | null {
  if (originsAt(port).some(({ host }) => host === headers.host)) return null;
  return { status: 421, message: `this is 127.0.0.1:${port}, and no other host` };
}

/** Null: it is a page we may show, or what our own page asks for. */
export function refusedPage(request: IncomingMessage, port: number): Refusal | null {
  const { method = '', headers } = request;
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, message: `no ${method} here`, headers: { Allow: 'GET, HEAD' } };
  return refusedHost(request, port) ?? (isAskedFromElsewhere(headers) ? ELSEWHERE : null);
}

export const NOTHING_HERE: Refusal = { status: 404, message: 'there is nothing here' };
const ELSEWHERE: Refusal = { status: 403, message: 'not for the pages of others' };

/** A page of another origin may open ours in a window of its own, and no more than that. */
function isAskedFromElsewhere(headers: IncomingMessage['headers']): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document';
}

/** Browsers say which page asks, and no page can make them say otherwise. Null: our own does. */
export function refusedViewer(request: IncomingMessage, port: number): Refusal | null {
  const { origin, host } = request.headers;
  const refusal = refusedHost(request, port);
  if (refusal !== null) return refusal;
  return origin === `http://${host}` ? null : ELSEWHERE;
}

/** Null: a program writes, and no page. */
export function refusedWriter(request: IncomingMessage, port: number): Refusal | null {
  const refusal = refusedHost(request, port);
  if (refusal !== null) return refusal;
  return request.headers.origin === undefined ? null : ELSEWHERE;
}

/**
 * Of every answer. No `Cross-Origin-Opener-Policy`: an application may open our page in a window,
 * and post messages to it.
 */
export const securityHeaders = (port: number): OutgoingHttpHeaders => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Not every browser takes our own origin to be that of our WebSocket as well.
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
