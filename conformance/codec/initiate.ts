/**
 * The messages of an NTLM initiator, and the challenge of an acceptor. Options make deliberate
 * errors.
 *
 * @source MS-NLMP 3.1.5.1.1, 3.1.5.1.2 (client), 3.2.5.1.1 (server), 3.3.1, 3.3.2
 */
import { randomBytes } from 'node:crypto';
import { concat, u64, unhex, zeros } from './bytes.ts';
import { ntowfv2, sessionBaseKeyV2 } from './crypto/keys.ts';
import { micOf, withMic } from './crypto/mic.ts';
import {
  encodeClientChallenge,
  lmResponseEss,
  lmResponseV1,
  lmResponseV2,
  ntResponseEss,
  ntResponseV1,
  ntResponseV2,
} from './crypto/responses.ts';
import { AV, AV_FLAGS, flagsPair, pairOf, pairWith, textPair } from './messages/av-pairs.ts';
import { FLAGS, flagsOf } from './messages/flags.ts';
import { decode, encode } from './messages/message.ts';
import type {
  AuthenticateMessage,
  AvPair,
  Bytes,
  ChallengeMessage,
  Version,
} from './messages/message-types.ts';
import { CodecError } from './reader.ts';

/** 10.0, build 19041, revision 15: as current systems send it. */
export const VERSION: Version = unhex('0a00614a0000000f');

const ASKED = flagsOf(
  'UNICODE',
  'REQUEST_TARGET',
  'NTLM',
  'ALWAYS_SIGN',
  'ESS',
  'TARGET_INFO',
  'VERSION',
  'N128',
);

export type NegotiateOptions = {
  readonly flags?: number; // default: neither SIGN nor SEAL
  readonly version?: boolean; // false: the message ends before it, as curl's does. Default: true
};

/** A NEGOTIATE_MESSAGE without names: 40 bytes, or 32 without VERSION. */
export function negotiate({ flags, version = true }: NegotiateOptions = {}): Bytes {
  return encode({
    type: 'NEGOTIATE_MESSAGE',
    flags: flags ?? (version ? ASKED : (ASKED & ~FLAGS.VERSION) >>> 0),
    domain: '',
    workstation: '',
    version: version ? VERSION : null,
  });
}

export type ChallengeOptions = {
  readonly serverChallenge: Bytes; // 8 bytes
  readonly computer: string; // NetBIOS names
  readonly domain: string;
  readonly timestamp: bigint | null; // FILETIME: 100 ns since 1601. Null: the challenge has none
  readonly flags?: number; // default: those of `negotiate`
};

/** A CHALLENGE_MESSAGE with both NetBIOS names. */
export const challenge = (options: ChallengeOptions): Bytes =>
  encode({
    type: 'CHALLENGE_MESSAGE',
    flags: options.flags ?? (ASKED | FLAGS.TARGET_TYPE_SERVER) >>> 0,
    targetName: options.computer,
    serverChallenge: options.serverChallenge,
    targetInfo: [
      textPair(AV.NB_DOMAIN, options.domain),
      textPair(AV.NB_COMPUTER, options.computer),
      ...(options.timestamp === null ? [] : [pairOf(AV.TIMESTAMP, u64(options.timestamp))]),
    ],
    version: VERSION,
  });

export type Account = {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
};

export type AuthenticateOptions = {
  readonly clientChallenge?: Bytes; // 8 bytes. Default: random
  /** FILETIME. Default: the challenge's timestamp, or now. */
  readonly time?: bigint;
  /** Default, by the standard: right if the challenge has a timestamp, else none. */
  readonly mic?: 'none' | 'right' | 'corrupt';
  readonly targetName?: string; // MsvAvTargetName, "HTTP/host". Default: the pair is left out
  readonly binding?: Bytes; // MsvAvChannelBindings, 16 bytes. Default: the pair is left out
  readonly workstation?: string;
  /** Whether an LM response is sent. Default: if no MIC is. */
  readonly lm?: boolean;
  readonly version?: 'NTLMv2' | 'NTLMv1' | 'NTLMv1+ESS'; // default: NTLMv2
};

const EPOCH = 11_644_473_600_000n; // milliseconds from 1601 to 1970
export const filetimeOf = (milliseconds: number): bigint =>
  (BigInt(Math.trunc(milliseconds)) + EPOCH) * 10_000n;

/**
 * The AUTHENTICATE_MESSAGE with which `account` answers.
 *
 * @param negotiateBytes - as it was sent: a MIC covers it
 * @param challengeBytes - as it came
 * @throws CodecError if `challengeBytes` are not a CHALLENGE_MESSAGE
 */
export function authenticate(
  account: Account,
  negotiateBytes: Bytes,
  challengeBytes: Bytes,
  options: AuthenticateOptions = {},
): Bytes {
  const message = decode(challengeBytes);
  if (message.type !== 'CHALLENGE_MESSAGE')
    throw new CodecError(8, `a ${message.type}, where a CHALLENGE_MESSAGE has to be`);
  const version = options.version ?? 'NTLMv2';
  if (version !== 'NTLMv2') return encode(answerV1(account, message, version, options));
  const stamp = pairWith(message.targetInfo ?? [], AV.TIMESTAMP);
  const mic = options.mic ?? (stamp === null ? 'none' : 'right');
  const { answer, sessionKey } = answerV2(account, message, stamp, { ...options, mic });
  const bytes = encode(answer);
  if (mic === 'none') return bytes;
  const code = micOf(sessionKey, { negotiate: negotiateBytes, challenge: challengeBytes }, bytes);
  if (mic === 'corrupt') code[0] = code[0]! ^ 0xff;
  return withMic(bytes, code);
}

/** The message without its responses. No key is exchanged: both sides compute the session key. */
const envelope = (
  { user, domain }: Account,
  { flags }: ChallengeMessage,
  { workstation = 'WORKSTATION' }: AuthenticateOptions,
): Omit<AuthenticateMessage, 'ntResponse' | 'lmResponse'> => ({
  type: 'AUTHENTICATE_MESSAGE',
  flags: (flags & ~FLAGS.KEY_EXCH) >>> 0,
  domain,
  user,
  workstation,
  encryptedRandomSessionKey: zeros(0),
  version: VERSION,
  mic: null,
});

function answerV1(
  account: Account,
  challenge: ChallengeMessage,
  version: 'NTLMv1' | 'NTLMv1+ESS',
  options: AuthenticateOptions,
): AuthenticateMessage {
  const { serverChallenge } = challenge;
  const { password } = account;
  const { clientChallenge = randomBytes(8), lm = true } = options;
  const base = envelope(account, challenge, options);
  if (version === 'NTLMv1+ESS')
    return {
      ...base,
      flags: (base.flags | FLAGS.ESS) >>> 0,
      ntResponse: ntResponseEss(password, serverChallenge, clientChallenge),
      lmResponse: lmResponseEss(clientChallenge),
    };
  const ntResponse = ntResponseV1(password, serverChallenge);
  const lmResponse = lm ? lmResponseV1(password, serverChallenge) : ntResponse;
  return { ...base, flags: (base.flags & ~FLAGS.ESS) >>> 0, ntResponse, lmResponse };
}

type WithMic = AuthenticateOptions & { readonly mic: 'none' | 'right' | 'corrupt' };

function answerV2(
  account: Account,
  challenge: ChallengeMessage,
  stamp: AvPair | null,
  options: WithMic,
): { readonly answer: AuthenticateMessage; readonly sessionKey: Bytes } {
  const { serverChallenge } = challenge;
  const { clientChallenge = Uint8Array.from(randomBytes(8)), mic, lm = mic === 'none' } = options;
  const ntowf = ntowfv2(account.password, account.user, account.domain);
  const time = options.time ?? (stamp === null ? filetimeOf(Date.now()) : timeIn(stamp));
  const pairs = pairsFor(challenge, options);
  const temp = encodeClientChallenge({ time, clientChallenge, pairs });
  const ntResponse = ntResponseV2(ntowf, serverChallenge, temp);
  return {
    answer: {
      ...envelope(account, challenge, options),
      ntResponse,
      lmResponse: lm ? lmResponseV2(ntowf, serverChallenge, clientChallenge) : zeros(24),
      mic: mic === 'none' ? null : zeros(16),
    },
    sessionKey: sessionBaseKeyV2(ntowf, ntResponse.subarray(0, 16)),
  };
}

const timeIn = ({ value }: AvPair): bigint => {
  const bytes = concat(value, zeros(8)).slice(0, 8);
  return new DataView(bytes.buffer).getBigUint64(0, true);
};

/** The challenge's pairs, without its MsvAvFlags, and the client's own. */
function pairsFor({ targetInfo }: ChallengeMessage, options: WithMic): readonly AvPair[] {
  const own: readonly number[] = [AV.FLAGS, AV.CHANNEL_BINDINGS, AV.TARGET_NAME];
  return [
    ...(targetInfo ?? []).filter(({ id }) => !own.includes(id)),
    ...(options.mic === 'none' ? [] : [flagsPair(AV_FLAGS.MIC)]),
    ...(options.binding === undefined ? [] : [pairOf(AV.CHANNEL_BINDINGS, options.binding)]),
    ...(options.targetName === undefined ? [] : [textPair(AV.TARGET_NAME, options.targetName)]),
  ];
}
