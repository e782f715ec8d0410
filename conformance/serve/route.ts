/**
 * What is behind a path: a page, and how the server behaves on the way. Plain data, so that a
 * scenario can be drawn at random.
 *
 * @source RFC 9110 11.6.1 (401), 15.4 (redirects); RFC 9112 9.3, 9.6 (connections that close)
 */

import type { UserName } from '../../machines/vocabulary/terms.ts';
import type { PageAnswer, ServedReply } from './served-connection.ts';

export type Route = {
  /** Paths that begin so have this route. The first of the list that fits counts. */
  readonly prefix: string;
  readonly page: RoutePage;
  /** Whom the page is for: who is signed in (default), or everybody. */
  readonly audience?: 'signedIn' | 'everybody';
  /** Not protected: no machine sees the request, and credentials go unread. Default: false. */
  readonly isOutside?: boolean;
  /** Closes the connection there. Default: it stays open. */
  readonly closing?: Closing;
  /** Before each reply, in milliseconds. Default: 0. */
  readonly waits?: number;
};

export type RoutePage =
  | { readonly does: 'serve' }
  | { readonly does: 'refuse' } // a 401 of its own, whoever asks
  | { readonly does: 'redirect'; readonly to: string }; // a URL

export type Closing = {
  /** Where the reply is a challenge; where it is to an AUTHENTICATE_MESSAGE; at any reply. */
  readonly at: 'challenge' | 'verdict' | 'any';
  /** Replies first; and says so there, with `Connection: close`; or closes without a word. */
  readonly how: 'replies' | 'announces' | 'silently';
  readonly times: number; // from the first on; after that nothing closes
};

/** A page for whoever is signed in. */
export const PLAIN: Route = { prefix: '/', page: { does: 'serve' } };

export const routeOf = (routes: readonly Route[], target: string): Route =>
  routes.find(({ prefix }) => pathOf(target).startsWith(prefix)) ?? PLAIN;

/** What the page of a route says to somebody; null is nobody. */
export function answerOf({ page, audience }: Route, identity: UserName | null): PageAnswer {
  if (page.does === 'refuse' || (identity === null && audience !== 'everybody'))
    return { type: 'page.unauthorized' };
  return page.does === 'serve' ? { type: 'page.ready' } : { type: 'page.moved', to: page.to };
}

/** The reply of a page that no machine stands before. */
export function outside(answer: PageAnswer): ServedReply {
  const replies = {
    'page.ready': { type: 'http.ok' },
    'page.unauthorized': { type: 'http.unauthorized' },
  } as const;
  const reply =
    answer.type === 'page.moved'
      ? ({ type: 'http.redirect', to: answer.to } as const)
      : replies[answer.type];
  return { to: 'http.request', reply, token: null, identity: null };
}

/** Whether a connection that closes as `closing` says does so at this reply. */
export const isAt = ({ to, reply }: ServedReply, { at }: Closing): boolean =>
  at === 'any' ||
  (at === 'challenge' ? reply.type === 'CHALLENGE_MESSAGE' : to === 'AUTHENTICATE_MESSAGE');

/** At a proxy a target is the whole URL. */
const pathOf = (target: string): string => target.replace(/^[a-z]+:\/\/[^/]*/, '');
