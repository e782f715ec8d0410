/**
 * The three messages of NTLM, from bytes and to bytes.
 *
 * VERSION and MIC came later. Only the place where the payload begins shows whether a message has
 * them.
 *
 * @source MS-NLMP 2.2.1 (the messages), 4.2.4.3 (one without a MIC)
 */

import { isEqual } from '../bytes.ts';
import { CodecError, readerOf } from '../reader.ts';
import { decodeAuthenticate, encodeAuthenticate } from './authenticate-message.ts';
import { decodeChallenge, encodeChallenge } from './challenge-message.ts';
import { SIGNATURE } from './head.ts';
import type { Bytes, NtlmMessage } from './message-types.ts';
import { decodeNegotiate, encodeNegotiate } from './negotiate-message.ts';
import { MESSAGE_MAX } from './payload.ts';

/**
 * The message in `bytes`, as copies: later changes to `bytes` do not reach it. Pieces of payload
 * may overlap, have gaps, and be followed by anything.
 *
 * @throws CodecError, and no other error, for other bytes
 */
export function decode(bytes: Bytes): NtlmMessage {
  if (bytes.length > MESSAGE_MAX)
    throw new CodecError(MESSAGE_MAX, `${bytes.length} bytes; ${MESSAGE_MAX} is the most`);
  const reader = readerOf(bytes);
  if (!isEqual(reader.bytes(0, 8, 'Signature'), SIGNATURE))
    throw new CodecError(0, 'no signature: it begins otherwise than with "NTLMSSP" and a zero');
  const type = reader.u32(8, 'MessageType');
  switch (type) {
    case 1:
      return decodeNegotiate(reader);
    case 2:
      return decodeChallenge(reader);
    case 3:
      return decodeAuthenticate(reader);
    default:
      throw new CodecError(8, `MessageType is ${type}; there are 1, 2 and 3`);
  }
}

/**
 * The bytes of `message`: header, then the payload without gaps, in the order of the standard's
 * examples. `decode` gives `message` back.
 *
 * @throws CodecError for a field that is too long, of a wrong length, or not in the character set
 */
export function encode(message: NtlmMessage): Bytes {
  const bytes = encoded(message);
  if (bytes.length <= MESSAGE_MAX) return bytes;
  throw new CodecError(MESSAGE_MAX, `${bytes.length} bytes; ${MESSAGE_MAX} is the most`);
}

function encoded(message: NtlmMessage): Bytes {
  switch (message.type) {
    case 'NEGOTIATE_MESSAGE':
      return encodeNegotiate(message);
    case 'CHALLENGE_MESSAGE':
      return encodeChallenge(message);
    case 'AUTHENTICATE_MESSAGE':
      return encodeAuthenticate(message);
  }
}
