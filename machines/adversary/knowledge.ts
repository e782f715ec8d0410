/**
 * The adversary's knowledge.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983
 */
import type { Reply, Request } from '../vocabulary/messages.ts';
import type { Response, UserName } from '../vocabulary/terms.ts';

export type Message = Request | Reply;

export type Knowledge = {
  readonly responses: readonly Response[]; // in the order of their JSON texts, each once
  readonly secrets: readonly UserName[]; // users whose password or equivalent it has; ascending
};

/**
 * The user whose secret a message reveals: with Basic the sender, and with NTLM a user whose
 * password the response lets the adversary guess. Null: none.
 */
export function secretIn(message: Message, guessable: readonly UserName[]): UserName | null {
  if (message.type === 'http.request.basic') return message.credential.secret?.passwordOf ?? null;
  if (message.type !== 'AUTHENTICATE_MESSAGE') return null;
  const owner = message.response.key?.passwordOf ?? null;
  return owner !== null && guessable.includes(owner) ? owner : null;
}

/**
 * `responses` with the response of `message`, if it has a new one.
 *
 * @throws RangeError for more than `max`, unless that is 0: then none is kept.
 */
export function remembering(
  responses: readonly Response[],
  message: Message,
  max: number,
): readonly Response[] {
  if (max === 0 || message.type !== 'AUTHENTICATE_MESSAGE') return responses;
  const all = [...responses, message.response];
  const byKey = new Map(all.map((response) => [JSON.stringify(response), response]));
  if (byKey.size > max) throw new RangeError(`the adversary hears more than ${max} responses`);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, response]) => response);
}

/** Ascending, each once. Null adds nothing. */
export const including = (names: readonly string[], name: string | null): readonly string[] =>
  name === null || names.includes(name) ? names : [...names, name].sort();

export const without = (names: readonly string[], name: string): readonly string[] =>
  names.filter((other) => other !== name);
