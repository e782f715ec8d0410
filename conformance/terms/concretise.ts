/**
 * A symbolic response as bytes: the message of a client with that key, and the alterations on its
 * way.
 *
 * @source MS-NLMP 3.1.5.1.2, 3.3.1, 3.3.2, 2.2.2.1, 2.2.2.2
 */
import type { AvPairs, Response } from '../../machines/vocabulary/terms.ts';
import { concat, zeros } from '../codec/bytes.ts';
import { rc4 } from '../codec/crypto/hashes.ts';
import { ntowfv2, sessionBaseKeyV2 } from '../codec/crypto/keys.ts';
import { micOf, withMic } from '../codec/crypto/mic.ts';
import {
  encodeClientChallenge,
  lmResponseV1,
  lmResponseV2,
  ntResponseV1,
  proofOf,
} from '../codec/crypto/responses.ts';
import { VERSION } from '../codec/initiate.ts';
import {
  AV,
  AV_FLAGS,
  flagsPair,
  pairOf,
  singleHostPair,
  textPair,
} from '../codec/messages/av-pairs.ts';
import { FLAGS, flagsOf } from '../codec/messages/flags.ts';
import { encode } from '../codec/messages/message.ts';
import type { AuthenticateMessage, AvPair, Bytes } from '../codec/messages/message-types.ts';
import {
  bindingNamed,
  challengeBytes,
  computerNameOf,
  type Interpretation,
  machineIdOf,
  NEGOTIATE,
  nonceOf,
  passwordOf,
  principalOf,
  timestampPair,
} from './interpretation.ts';

/** The choices where one term has several encodings. */
export type Spelling = {
  readonly clientChallenge: Bytes; // 8 bytes
  readonly workstation: string;
  readonly raisesCase: boolean; // the user's name in upper case
  readonly zeroes: boolean; // absent values are zero or empty instead of left out
  readonly reverses: boolean; // the order of pairs
  readonly sessionKey: Bytes | null; // 16 bytes, sent encrypted; null: none is exchanged
};

const ANSWERED = flagsOf('UNICODE', 'NTLM', 'ALWAYS_SIGN', 'ESS', 'TARGET_INFO', 'VERSION', 'N128');

/** The AUTHENTICATE_MESSAGE. */
export function concretise(
  interpretation: Interpretation,
  response: Response,
  spelling: Spelling,
): Bytes {
  const { user, key, challenge, pairs, lm } = response;
  const base: AuthenticateMessage = {
    type: 'AUTHENTICATE_MESSAGE',
    flags: ANSWERED,
    lmResponse: Uint8Array.of(0),
    ntResponse: zeros(0),
    domain: interpretation.domain,
    user: spelling.raisesCase ? (user ?? '').toUpperCase() : (user ?? ''),
    workstation: spelling.workstation,
    encryptedRandomSessionKey: zeros(0),
    version: VERSION,
    mic: spelling.zeroes ? zeros(16) : null,
  };
  if (key === null) return encode({ ...base, flags: (ANSWERED | FLAGS.ANONYMOUS) >>> 0 });
  const password = passwordOf(interpretation, key);
  if (pairs !== null) return answerV2(interpretation, response, pairs, password, base, spelling);
  const ntResponse = ntResponseV1(password, nonceOf(challenge));
  const lmResponse = lm ? lmResponseV1(password, nonceOf(challenge)) : ntResponse;
  return encode({ ...base, flags: (ANSWERED & ~FLAGS.ESS) >>> 0, ntResponse, lmResponse });
}

/** NTProofStr and MIC cover the pairs as they were before any alteration. */
function answerV2(
  interpretation: Interpretation,
  { challenge, altered, lm, mic }: Response,
  pairs: AvPairs,
  password: string,
  base: AuthenticateMessage,
  spelling: Spelling,
): Bytes {
  const { clientChallenge, sessionKey } = spelling;
  const nonce = nonceOf(challenge);
  const ntowf = ntowfv2(password, base.user, base.domain);
  const before = altered ? { ...pairs, target: `${pairs.target}.before` } : pairs;
  const proof = proofOf(ntowf, nonce, tempOf(interpretation, before, mic !== null, spelling));
  const exchangeKey = sessionBaseKeyV2(ntowf, proof);
  const absent = zeros(spelling.zeroes ? 24 : 0);
  const messageWith = (these: AvPairs): Bytes =>
    encode({
      ...base,
      flags: sessionKey === null ? base.flags : (base.flags | FLAGS.SIGN | FLAGS.KEY_EXCH) >>> 0,
      encryptedRandomSessionKey: sessionKey === null ? zeros(0) : rc4(exchangeKey, sessionKey),
      lmResponse: lm ? lmResponseV2(ntowf, nonce, clientChallenge) : absent,
      ntResponse: concat(proof, tempOf(interpretation, these, mic !== null, spelling)),
      mic: mic === null ? base.mic : zeros(16),
    });
  if (mic === null) return messageWith(pairs);
  const messages = {
    negotiate: NEGOTIATE,
    challenge: challengeBytes(interpretation, challenge, mic),
  };
  const code = micOf(sessionKey ?? exchangeKey, messages, messageWith(before));
  return withMic(messageWith(pairs), code);
}

const tempOf = (
  interpretation: Interpretation,
  pairs: AvPairs,
  isStamped: boolean,
  spelling: Spelling,
): Bytes =>
  encodeClientChallenge({
    time: 0n,
    clientChallenge: spelling.clientChallenge,
    pairs: avPairsOf(interpretation, pairs, isStamped, spelling),
  });

/** @param isStamped - whether the timestamp of the challenge is among them */
export function avPairsOf(
  { domain }: Interpretation,
  pairs: AvPairs,
  isStamped: boolean,
  { zeroes, reverses }: Pick<Spelling, 'zeroes' | 'reverses'>,
): readonly AvPair[] {
  const { computer, machine, binding, target } = pairs;
  const list = [
    textPair(AV.NB_DOMAIN, domain),
    ...(computer === null
      ? zeroes
        ? [textPair(AV.NB_COMPUTER, '')]
        : []
      : [textPair(AV.NB_COMPUTER, computerNameOf(computer))]),
    ...(isStamped ? [timestampPair] : []),
    singleHostPair(machineIdOf(machine)),
    ...(binding === null ? [] : [pairOf(AV.CHANNEL_BINDINGS, bindingNamed(binding))]),
    textPair(AV.TARGET_NAME, principalOf(target)),
  ];
  return [...(reverses ? list.toReversed() : list), ...flagsPairs(pairs, zeroes)];
}

/** Ambiguous: the pair of the challenge says that there is no MIC, the client's that there is. */
function flagsPairs({ unverified, mic }: AvPairs, zeroes: boolean): readonly AvPair[] {
  const common = unverified ? AV_FLAGS.UNVERIFIED : 0;
  const flagged = flagsPair(common | AV_FLAGS.MIC);
  if (mic === 'ambiguous') return [flagsPair(common), flagged];
  if (mic === 'flagged') return [flagged];
  return common === 0 && !zeroes ? [] : [flagsPair(common)];
}
