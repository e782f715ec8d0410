/**
 * The adversary's knowledge, and the changes to a message that need no key it lacks.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983
 */
import type { Reply, Request } from '../vocabulary/messages.ts';
import {
  type AvPairs,
  type Response,
  type UserName,
  withoutMic,
  withPairs,
} from '../vocabulary/terms.ts';

export type Message = Request | Reply;

/** A part that the adversary can remove from a message it passes on. */
export type Stripped =
  | 'computer' // MsvAvNbComputerName, out of a challenge
  | 'timestamp' // MsvAvTimestamp, out of a challenge: then the client sends no MIC
  | 'binding' // MsvAvChannelBindings, out of a response
  | 'mic'; // out of a response

/** The AV pairs that a server checks. */
export type Forged = Pick<AvPairs, 'computer' | 'binding' | 'target'>;

/** A part that the adversary can add to a message it passes on. */
export type Injected =
  | 'flags' // MsvAvFlags, into a challenge
  | Forged; // into a response, in place of the client's

/** Null: the message has no such part. */
export function stripped(message: Message, part: Stripped): Message | null {
  if (message.type === 'CHALLENGE_MESSAGE') {
    const { info } = message;
    if (part === 'computer' && info.computer !== null)
      return { ...message, info: { ...info, computer: null } };
    if (part === 'timestamp' && info.timestamp)
      return { ...message, info: { ...info, timestamp: false } };
    return null;
  }
  if (message.type !== 'AUTHENTICATE_MESSAGE') return null;
  const { response } = message;
  if (part === 'mic' && response.mic !== null)
    return { ...message, response: withoutMic(response) };
  if (part === 'binding' && (response.pairs?.binding ?? null) !== null)
    return { ...message, response: withPairs(response, { binding: null }) };
  return null;
}

/** Null: the message cannot have such a part. */
export function injected(message: Message, part: Injected): Message | null {
  if (part === 'flags') {
    if (message.type !== 'CHALLENGE_MESSAGE' || message.info.flags) return null;
    return { ...message, info: { ...message.info, flags: true } };
  }
  if (message.type !== 'AUTHENTICATE_MESSAGE' || message.response.pairs === null) return null;
  const { response } = message;
  return { ...message, response: withPairs(response, { ...part, unverified: false, mic: 'none' }) };
}

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
