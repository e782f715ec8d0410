/**
 * NTLM messages without secrets. A password can be guessed offline from a response, so responses
 * go, with everything that was computed from a key. The kind of a response and the challenge that
 * it answers stay.
 *
 * @source MS-NLMP 2.2.1, 2.2.2.1, 3.3.1, 3.3.2 (values computed from a key)
 */

import { concat, isEqual, isZero, zeros } from '../codec/bytes.ts';
import {
  decodeNtResponseV2,
  encodeClientChallenge,
  isLmResponseEss,
  V1_LENGTH,
} from '../codec/crypto/responses.ts';
import { AV, pairOf, textOf, textPair } from '../codec/messages/av-pairs.ts';
import { decode, encode } from '../codec/messages/message.ts';
import type { AuthenticateMessage, AvPair, Bytes } from '../codec/messages/message-types.ts';
import type { Aliases } from './aliases.ts';

/** The replacement for bytes that are neither empty nor zero. */
const filler = (length: number): Bytes => new Uint8Array(length).fill(0x55);

/** @throws CodecError for bytes that are not an NTLM message */
export function redactedMessage(bytes: Bytes, as: Aliases): Bytes {
  const message = decode(bytes);
  switch (message.type) {
    case 'NEGOTIATE_MESSAGE':
      return encode({
        ...message,
        domain: as.name(message.domain),
        workstation: as.name(message.workstation),
      });
    case 'CHALLENGE_MESSAGE':
      return encode({
        ...message,
        targetName: as.name(message.targetName),
        targetInfo: message.targetInfo?.map((pair) => redactedPair(pair, as)) ?? null,
      });
    case 'AUTHENTICATE_MESSAGE':
      return encode({
        ...message,
        ...redactedResponses(message, as),
        domain: as.name(message.domain),
        user: as.user(message.user),
        workstation: as.name(message.workstation),
        encryptedRandomSessionKey: zeros(message.encryptedRandomSessionKey.length),
        mic: message.mic && (isZero(message.mic) ? message.mic : filler(message.mic.length)),
      });
  }
}

function redactedPair(pair: AvPair, as: Aliases): AvPair {
  switch (pair.id) {
    case AV.NB_COMPUTER:
    case AV.NB_DOMAIN:
      return textPair(pair.id, as.name(textOf(pair)));
    case AV.DNS_COMPUTER:
    case AV.DNS_DOMAIN:
    case AV.DNS_TREE:
      return textPair(pair.id, as.host(textOf(pair)));
    case AV.TARGET_NAME:
      return textPair(pair.id, redactedPrincipal(textOf(pair), as));
    case AV.FLAGS:
    case AV.TIMESTAMP:
      return pair;
    case AV.SINGLE_HOST: {
      const HEAD = 16; // size, and custom data, which may be anything
      const machine = as.bytes(pair.value.subarray(HEAD));
      return pairOf(pair.id, concat(pair.value.subarray(0, 4), zeros(HEAD - 4), machine));
    }
    case AV.CHANNEL_BINDINGS:
      return pairOf(pair.id, as.bytes(pair.value));
    default:
      return pairOf(pair.id, as.bytes(pair.value));
  }
}

/** "HTTP/host:port/instance" with another host, and nothing else of it. */
function redactedPrincipal(principal: string, as: Aliases): string {
  if (principal === '') return '';
  const [host = ''] = principal.slice(principal.indexOf('/') + 1).split('/');
  return `HTTP/${as.host(host.replace(/:\d*$/, ''))}`;
}

function redactedResponses(
  { ntResponse, lmResponse }: AuthenticateMessage,
  as: Aliases,
): Pick<AuthenticateMessage, 'ntResponse' | 'lmResponse'> {
  const lm = (nt: Bytes): Bytes => {
    if (isEqual(lmResponse, ntResponse)) return nt; // a copy means that there is no LM response
    return isZero(lmResponse) || isLmResponseEss(lmResponse)
      ? zeros(lmResponse.length)
      : filler(lmResponse.length);
  };
  const nt = redactedNtResponse(ntResponse, as);
  return { ntResponse: nt, lmResponse: lm(nt) };
}

/**
 * Equal responses stay equal: a response that is sent twice is a replay. Of version 2 the AV pairs
 * stay, with other names in them, and the time, which is a challenge's.
 */
function redactedNtResponse(ntResponse: Bytes, as: Aliases): Bytes {
  if (ntResponse.length <= V1_LENGTH) return as.bytes(ntResponse);
  const { proof, time, pairs } = decodeNtResponseV2(ntResponse);
  const temp = { time, clientChallenge: zeros(8), pairs: pairs.map((it) => redactedPair(it, as)) };
  return concat(as.bytes(proof), encodeClientChallenge(temp));
}
