/**
 * Where acceptors of NTLM over HTTP differ. The standards are silent or say "fails"; real acceptors
 * made these choices. The claims about a single server, against the most general client, hold for
 * every combination.
 *
 * Refusals by another status than 401 and 403 are a 401 here, as the 500 of expressNtlm, and so is
 * a refusal of squid that closes the connection.
 *
 * @source MS-NTHT 3.1.5.1; MS-NLMP 3.2.5.1
 */
export type NtlmPolicy = {
  /** A wrong AUTHENTICATE_MESSAGE leaves a spent challenge, a usable one, or a lost connection. */
  readonly afterFailure: 'spent' | 'reusable' | 'poisoned';
  /** The answer to it: 401, or 403, which a client takes for success (MS-NTHT 2.2.2). */
  readonly failureReply: 'unauthorized' | 'forbidden';
  /** A NEGOTIATE_MESSAGE while a challenge is outstanding: a new one, or the connection lost. */
  readonly secondNegotiate: 'renew' | 'poison';
  /** One without NTLM while a challenge is outstanding: it fails, or the challenge stays. */
  readonly requestMidway: 'fail' | 'allow';
  /** An NTLM header on a signed-in connection: a handshake, a lost connection, or no effect. */
  readonly reauthentication: 'restart' | 'poison' | 'ignore';
  /** A Basic header on a signed-in connection: signs out, is refused, or has no effect. */
  readonly otherScheme: 'fail' | 'refuse' | 'ignore';
  /** A sign-in lasts as the connection does, or for one request (authPersistSingleRequest). */
  readonly persistence: 'connection' | 'request';
  /** A 401 of the page, on a signed-in connection, ends the sign-in, or leaves it as it is. */
  readonly onPageRefusal: 'end' | 'keep';
};

/**
 * The weakest reading of "unexpected messages cause the authentication to fail". Of a refusal by
 * the page the standards say only that the client takes its sign-in to be gone (MS-N2HT 3.2.5).
 */
export const STANDARD: NtlmPolicy = {
  afterFailure: 'spent',
  failureReply: 'unauthorized',
  secondNegotiate: 'renew',
  requestMidway: 'fail',
  reauthentication: 'restart',
  otherScheme: 'fail',
  persistence: 'connection',
  onPageRefusal: 'end',
};

type Now = { readonly context: { readonly policy: NtlmPolicy } };

/** The choices of a policy as guards. */
export const POLICY_GUARDS = {
  keepsChallenge: ({ context: { policy } }: Now) => policy.afterFailure === 'reusable',
  losesConnection: ({ context: { policy } }: Now) => policy.afterFailure === 'poisoned',
  forbids: ({ context: { policy } }: Now) => policy.failureReply === 'forbidden',
  renewsChallenge: ({ context: { policy } }: Now) => policy.secondNegotiate === 'renew',
  allowsRequest: ({ context: { policy } }: Now) => policy.requestMidway === 'allow',
  ignoresHeader: ({ context: { policy } }: Now) => policy.reauthentication === 'ignore',
  startsAnew: ({ context: { policy } }: Now) => policy.reauthentication === 'restart',
  isForOneRequest: ({ context: { policy } }: Now) => policy.persistence === 'request',
  /** A sign-in that is good for one request ends with it, whatever the page says. */
  keepsSignIn: ({ context: { policy } }: Now) =>
    policy.onPageRefusal === 'keep' && policy.persistence === 'connection',
  ignoresBasic: ({ context: { policy } }: Now) => policy.otherScheme === 'ignore',
  refusesBasic: ({ context: { policy } }: Now) => policy.otherScheme === 'refuse',
};

/**
 * As measured on stock software, but for `onPageRefusal`, which was not; `ntlmAuth` is Samba's
 * helper behind a small HTTP server.
 */
export const POLICIES = {
  standard: STANDARD,
  modAuthGssapi: {
    afterFailure: 'poisoned',
    failureReply: 'unauthorized',
    secondNegotiate: 'poison',
    requestMidway: 'allow',
    reauthentication: 'poison',
    otherScheme: 'refuse',
    persistence: 'connection',
    onPageRefusal: 'end',
  },
  ntlmAuth: {
    afterFailure: 'reusable',
    failureReply: 'unauthorized',
    secondNegotiate: 'renew',
    requestMidway: 'allow',
    reauthentication: 'restart',
    otherScheme: 'ignore',
    persistence: 'connection',
    onPageRefusal: 'end',
  },
  squid: {
    afterFailure: 'poisoned',
    failureReply: 'unauthorized',
    secondNegotiate: 'poison',
    requestMidway: 'fail',
    reauthentication: 'ignore',
    otherScheme: 'ignore',
    persistence: 'connection',
    onPageRefusal: 'end',
  },
  expressNtlm: {
    afterFailure: 'spent',
    failureReply: 'forbidden',
    secondNegotiate: 'renew',
    requestMidway: 'allow',
    reauthentication: 'ignore',
    otherScheme: 'ignore',
    persistence: 'connection',
    onPageRefusal: 'end',
  },
} as const satisfies Record<string, NtlmPolicy>;

export type PolicyName = keyof typeof POLICIES;
