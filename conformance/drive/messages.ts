/**
 * The NTLM messages and header fields of acts, with the errors that an act asks for.
 *
 * @source MS-NLMP 3.1.5.1.2 (the response; an anonymous one: no NT response, and one zero byte as
 *   the LM response), 2.2.2.1 (AV pairs); MS-NTHT 2.2.2; RFC 7617 2
 */
import { randomBytes } from 'node:crypto';
import type { HandshakeMessages } from '../codec/crypto/mic.ts';
import {
  type Account,
  type AuthenticateOptions,
  authenticate,
  challenge,
  negotiate,
} from '../codec/initiate.ts';
import { FLAGS } from '../codec/messages/flags.ts';
import { decode, encode } from '../codec/messages/message.ts';
import { encodeBasic } from '../http/basic.ts';
import type { Extra, Who } from './acts.ts';
import type { Target } from './target.ts';

/** A handshake with an invented challenge, which no server has issued. */
export const madeUp = (): HandshakeMessages => ({
  negotiate: negotiate(),
  challenge: challenge({
    serverChallenge: randomBytes(8),
    computer: 'NOWHERE',
    domain: 'NOWHERE',
    timestamp: null,
  }),
});

const UNKNOWN_USER = 'double-hop-nobody';
const WRONG_PASSWORD = 'not the password';
const NOBODY: Account = { user: '', domain: '', password: '' };

export function accountOf(who: Who, { accounts: { right, other } }: Target): Account {
  const accounts: Record<Who, Account> = {
    right,
    other: other ?? right,
    wrongPassword: { ...right, password: WRONG_PASSWORD },
    unknownUser: { ...right, user: UNKNOWN_USER },
    wrongDomain: { ...right, domain: 'ELSEWHERE' },
    emptyDomain: { ...right, domain: '' },
    nobody: NOBODY,
  };
  return accounts[who];
}

const EXTRAS: Readonly<Record<Extra, AuthenticateOptions>> = {
  plain: { mic: 'none' },
  mic: { mic: 'right' },
  corruptMic: { mic: 'corrupt' },
  otherTarget: { mic: 'none', targetName: 'HTTP/elsewhere.invalid' },
  garbageBinding: { mic: 'none', binding: new Uint8Array(16).fill(7) },
};

export function responseOf(
  account: Account,
  exchange: HandshakeMessages,
  extra: Extra,
): Uint8Array {
  const bytes = authenticate(account, exchange.negotiate, exchange.challenge, EXTRAS[extra]);
  const message = decode(bytes);
  if (account.user !== '' || message.type !== 'AUTHENTICATE_MESSAGE') return bytes;
  const flags = (message.flags | FLAGS.ANONYMOUS) >>> 0;
  const none = { ntResponse: new Uint8Array(0), lmResponse: new Uint8Array(1) };
  return encode({ ...message, ...none, flags });
}

export const ntlmHeader = (bytes: Uint8Array): string =>
  `NTLM ${Buffer.from(bytes).toString('base64')}`;

export const basicHeader = ({ user, domain, password }: Account): string =>
  `Basic ${encodeBasic(domain === '' ? user : `${domain}\\${user}`, password)}`;
