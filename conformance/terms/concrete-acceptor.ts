/**
 * An NTLM acceptor without symbolic terms: it decides by cryptography and by the bytes. The model's
 * verdicts on responses are compared with its decisions.
 *
 * Each check is true if it refuses. The checks are in the order of the model's.
 *
 * @source MS-NLMP 3.2.5.1.2 (server receives an AUTHENTICATE_MESSAGE), 2.2.2.1; MS-APDS 3.1.5.2
 */
import type { Defences, ResponseCheck } from '../../machines/ntlm/acceptor.ts';
import { isEqual, isZero } from '../codec/bytes.ts';
import type { HandshakeMessages } from '../codec/crypto/mic.ts';
import { decodeNtResponseV2 } from '../codec/crypto/responses.ts';
import { type Check, decodeAs3, isAnonymous, isV2, verify } from '../codec/crypto/verify.ts';
import { AV, AV_FLAGS, flagsIn, machineIn, pairWith, textOf } from '../codec/messages/av-pairs.ts';
import { decode } from '../codec/messages/message.ts';
import type { AvPair, Bytes } from '../codec/messages/message-types.ts';
import { CodecError } from '../codec/reader.ts';
import type { Secrets } from './issued.ts';
import { hostOfPrincipal } from './names.ts';

/** The acceptor's own names, keys and settings. */
export type AcceptorSelf = {
  readonly secrets: Secrets;
  readonly computer: string; // NetBIOS name
  readonly hosts: readonly string[]; // in its service principal names
  readonly binding: Bytes | null; // of its own channel; null: no TLS
  readonly machine: Bytes; // MachineID
  readonly defences: Defences;
};

/** The facts in a message. Null: the pair is absent or empty; a binding may be all zero. */
export type ReadMessage = {
  readonly proof: Check | null; // null: the user is unknown or anonymous
  readonly isV2: boolean;
  readonly computer: string | null;
  readonly binding: Bytes | null;
  readonly host: string | null; // in MsvAvTargetName
  readonly machine: Bytes | null;
  readonly flags: number; // the first MsvAvFlags
};

export type AcceptorChecks = Readonly<
  Record<ResponseCheck, (self: AcceptorSelf, found: ReadMessage) => boolean>
>;

const differs = <T>(
  check: 'ignored' | 'checkedIfPresent' | 'required',
  found: T | null,
  isOwn: (found: T) => boolean,
) => check !== 'ignored' && (found === null ? check === 'required' : !isOwn(found));

/**
 * As Windows decides by tokenChecking, from 3.2.5.1.2: a server that ends TLS compares its own
 * binding with the pair; one that does not can only ask that there is a binding.
 */
const BAD_BINDINGS: Readonly<
  Record<Defences['channelBinding'], (pair: Bytes | null, ownChannel: Bytes | null) => boolean>
> = {
  ignored: () => false,
  checkedIfPresent: (pair, ownChannel) =>
    ownChannel !== null && pair !== null && !isEqual(pair, ownChannel),
  required: (pair, ownChannel) => {
    const isUnbound = pair === null || isZero(pair);
    return isUnbound || (ownChannel !== null && !isEqual(pair, ownChannel));
  },
};

const isNamed = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const isElsewhere = ({ hosts }: AcceptorSelf, { host }: ReadMessage) =>
  host === null || hosts.every((own) => !isNamed(host, own));

export const CHECKS: AcceptorChecks = {
  isUnproven: ({ defences }, { proof }) =>
    proof === null || !(proof.nt || (defences.lmResponse === 'accepted' && proof.lm)),
  isOutdated: ({ defences }, { isV2 }) => !isV2 && defences.ntlmv1 === 'refused',
  isForAnotherServer: ({ defences, computer }, found) =>
    found.isV2 && differs(defences.serverName, found.computer, (name) => isNamed(name, computer)),
  isBoundElsewhere: ({ defences, binding: own }, { isV2, binding }) =>
    isV2 && BAD_BINDINGS[defences.channelBinding](binding, own),
  isMeantForAnother: (self, found) =>
    found.isV2 &&
    self.defences.targetName === 'checked' &&
    (found.flags & AV_FLAGS.UNVERIFIED) === 0 &&
    isElsewhere(self, found),
  isTamperedWith: ({ defences }, { flags, proof }) =>
    defences.mic === 'checkedIfFlagged' && (flags & AV_FLAGS.MIC) !== 0 && proof?.mic !== 'right',
  isFromHere: (self, found) =>
    self.defences.loopback === 'checked' &&
    found.machine !== null &&
    isEqual(found.machine, self.machine) &&
    isElsewhere(self, found),
};

export type AcceptorDecision = { readonly user: string } | { readonly refused: ResponseCheck };

/** The replaceable parts, for tests with faults. */
export type AcceptorParts = {
  readonly checks: AcceptorChecks;
  readonly verify: typeof verify;
  readonly find: typeof find;
};

/**
 * The user whom the acceptor authenticates, in lower case, or the first check that refuses the
 * message.
 *
 * @param messages - the two messages before, as received and as sent
 */
export function decide(
  self: AcceptorSelf,
  messages: HandshakeMessages,
  bytes: Bytes,
  parts: Partial<AcceptorParts> = {},
): AcceptorDecision {
  const {
    checks,
    verify: check,
    find: read,
  }: AcceptorParts = { checks: CHECKS, verify, find, ...parts };
  try {
    const { user } = decodeAs3(bytes);
    const found = { ...read(bytes), proof: prove(self, messages, bytes, check) };
    const ordered = Object.entries(checks) as [ResponseCheck, AcceptorChecks[ResponseCheck]][];
    const failed = ordered.find(([, refuses]) => refuses(self, found));
    return failed === undefined ? { user: user.toLowerCase() } : { refused: failed[0] };
  } catch (error) {
    if (error instanceof CodecError) return { refused: 'isUnproven' };
    throw error;
  }
}

function prove(
  { secrets }: AcceptorSelf,
  messages: HandshakeMessages,
  bytes: Bytes,
  check: typeof verify,
) {
  const message = decodeAs3(bytes);
  const password = secrets.get(message.user.toLowerCase());
  const issued = decode(messages.challenge);
  if (isAnonymous(message) || password === undefined || issued.type !== 'CHALLENGE_MESSAGE')
    return null;
  return check(password, issued.serverChallenge, bytes, messages);
}

const bindingIn = (pairs: readonly AvPair[]): Bytes | null => {
  const { value = null } = pairWith(pairs, AV.CHANNEL_BINDINGS) ?? {};
  return value?.length === 0 ? null : value;
};

/** The facts in the AV pairs. @throws CodecError if the pairs or the message are malformed */
export function find(bytes: Bytes): Omit<ReadMessage, 'proof'> {
  const message = decodeAs3(bytes);
  const pairs = isV2(message) ? decodeNtResponseV2(message.ntResponse).pairs : [];
  const inPair = <T>(id: number, read: (pair: AvPair) => T): T | null => {
    const pair = pairWith(pairs, id);
    return pair === null || isZero(pair.value) ? null : read(pair);
  };
  return {
    isV2: isV2(message),
    computer: inPair(AV.NB_COMPUTER, textOf),
    binding: bindingIn(pairs),
    host: inPair(AV.TARGET_NAME, (pair) => hostOfPrincipal(textOf(pair))),
    machine: inPair(AV.SINGLE_HOST, machineIn),
    flags: inPair(AV.FLAGS, flagsIn) ?? 0,
  };
}
