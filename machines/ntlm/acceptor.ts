/**
 * The checks that an acceptor of NTLM makes on a response. Each is a guard that is true when the
 * response must be refused. They stand in the standard's order.
 *
 * @source MS-NLMP 3.2.5.1.2 (server receives an AUTHENTICATE_MESSAGE); MS-APDS 3.1.5.2 (the names);
 *   MS-NLMP 3.2.5.1.1 (the challenge); KB 896861 (the loopback check)
 */
import { same } from '../vocabulary/names.ts';
import {
  type AvPairs,
  type CertificateName,
  type Challenge,
  type HostName,
  proves,
  provesByLm,
  type Response,
  type TargetInfo,
  ZERO_BINDING,
} from '../vocabulary/terms.ts';

export type Defences = {
  /** A nonce for each challenge, or one static value for all connections and servers. */
  readonly challenges: 'fresh' | 'static';
  /** Whether a challenge carries a timestamp, which asks for a MIC. */
  readonly timestamp: 'sent' | 'leftOut';
  readonly ntlmv1: 'refused' | 'allowed';
  /** Accepted: a correct LM response suffices, even with a wrong NT response. */
  readonly lmResponse: 'ignored' | 'accepted';
  /** The domain controller compares the computer name in the response with the server's. */
  readonly serverName: 'ignored' | 'checkedIfPresent' | 'required';
  readonly channelBinding: 'ignored' | 'checkedIfPresent' | 'required';
  /** The server accepts its own names only, unless the name is flagged as unverified. */
  readonly targetName: 'unchecked' | 'checked';
  /** The server verifies it where the response is flagged to have one. */
  readonly mic: 'ignored' | 'checkedIfFlagged';
  /** The server refuses a response that its own machine computed for another target. */
  readonly loopback: 'unchecked' | 'checked';
};

/** The defaults of servers as delivered: no channel binding, any target name. */
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

/** Every check at once. It needs TLS: without TLS there is no binding to send. */
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

/** The challenge of servers without nonces. It belongs to no connection. */
export const STATIC_CHALLENGE: Challenge = { connection: 'static', serial: 0 };

export const isStatic = ({ connection }: Challenge): boolean =>
  same(connection, STATIC_CHALLENGE.connection);

/** The facts against which the server side checks a response. */
export type Acceptor = {
  readonly server: HostName;
  readonly names: readonly HostName[]; // by which its clients may mean it, at least one
  readonly certificate: CertificateName | null; // the server's; null: no TLS
  readonly defences: Defences;
  readonly challenge: Challenge | null; // outstanding
};
type Now = { readonly context: Acceptor };

/** The TargetInfo of every challenge of this server. */
export const infoOf = ({ server, defences }: Acceptor): TargetInfo => ({
  computer: server,
  timestamp: defences.timestamp === 'sent',
  flags: false,
});

const isSame = (one: TargetInfo, other: TargetInfo) =>
  same(one.computer, other.computer) &&
  same(one.timestamp, other.timestamp) &&
  same(one.flags, other.flags);

/** The response means no name of this server. */
const isMisdirected = ({ names }: Acceptor, pairs: AvPairs) =>
  !names.some((name) => same(name, pairs.target));

type Check = 'ignored' | 'checkedIfPresent' | 'required';

/** Whether the name of the server is wrong, or absent though required. */
const isMisnamed = (defences: Defences, found: HostName | null, own: HostName) =>
  found === null
    ? defences.serverName === 'required'
    : !same(found, own) && defences.serverName !== 'ignored';

/**
 * Whether the binding is wrong, or absent though required. A server without TLS has nothing to
 * compare it with. Windows refuses an all-zero binding even where none is required.
 *
 * @source MS-NLMP 3.2.5.1.2 (ServerChannelBindingsUnhashed, ApplicationRequiresCBT);
 *   gss-ntlmssp issue 25 (all zero at a Windows server)
 */
const isBoundWrong = (
  check: Check,
  found: CertificateName | null,
  own: CertificateName | null,
): boolean => {
  if (check === 'ignored') return false;
  if (found === null) return check === 'required';
  if (own === null) return check === 'required' && same(found, ZERO_BINDING);
  return !same(found, own);
};

export const RESPONSE_CHECKS = {
  /** Not computed with the user's key over this connection's outstanding challenge. */
  isUnproven: ({ context: { challenge, defences } }: Now, response: Response) =>
    !proves(response, challenge) &&
    !(defences.lmResponse === 'accepted' && provesByLm(response, challenge)),
  /** NTLMv1, which has no AV pairs, so that none of the checks below applies. */
  isOutdated: ({ context: { defences } }: Now, { user, pairs }: Response) =>
    user !== null && pairs === null && defences.ntlmv1 === 'refused',
  isForAnotherServer: ({ context: { server, defences } }: Now, { pairs }: Response) =>
    pairs !== null && isMisnamed(defences, pairs.computer, server),
  isBoundElsewhere: ({ context: { certificate, defences } }: Now, { pairs }: Response) =>
    pairs !== null && isBoundWrong(defences.channelBinding, pairs.binding, certificate),
  isMeantForAnother: ({ context }: Now, { pairs }: Response) =>
    pairs !== null &&
    context.defences.targetName === 'checked' &&
    !pairs.unverified &&
    isMisdirected(context, pairs),
  /** The MIC that the response is flagged to have is missing or covers other messages. */
  isTamperedWith: ({ context }: Now, { pairs, altered, mic }: Response) =>
    pairs?.mic === 'flagged' &&
    context.defences.mic === 'checkedIfFlagged' &&
    (mic === null || altered || !isSame(mic, infoOf(context))),
  isFromHere: ({ context }: Now, { pairs }: Response) =>
    pairs !== null &&
    context.defences.loopback === 'checked' &&
    same(pairs.machine, context.server) &&
    isMisdirected(context, pairs),
};

/** The server's own values, with which a refused response was compared. */
export type Compared = Pick<Acceptor, 'server' | 'names' | 'certificate' | 'challenge'> & {
  readonly info: TargetInfo;
};

export const comparedWith = (acceptor: Acceptor): Compared => {
  const { server, names, certificate, challenge } = acceptor;
  return { server, names, certificate, challenge, info: infoOf(acceptor) };
};

/** The check that refused a response. */
export type ResponseCheck = keyof typeof RESPONSE_CHECKS;
export const RESPONSE_CHECK_ORDER = Object.keys(RESPONSE_CHECKS) as readonly ResponseCheck[];
