/**
 * Symbolic terms, and the one rule of who can build what.
 *
 * Cryptography is perfect: a response exists only because somebody who holds the key computed it,
 * and nothing about the key can be read from it. What no key protects, anybody can change.
 *
 * @source MS-NLMP 3.3.2 (the responses, from key, challenge and AV pairs), 3.2.5.1.2 (their check),
 *   2.2.2.1 (AV pairs), 3.1.5.1.2 (the MIC covers all three messages); RFC 5929 4.1; RFC 7617 2
 */
export type UserName = string;
export type HostName = string;
export type ConnectionName = string; // "alice>frontEnd#1": from, to, which of the pair's

/** A password, or what is as good as one (NTOWF, a logon handle). Null: nobody's, mistyped. */
export type Secret = { readonly passwordOf: UserName | null };

/** What a party has of a user: the name, and the secret unless all it has is a token's SIDs. */
export type Credential = { readonly user: UserName; readonly secret: Secret | null };

/** ServerChallenge: a nonce, named by the connection it was issued on and its serial, 0-based. */
export type Challenge = { readonly connection: ConnectionName; readonly serial: number };

/** A certificate, by name. Two servers may have the same one: then nothing tells them apart. */
export type CertificateName = string;

/** TargetInfo, as a CHALLENGE_MESSAGE carries it. Nothing protects it on its way. */
export type TargetInfo = {
  readonly computer: HostName | null; // MsvAvNbComputerName; null: not there
  readonly timestamp: boolean; // MsvAvTimestamp, which asks for a MIC
  readonly flags: boolean; // MsvAvFlags, which no server has a reason to send
};

/** The AV pairs of an NTLMv2 response. What it proves it proves together with these. */
export type AvPairs = {
  readonly computer: HostName | null; // as the challenge had it
  readonly machine: UserName | HostName; // MsvAvSingleHost: where it was computed
  readonly binding: CertificateName | null; // MsvAvChannelBindings; null: absent, or all zero
  readonly target: HostName; // MsvAvTargetName
  readonly unverified: boolean; // MsvAvFlags 0x4: the target name is from an untrusted source
  readonly mic: 'none' | 'flagged' | 'ambiguous'; // MsvAvFlags 0x2; or there twice, and at odds
};

/** What an AUTHENTICATE_MESSAGE proves. User and key are null in an anonymous one. */
export type Response = {
  readonly user: UserName | null;
  readonly key: Secret | null;
  readonly challenge: Challenge;
  readonly pairs: AvPairs | null; // as they stand in the message; null: NTLMv1 has none
  readonly altered: boolean; // they are no longer what the NT response was computed over
  readonly lm: boolean; // an LM response goes with it, which covers no pairs
  readonly mic: TargetInfo | null; // of the challenge that the client saw; null: no MIC
};

/** True when `secret` is the password of `user`. */
export const isPasswordOf = (secret: Secret | null, user: UserName): boolean =>
  secret !== null && secret.passwordOf === user;

/** Computes a response. It takes the secret: a token without one can only answer as nobody. */
export const respond = (
  { user, secret }: Credential,
  challenge: Challenge,
  { pairs, lm, mic }: Pick<Response, 'pairs' | 'lm' | 'mic'>,
): Response =>
  secret === null
    ? { user: null, key: null, challenge, pairs: null, altered: false, lm: false, mic: null }
    : { user, key: secret, challenge, pairs, altered: false, lm, mic };

/** The response with other pairs. Anybody can write them; the NT response does not cover them. */
export const withPairs = (response: Response, pairs: Partial<AvPairs>): Response =>
  response.pairs === null
    ? response
    : { ...response, pairs: { ...response.pairs, ...pairs }, altered: true };

/** The response without its MIC. Anybody can leave it out. */
export const withoutMic = (response: Response): Response => ({ ...response, mic: null });

const isComputedOver = (response: Response, challenge: Challenge | null): boolean =>
  challenge !== null &&
  response.user !== null &&
  isPasswordOf(response.key, response.user) &&
  response.challenge.connection === challenge.connection &&
  response.challenge.serial === challenge.serial;

/**
 * True when `response` was computed by a holder of its user's key, over exactly `challenge` and the
 * pairs that stand in it. An anonymous one proves nobody: null sessions and the guest account are
 * not modelled.
 */
export const proves = (response: Response, challenge: Challenge | null): boolean =>
  isComputedOver(response, challenge) && !response.altered;

/** The same of its LM response, which proves the user and says nothing of the pairs. */
export const provesByLm = (response: Response, challenge: Challenge | null): boolean =>
  response.lm && isComputedOver(response, challenge);

/** What an accepted response leaves a server: SIDs to act as, and no secret. Null: anonymous. */
export const tokenOf = ({ user }: Response): Credential | null =>
  user === null ? null : { user, secret: null };
