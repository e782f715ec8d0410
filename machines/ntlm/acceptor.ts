/**
 * What an acceptor of NTLM checks of a response, beside that it proves its user: each check a
 * guard that says what is wrong, in the order in which the standard has them.
 *
 * @source MS-NLMP 3.2.5.1.2 (server receives an AUTHENTICATE_MESSAGE); MS-APDS 3.1.5.2 (the names);
 *   MS-NLMP 3.2.5.1.1 (the challenge); KB 896861 (the loopback check)
 */
import {
  type CertificateName,
  type Challenge,
  type HostName,
  proves,
  provesByLm,
  type Response,
  type TargetInfo,
} from '../vocabulary/terms.ts';

export type Defences = {
  /** Nonces, or one and the same for every connection and every server that has none. */
  readonly challenges: 'fresh' | 'static';
  /** Whether a challenge asks for a MIC, by a timestamp. */
  readonly timestamp: 'sent' | 'leftOut';
  readonly ntlmv1: 'refused' | 'allowed';
  /** Accepted: a right LM response will do, whatever the NT response is worth. */
  readonly lmResponse: 'ignored' | 'accepted';
  /** The domain controller's: that the computer a response names is the one that asks. */
  readonly serverName: 'ignored' | 'checkedIfPresent' | 'required';
  readonly channelBinding: 'ignored' | 'checkedIfPresent' | 'required';
  /** Compared with the server's own name, unless it is flagged as unverified. */
  readonly targetName: 'unchecked' | 'checked';
  /** Compared where the response is flagged to have one. */
  readonly mic: 'ignored' | 'checkedIfFlagged';
  /** Refuses what its own machine computed for another target. */
  readonly loopback: 'unchecked' | 'checked';
};

/** As servers are delivered: bound to no channel, meant for any name. */
export const DEFENCES: Defences = {
  challenges: 'fresh',
  timestamp: 'sent',
  ntlmv1: 'refused',
  lmResponse: 'ignored',
  serverName: 'checkedIfPresent',
  channelBinding: 'ignored',
  targetName: 'unchecked',
  mic: 'checkedIfFlagged',
  loopback: 'unchecked',
};

/** All that can be demanded at once. It takes TLS, for whoever has none has no binding to send. */
export const HARDENED: Defences = {
  challenges: 'fresh',
  timestamp: 'sent',
  ntlmv1: 'refused',
  lmResponse: 'ignored',
  serverName: 'required',
  channelBinding: 'required',
  targetName: 'checked',
  mic: 'checkedIfFlagged',
  loopback: 'checked',
};

/** The nonce of whoever has none of its own. It belongs to no connection. */
export const STATIC_CHALLENGE: Challenge = { connection: 'static', serial: 0 };

export const isStatic = ({ connection }: Challenge): boolean =>
  connection === STATIC_CHALLENGE.connection;

/** What the server side of a connection knows of itself when a response comes in. */
export type Acceptor = {
  readonly server: HostName;
  readonly certificate: CertificateName | null; // its own; null: it has no TLS
  readonly defences: Defences;
  readonly challenge: Challenge | null; // outstanding
};
type Now = { readonly context: Acceptor };

/** TargetInfo of every challenge it sends. */
export const infoOf = ({ server, defences }: Acceptor): TargetInfo => ({
  computer: server,
  timestamp: defences.timestamp === 'sent',
  flags: false,
});

const isSame = (one: TargetInfo, other: TargetInfo) =>
  one.computer === other.computer && one.timestamp === other.timestamp && one.flags === other.flags;

/** Where what is there has to be right, and perhaps has to be there. */
const fails = (
  check: 'ignored' | 'checkedIfPresent' | 'required',
  found: string | null,
  own: string | null,
) => check !== 'ignored' && (found === null ? check === 'required' : found !== own);

export const RESPONSE_CHECKS = {
  /** Not computed from the user's key, over the outstanding challenge of this very connection. */
  isUnproven: ({ context: { challenge, defences } }: Now, response: Response) =>
    !proves(response, challenge) &&
    !(defences.lmResponse === 'accepted' && provesByLm(response, challenge)),
  /** What follows is about AV pairs, and so about NTLMv2: version 1 has none. */
  isOutdated: ({ context: { defences } }: Now, { user, pairs }: Response) =>
    user !== null && pairs === null && defences.ntlmv1 === 'refused',
  isForAnotherServer: ({ context: { server, defences } }: Now, { pairs }: Response) =>
    pairs !== null && fails(defences.serverName, pairs.computer, server),
  /** Absence and mismatch differ: only `required` minds that there is none. */
  isBoundElsewhere: ({ context: { certificate, defences } }: Now, { pairs }: Response) =>
    pairs !== null && fails(defences.channelBinding, pairs.binding, certificate),
  isMeantForAnother: ({ context: { server, defences } }: Now, { pairs }: Response) =>
    pairs !== null &&
    defences.targetName === 'checked' &&
    !pairs.unverified &&
    pairs.target !== server,
  /** The MIC it is flagged to have is missing, or covers other messages than these. */
  isTamperedWith: ({ context }: Now, { pairs, altered, mic }: Response) =>
    pairs?.mic === 'flagged' &&
    context.defences.mic === 'checkedIfFlagged' &&
    (mic === null || altered || !isSame(mic, infoOf(context))),
  isFromHere: ({ context: { server, defences } }: Now, { pairs }: Response) =>
    pairs !== null &&
    defences.loopback === 'checked' &&
    pairs.machine === server &&
    pairs.target !== server,
};

/** Why a response is refused. */
export type ResponseCheck = keyof typeof RESPONSE_CHECKS;
export const RESPONSE_CHECK_ORDER = Object.keys(RESPONSE_CHECKS) as readonly ResponseCheck[];
