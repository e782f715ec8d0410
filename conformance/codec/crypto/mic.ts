/**
 * The message integrity code: an HMAC over all three messages, with 16 zero bytes in its own place.
 *
 * @source MS-NLMP 3.1.5.1.2, 3.2.5.1.2
 */
import { MIC_AT, MIC_LENGTH } from '../messages/authenticate-message.ts';
import type { Bytes } from '../messages/message-types.ts';
import { hmacMd5 } from './hashes.ts';

/** The two messages before an AUTHENTICATE_MESSAGE, as they were sent. */
export type HandshakeMessages = { readonly negotiate: Bytes; readonly challenge: Bytes };

/** @param authenticate - a message with room for a MIC: its payload begins at byte 88 or later */
export function micOf(
  sessionKey: Bytes,
  { negotiate, challenge }: HandshakeMessages,
  authenticate: Bytes,
) {
  return hmacMd5(
    sessionKey,
    negotiate,
    challenge,
    withMic(authenticate, new Uint8Array(MIC_LENGTH)),
  );
}

/** The message with `mic` in its place. */
export function withMic(authenticate: Bytes, mic: Bytes): Bytes {
  const message = Uint8Array.from(authenticate);
  message.set(mic, MIC_AT);
  return message;
}
