/**
 * The changes to a message for which no key is needed.
 *
 * @source Dolev and Yao, On the Security of Public Key Protocols, 1983
 */
import { type AvPairs, withoutMic, withPairs } from '../vocabulary/terms.ts';
import type { Message } from './knowledge.ts';

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
