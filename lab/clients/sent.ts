/** Facts about the first NTLM messages of a client. */

import { isZero } from '../../conformance/codec/bytes.ts';
import { decodeNtResponseV2, isLmResponseEss } from '../../conformance/codec/crypto/responses.ts';
import { isV2 } from '../../conformance/codec/crypto/verify.ts';
import { AV, pairWith, textOf } from '../../conformance/codec/messages/av-pairs.ts';
import { has } from '../../conformance/codec/messages/flags.ts';
import { decode } from '../../conformance/codec/messages/message.ts';
import type {
  AuthenticateMessage,
  AvPair,
  NegotiateMessage,
  NtlmMessage,
} from '../../conformance/codec/messages/message-types.ts';
import { ntlmData, parseCredentials } from '../../conformance/http/challenges.ts';
import { stepsOf } from './client-story.ts';
import type { Trial } from './trial.ts';

/** The answer if the client has not sent the message. */
export const NONE = 'it sends none';

const messagesIn = (trial: Trial): readonly NtlmMessage[] =>
  stepsOf(trial).flatMap(({ request: { authorization } }) => {
    const data = authorization === null ? null : ntlmData(parseCredentials(authorization));
    return data === null ? [] : [decode(data)];
  });

const inNegotiate = (say: (message: NegotiateMessage) => string) => (trial: Trial) => {
  const message = messagesIn(trial).find((each) => each.type === 'NEGOTIATE_MESSAGE');
  return message === undefined ? NONE : say(message);
};

const inAuthenticate = (say: (message: AuthenticateMessage) => string) => (trial: Trial) => {
  const message = messagesIn(trial).find((each) => each.type === 'AUTHENTICATE_MESSAGE');
  return message === undefined ? NONE : say(message);
};

/** Of the AV pairs of its NTLMv2 response. */
const inPairs = (id: number, say: (pair: AvPair) => string) =>
  inAuthenticate((message) => {
    if (!isV2(message)) return 'no, for NTLMv1 has no AV pairs';
    const pair = pairWith(decodeNtResponseV2(message.ntResponse).pairs, id);
    return pair === null ? 'no' : say(pair);
  });

/** Without its flag, the bytes in its place are not VERSION. */
export const negotiateVersion = inNegotiate(({ flags, version }) =>
  version !== null && has(flags, 'VERSION') ? 'yes' : 'no',
);

export const responseVersion = inAuthenticate((message) => {
  if (isV2(message)) return 'NTLMv2';
  return isLmResponseEss(message.lmResponse) ? 'NTLMv1 with extended session security' : 'NTLMv1';
});

export const micThere = inAuthenticate(({ mic }) =>
  mic === null ? 'no' : isZero(mic) ? 'no, zeroes in its place' : 'yes',
);

export const lmResponse = inAuthenticate(({ lmResponse }) =>
  lmResponse.length === 0 ? 'no' : isZero(lmResponse) ? 'no, zeroes in its place' : 'yes',
);

export const bindingPair = inPairs(AV.CHANNEL_BINDINGS, ({ value }) =>
  isZero(value) ? 'all zero, for there is no TLS' : 'yes',
);

/** Addresses differ between scenarios and ports between runs, so both are left out. */
export const targetPair = inPairs(AV.TARGET_NAME, (pair) => {
  const name = textOf(pair)
    .replace(/127\.0\.0\.\d+/, 'HOST')
    .replace(/:\d+/, ':PORT');
  return name === '' ? 'yes, empty' : `yes, ${name}`;
});
