/**
 * The credentials of requests, and the challenges of replies.
 *
 * @source MS-NLMP 2.2.1 (messages), 3.3.2 (proofs of responses); RFC 7617 2
 */

import { isAnonymous, verify } from '../codec/crypto/verify.ts';
import type { Account } from '../codec/initiate.ts';
import { decode } from '../codec/messages/message.ts';
import type { Bytes } from '../codec/messages/message-types.ts';
import { decodeBasic } from '../http/basic.ts';
import { ntlmToken, parseCredentials } from '../http/challenges.ts';
import { fromBase64 } from '../http/field-value.ts';
import { userNamed } from '../terms/names.ts';

/** User names are in lower case and without a domain; null: anonymous. */
export type Credentials =
  | { readonly type: 'none' }
  | { readonly type: 'basic'; readonly user: string; readonly password: string }
  | { readonly type: 'NEGOTIATE_MESSAGE' }
  | {
      readonly type: 'AUTHENTICATE_MESSAGE';
      readonly user: string | null;
      readonly bytes: Bytes;
    };

/**
 * @param request - credentials of another scheme count as none.
 * @throws CodecError or HeaderError for credentials that cannot be read
 */
export function credentialsIn(request: { readonly authorization: string | null }): Credentials {
  if (request.authorization === null) return { type: 'none' };
  const { scheme, token } = parseCredentials(request.authorization);
  if (scheme === 'basic') {
    const { user, password } = decodeBasic(token ?? '');
    return { type: 'basic', user: userNamed(user), password };
  }
  if (scheme !== 'ntlm') return { type: 'none' };
  const bytes = fromBase64(token ?? '');
  const message = decode(bytes);
  if (message.type !== 'AUTHENTICATE_MESSAGE') return { type: 'NEGOTIATE_MESSAGE' };
  const user = isAnonymous(message) ? null : userNamed(message.user);
  return { type: 'AUTHENTICATE_MESSAGE', user, bytes };
}

/** The nonce of the CHALLENGE_MESSAGE in values of WWW-Authenticate; null: there is none. */
export function nonceIn(authenticate: readonly string[]): Bytes | null {
  const token = ntlmToken(authenticate);
  if (token === null) return null;
  const message = decode(token);
  return message.type === 'CHALLENGE_MESSAGE' ? message.serverChallenge : null;
}

/** Whether the response is computed with the account's password over this nonce. */
export const provesWith = (
  { password }: Account,
  { bytes }: { readonly bytes: Bytes },
  nonce: Bytes,
): boolean => {
  const { nt, lm } = verify(password, nonce, bytes, null);
  return nt || lm;
};
