/**
 * The responses to a challenge, in the three versions.
 *
 * @source MS-NLMP 3.3.1 (NTLM v1, and with extended session security), 3.3.2 (NTLM v2), 2.2.2.7
 *   (NTLMv2_CLIENT_CHALLENGE), 2.2.2.3, 2.2.2.4, 2.2.2.6, 2.2.2.8 (their forms)
 */

import { concat, isEqual, isZero, u64, zeros } from '../bytes.ts';
import { decodePairs, encodePairs } from '../messages/av-pairs.ts';
import type { AvPair, Bytes } from '../messages/message-types.ts';
import { CodecError, readerOf } from '../reader.ts';
import { desl, hmacMd5, md5 } from './hashes.ts';
import { lmowfv1, ntowfv1 } from './keys.ts';

export const V1_LENGTH = 24; // bytes of every response of version 1, and of every LM response
const PROOF_LENGTH = 16;
const PAIRS_AT = 28; // in NTLMv2_CLIENT_CHALLENGE

export const ntResponseV1 = (password: string, serverChallenge: Bytes): Bytes =>
  desl(ntowfv1(password), serverChallenge);

export const lmResponseV1 = (password: string, serverChallenge: Bytes): Bytes =>
  desl(lmowfv1(password), serverChallenge);

/** With extended session security, the client's challenge goes into it. */
export const ntResponseEss = (
  password: string,
  serverChallenge: Bytes,
  clientChallenge: Bytes,
): Bytes => desl(ntowfv1(password), md5(serverChallenge, clientChallenge).subarray(0, 8));

/** The LM response with extended session security: the client's challenge, which proves nothing. */
export const lmResponseEss = (clientChallenge: Bytes): Bytes => concat(clientChallenge, zeros(16));

export const isLmResponseEss = (lmResponse: Bytes): boolean =>
  lmResponse.length === V1_LENGTH && isZero(lmResponse.subarray(8));

/** The client's part of the input of an NTLMv2 response. */
export type ClientChallenge = {
  readonly time: bigint; // FILETIME: 100 ns since 1601
  readonly clientChallenge: Bytes; // 8 bytes
  readonly pairs: readonly AvPair[];
};

/** NTLMv2_CLIENT_CHALLENGE, and the four zero bytes that follow it: `temp` of the standard. */
export const encodeClientChallenge = (it: ClientChallenge): Bytes =>
  concat(
    Uint8Array.of(1, 1),
    zeros(6),
    u64(it.time),
    it.clientChallenge,
    zeros(4),
    encodePairs(it.pairs),
    zeros(4),
  );

export type NtResponseV2 = ClientChallenge & {
  readonly proof: Bytes; // NTProofStr, 16 bytes
  readonly temp: Bytes; // the rest of the response, as sent
};

/**
 * An NTLMv2_RESPONSE, taken apart.
 *
 * @throws CodecError for other bytes; offsets count from the start of the response
 */
export function decodeNtResponseV2(ntResponse: Bytes): NtResponseV2 {
  const reader = readerOf(ntResponse);
  const proof = reader.bytes(0, PROOF_LENGTH, 'NTProofStr');
  const version = reader.bytes(PROOF_LENGTH, 2, 'RespType and HiRespType');
  if (!isEqual(version, Uint8Array.of(1, 1)))
    throw new CodecError(PROOF_LENGTH, 'RespType and HiRespType are not both 1');
  const time = reader.bytes(PROOF_LENGTH + 8, 8, 'TimeStamp');
  const clientChallenge = reader.bytes(PROOF_LENGTH + 16, 8, 'ChallengeFromClient');
  const from = PROOF_LENGTH + PAIRS_AT;
  reader.bytes(from, 0, 'AvPairs');
  const { pairs } = decodePairs(ntResponse.subarray(from), from);
  return {
    proof,
    temp: ntResponse.slice(PROOF_LENGTH),
    time: new DataView(time.buffer).getBigUint64(0, true),
    clientChallenge,
    pairs,
  };
}

/** NTProofStr. @param temp - all of the response that follows it */
export const proofOf = (ntowf: Bytes, serverChallenge: Bytes, temp: Bytes): Bytes =>
  hmacMd5(ntowf, serverChallenge, temp);

export const ntResponseV2 = (ntowf: Bytes, serverChallenge: Bytes, temp: Bytes): Bytes =>
  concat(proofOf(ntowf, serverChallenge, temp), temp);

/** LMv2_RESPONSE. It covers no AV pair. */
export const lmResponseV2 = (ntowf: Bytes, serverChallenge: Bytes, clientChallenge: Bytes): Bytes =>
  concat(hmacMd5(ntowf, serverChallenge, clientChallenge), clientChallenge);
