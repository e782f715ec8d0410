/**
 * Routes: the page behind a path, and the server's behaviour on the way. Plain data, so a scenario
 * can be drawn at random.
 *
 * @source RFC 9110 11.6.1 (401), 15.4 (redirects); RFC 9112 9.3, 9.6 (connections that close)
 */

import type { UserName } from '../../machines/vocabulary/terms.ts';
import type { PageAnswer, ServedReply } from './served-connection.ts';

export type Route = {
  /** Paths with this prefix have this route. The first match of the list counts. */
  readonly prefix: string;
  readonly page: RoutePage;
  /** The users of the page: signed-in ones (default), or all. */
  readonly audience?: 'signedIn' | 'everybody';
  /** Not protected: no machine receives the request or its credentials. Default: false. */
  readonly isOutside?: boolean;
  /** Closes the connection there. Default: it stays open. */
  readonly closing?: Closing;
  /** Delay of each reply, in milliseconds. Default: 0. */
  readonly waits?: number;
};

export type RoutePage =
  | { readonly does: 'serve' }
  | { readonly does: 'refuse' } // always with a 401 of its own
  | { readonly does: 'redirect'; readonly to: string }; // a URL

export type Closing = {
  /** At a challenge, at the reply to an AUTHENTICATE_MESSAGE, or at any reply. */
  readonly at: 'challenge' | 'verdict' | 'any';
  /** After the reply; after a reply with `Connection: close`; or in place of the reply. */
  readonly how: 'replies' | 'announces' | 'silently';
  readonly times: number; // the first ones; later the connection stays open
};

/** A page for signed-in users. */
export const PLAIN: Route = { prefix: '/', page: { does: 'serve' } };

export const routeOf = (routes: readonly Route[], target: string): Route =>
  routes.find(({ prefix }) => pathOf(target).startsWith(prefix)) ?? PLAIN;

/** The page's answer to a user; null: no user is signed in. */
export function answerOf({ page, audience }: Route, identity: UserName | null): PageAnswer {
  if (page.does === 'refuse' || (identity === null && audience !== 'everybody'))
    return { type: 'page.unauthorized' };
  return page.does === 'serve' ? { type: 'page.ready' } : { type: 'page.moved', to: page.to };
}

/** The reply of a page that is outside of every machine. */
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

/** Whether `closing` applies to this reply. */
export const isAt = ({ to, reply }: ServedReply, { at }: Closing): boolean =>
  at === 'any' ||
  (at === 'challenge' ? reply.type === 'CHALLENGE_MESSAGE' : to === 'AUTHENTICATE_MESSAGE');

/** At a proxy a target is the whole URL. */
const pathOf = (target: string): string => target.replace(/^[a-z]+:\/\/[^/]*/, '');
