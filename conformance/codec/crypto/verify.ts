/**
 * Checks of an AUTHENTICATE_MESSAGE against a password, by cryptography alone.
 *
 * @source MS-NLMP 3.2.5.1.2 (server receives an AUTHENTICATE_MESSAGE), 3.3.1, 3.3.2
 */
import { isEqual, isZero } from '../bytes.ts';
import { has } from '../messages/flags.ts';
import { decode } from '../messages/message.ts';
import type { AuthenticateMessage, Bytes } from '../messages/message-types.ts';
import { CodecError } from '../reader.ts';
import { exportedSessionKey, keyExchangeKeyV1, ntowfv2, sessionBaseKeyV2 } from './keys.ts';
import { type HandshakeMessages, micOf } from './mic.ts';
import {
  decodeNtResponseV2,
  lmResponseV1,
  lmResponseV2,
  ntResponseEss,
  ntResponseV1,
  proofOf,
  V1_LENGTH,
} from './responses.ts';

export type Check = {
  readonly nt: boolean;
  readonly lm: boolean;
  /** None: the MIC is absent, all zero, or covers unknown messages. */
  readonly mic: 'none' | 'right' | 'wrong';
};

/** The AUTHENTICATE_MESSAGE in `bytes`. @throws CodecError for another message */
export function decodeAs3(bytes: Bytes): AuthenticateMessage {
  const message = decode(bytes);
  if (message.type === 'AUTHENTICATE_MESSAGE') return message;
  throw new CodecError(8, `a ${message.type}, where an AUTHENTICATE_MESSAGE has to be`);
}

/** Whether the NT response, and so the LM response beside it, is of version 2. */
export const isV2 = ({ ntResponse }: AuthenticateMessage): boolean => ntResponse.length > V1_LENGTH;

/** Whether the message is anonymous: it names no user and has empty responses. */
export const isAnonymous = ({ user, ntResponse, lmResponse }: AuthenticateMessage): boolean =>
  user === '' && ntResponse.length === 0 && lmResponse.length <= 1 && isZero(lmResponse);

/**
 * @param password - of the user whom the message names
 * @param serverChallenge - 8 bytes
 * @param messages - the two messages before it, as they were sent; null: unknown
 * @throws CodecError if the message, or an NTLMv2 response in it, is malformed
 */
export function verify(
  password: string,
  serverChallenge: Bytes,
  authenticateBytes: Bytes,
  messages: HandshakeMessages | null,
): Check {
  const message = decodeAs3(authenticateBytes);
  const { check, keyExchangeKey } = isV2(message)
    ? verifyV2(password, serverChallenge, message)
    : verifyV1(password, serverChallenge, message);
  if (message.mic === null || isZero(message.mic) || messages === null)
    return { ...check, mic: 'none' };
  const key = exportedSessionKey(keyExchangeKey(), message);
  const isRight = isEqual(message.mic, micOf(key, messages, authenticateBytes));
  return { ...check, mic: isRight ? 'right' : 'wrong' };
}

type Verified = {
  readonly check: Omit<Check, 'mic'>;
  readonly keyExchangeKey: () => Bytes;
};

/** Tries the key with the named domain, then the key without a domain. */
function verifyV2(password: string, nonce: Bytes, message: AuthenticateMessage): Verified {
  const named = verifyV2In(message.domain, password, nonce, message);
  if (named.check.nt || message.domain === '') return named;
  const nameless = verifyV2In('', password, nonce, message);
  return nameless.check.nt || nameless.check.lm ? nameless : named;
}

function verifyV2In(
  domain: string,
  password: string,
  nonce: Bytes,
  { ntResponse, lmResponse, user }: AuthenticateMessage,
): Verified {
  const { proof, temp } = decodeNtResponseV2(ntResponse);
  const ntowf = ntowfv2(password, user, domain);
  return {
    check: {
      nt: isEqual(proof, proofOf(ntowf, nonce, temp)),
      lm:
        lmResponse.length === V1_LENGTH &&
        isEqual(lmResponse, lmResponseV2(ntowf, nonce, lmResponse.subarray(16))),
    },
    keyExchangeKey: () => sessionBaseKeyV2(ntowf, proof),
  };
}

function verifyV1(password: string, nonce: Bytes, message: AuthenticateMessage): Verified {
  const { flags, ntResponse, lmResponse } = message;
  const hasEss = has(flags, 'ESS'); // its LM response is the client's challenge and proves nothing
  const right = hasEss
    ? ntResponseEss(password, nonce, lmResponse.subarray(0, 8))
    : ntResponseV1(password, nonce);
  return {
    check: {
      nt: isEqual(ntResponse, right),
      lm: !hasEss && isEqual(lmResponse, lmResponseV1(password, nonce)),
    },
    keyExchangeKey: () => keyExchangeKeyV1(password, flags, nonce, lmResponse),
  };
}
