/**
 * The outcomes of a request, in the model's terms: a page, a 401, a 401 with a challenge. Some
 * servers refuse in other ways; the caller says which of these count as a 401.
 *
 * @source MS-NTHT 2.2.2, 3.1.5.1 (401 and challenge); RFC 9110 11.7 (407), 15.5, 15.6
 */
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';
import { ntlmToken } from '../http/challenges.ts';
import { bareName } from '../terms/names.ts';
import type { Answer } from './driver-connection.ts';

/**
 * An answer to such a request beside the model's. A status counts as a 401. If the connection ends
 * instead, the server may have closed it before it received the request: the outcome is unknown.
 */
export type RefusalReading = {
  readonly after: Request['type'];
  readonly seen: number | 'closed';
};

export type AnswerOutcome =
  | { readonly kind: 'page'; readonly user: UserName | null } // null: the server names no user
  | { readonly kind: 'unauthorized' | 'challenge' | 'closed' }
  | { readonly kind: 'refused'; readonly status: number }; // by another status than the model's

/** Every answer that is no refusal is a page, also a 404. */
export function outcomeOf(answer: Answer): AnswerOutcome {
  if (answer === null) return { kind: 'closed' };
  const { status, authenticate, identity } = answer;
  if (status === 401 || status === 407)
    return { kind: ntlmToken(authenticate) === null ? 'unauthorized' : 'challenge' };
  if (status === 400 || status === 403 || status >= 500) return { kind: 'refused', status };
  return { kind: 'page', user: identity === null ? null : bareName(identity) };
}

/** The outcome with the applicable `readings`. `unheard`: the server may not have received it. */
export function readAs(
  outcome: AnswerOutcome,
  request: Request['type'],
  readings: readonly RefusalReading[],
): AnswerOutcome | 'unheard' {
  const way = outcome.kind === 'refused' ? outcome.status : outcome.kind;
  const isOne = readings.some(({ after, seen }) => after === request && seen === way);
  if (!isOne) return outcome;
  return way === 'closed' ? 'unheard' : { kind: 'unauthorized' };
}

/** In words, as "401 with a challenge". `status`: the refusal of a server, or of a proxy. */
export function outcomeWords(outcome: AnswerOutcome, status: 401 | 407): string {
  switch (outcome.kind) {
    case 'page':
      return outcome.user === null ? '200' : `200 as ${outcome.user}`;
    case 'unauthorized':
      return `${status}`;
    case 'challenge':
      return `${status} with a challenge`;
    case 'closed':
      return 'the connection closed';
    case 'refused':
      return `${outcome.status}`;
  }
}
