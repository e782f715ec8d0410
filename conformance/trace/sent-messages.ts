/**
 * What the bytes of a recorded message show beside the model's terms: for rules that compare bytes,
 * and for sentences.
 *
 * @source MS-NLMP 2.2.1.2, 2.2.1.3, 2.2.2.1; RFC 7617 2; RFC 4559 4.1, 4.2
 */
import type { Request } from '../../machines/vocabulary/messages.ts';
import { hex, isZero } from '../codec/bytes.ts';
import { decodeNtResponseV2, V1_LENGTH } from '../codec/crypto/responses.ts';
import { isV2 } from '../codec/crypto/verify.ts';
import { AV, pairWith, textOf } from '../codec/messages/av-pairs.ts';
import { decode } from '../codec/messages/message.ts';
import type {
  AuthenticateMessage,
  AvPair,
  ChallengeMessage,
  NtlmMessage,
} from '../codec/messages/message-types.ts';
import { CodecError } from '../codec/reader.ts';
import { basicFault } from '../http/basic.ts';
import { ntlmData, ntlmToken, parseCredentials } from '../http/challenges.ts';
import { HeaderError } from '../http/field-value.ts';
import type { Observation } from '../recording/recording.ts';
import { computerIn } from '../terms/pairs.ts';
import { hasLm } from '../terms/reading.ts';

/** The scheme of credentials in lower case, and the NTLM message in them. Null: there is none. */
export type SentCredentials = {
  readonly scheme: string;
  readonly message: NtlmMessage | null;
  readonly basicFault: string | null; // "have a control character"; null: they are well-formed
};

const known = new WeakMap<Observation, SentCredentials | null>();

/** The credentials of a request. Null: it has none, or they cannot be read. */
export function credentialsSent(observation: Observation): SentCredentials | null {
  const before = known.get(observation);
  if (before !== undefined) return before;
  const sent =
    observation.what === 'request' && observation.authorization !== null
      ? orNull(() => read(observation.authorization!))
      : null;
  known.set(observation, sent);
  return sent;
}

function read(authorization: string): SentCredentials {
  const credentials = parseCredentials(authorization);
  const { scheme, token } = credentials;
  const data = ntlmData(credentials);
  const message = data === null ? null : decode(data);
  return { scheme, message, basicFault: scheme === 'basic' ? basicFault(token ?? '') : null };
}

/** The AUTHENTICATE_MESSAGE of a request. Null: it has none. */
export function responseSent(observation: Observation): AuthenticateMessage | null {
  const message = credentialsSent(observation)?.message ?? null;
  return message?.type === 'AUTHENTICATE_MESSAGE' ? message : null;
}

/** The CHALLENGE_MESSAGE of a reply. Null: it has none. */
export function challengeSent(observation: Observation): ChallengeMessage | null {
  if (observation.what !== 'reply') return null;
  const message = orNull(() => {
    const token = ntlmToken(observation.authenticate);
    return token === null ? null : decode(token);
  });
  return message?.type === 'CHALLENGE_MESSAGE' ? message : null;
}

/** Equal for two messages with the same response. Null: there is none, or it was redacted. */
export function responseKey({ ntResponse }: AuthenticateMessage): string | null {
  const proof = ntResponse.subarray(0, isLong(ntResponse) ? PROOF_LENGTH : V1_LENGTH);
  return ntResponse.length < V1_LENGTH || isZero(proof) ? null : hex(ntResponse);
}

const PROOF_LENGTH = 16;
const isLong = ({ length }: Uint8Array) => length > V1_LENGTH;

/** Whether a message has an LM response that its key does not give, beside an NT response. */
export function hasWrongLm(request: Request, observation: Observation): boolean {
  if (request.type !== 'AUTHENTICATE_MESSAGE' || request.response.lm) return false;
  const message = responseSent(observation);
  return message !== null && hasLm(message);
}

/** Whether a challenge names no server: MsvAvNbComputerName is missing or empty. */
export const isNameless = ({ targetInfo }: ChallengeMessage): boolean =>
  targetInfo === null || computerIn(targetInfo) === null;

/** "a channel binding (hash 0707…), no target name and a MIC", of the parts of a response. */
export function partsOf(message: AuthenticateMessage): string {
  if (!isV2(message)) return 'is NTLMv1, which has neither a channel binding nor a target name';
  const pairs = orNull(() => decodeNtResponseV2(message.ntResponse).pairs) ?? [];
  const { mic } = message;
  return (
    `has ${bindingWords(pairWith(pairs, AV.CHANNEL_BINDINGS))}, ` +
    `${targetWords(pairWith(pairs, AV.TARGET_NAME))} ` +
    `and ${mic === null || isZero(mic) ? 'no MIC' : 'a MIC'}, which the server may compare with its own`
  );
}

const bindingWords = (pair: AvPair | null) =>
  pair === null || isZero(pair.value)
    ? 'no channel binding'
    : `a channel binding (hash ${hex(pair.value)})`;

function targetWords(pair: AvPair | null): string {
  const name = pair === null ? '' : (orNull(() => textOf(pair)) ?? '');
  return name === '' ? 'no target name' : `the target name ${name}`;
}

function orNull<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof CodecError || error instanceof HeaderError) return null;
    throw error;
  }
}
