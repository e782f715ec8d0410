/**
 * How initiators of NTLM differ: the contents of a response besides the user's key.
 *
 * A client cannot tell which server issued a challenge. Only the client's own additions tie the
 * response to a server: the binding of its TLS channel, and the target name.
 *
 * @source MS-NLMP 3.1.5.1.2 (client receives a CHALLENGE_MESSAGE), 3.3.1, 3.3.2, 2.2.2.1
 */
import {
  type CertificateName,
  type Challenge,
  type Credential,
  type HostName,
  type Response,
  respond,
  type TargetInfo,
  type UserName,
  ZERO_BINDING,
} from '../vocabulary/terms.ts';

export type Initiator = {
  readonly version: 'NTLMv2' | 'NTLMv1'; // configured, never negotiated
  readonly bindsChannel: boolean; // sends the binding of its TLS channel, where there is one
  readonly withoutChannel: 'leavesOut' | 'zeroes'; // the AV pair, where it binds to no channel
  readonly sendsMic: boolean; // copies a timestamp, and then sends a MIC and no LM response
  readonly trustsTarget: boolean; // false: flags its target name as unverified
  readonly dropsFlags: boolean; // removes MsvAvFlags from a challenge, where it has no reason to be
  readonly afterLapse: 'authenticates' | 'repeats'; // its reaction to a 401 after a sign-in
};

/**
 * The owner of the state of a handshake in a client. `host`: all connections to the host together,
 * so that a challenge of one of them may be answered on another.
 */
export type HandshakeOf = 'connection' | 'host';

/** A current client. */
export const INITIATOR: Initiator = {
  version: 'NTLMv2',
  bindsChannel: true,
  withoutChannel: 'leavesOut',
  sendsMic: true,
  trustsTarget: true,
  dropsFlags: true,
  afterLapse: 'authenticates',
};

/** A client that sends NTLMv1, which has no AV pairs. */
export const LEGACY: Initiator = {
  version: 'NTLMv1',
  bindsChannel: false,
  withoutChannel: 'leavesOut',
  sendsMic: false,
  trustsTarget: true,
  dropsFlags: false,
  afterLapse: 'authenticates',
};

export const INITIATORS = { current: INITIATOR, legacy: LEGACY } as const;

/** The facts from which a client computes a response. */
export type Vantage = {
  readonly initiator: Initiator;
  readonly machine: UserName | HostName; // that it runs on
  readonly target: HostName; // that it means to reach: the host in the URL
  readonly certificate: CertificateName | null; // of its TLS peer; null: there is no TLS
};

const bindingOf = (
  { bindsChannel, withoutChannel }: Initiator,
  certificate: CertificateName | null,
): CertificateName | null =>
  bindsChannel && certificate !== null
    ? certificate
    : withoutChannel === 'zeroes'
      ? ZERO_BINDING
      : null;

export function answer(
  credential: Credential,
  challenge: Challenge,
  info: TargetInfo,
  { initiator, machine, target, certificate }: Vantage,
): Response {
  if (initiator.version === 'NTLMv1')
    return respond(credential, challenge, { pairs: null, lm: true, mic: null });
  const hasMic = initiator.sendsMic && info.timestamp;
  const isAmbiguous = hasMic && info.flags && !initiator.dropsFlags;
  const pairs = {
    computer: info.computer,
    machine,
    binding: bindingOf(initiator, certificate),
    target,
    unverified: !initiator.trustsTarget,
    mic: isAmbiguous ? ('ambiguous' as const) : hasMic ? ('flagged' as const) : ('none' as const),
  };
  return respond(credential, challenge, { pairs, lm: !hasMic, mic: hasMic ? info : null });
}
