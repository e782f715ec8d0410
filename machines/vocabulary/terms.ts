/**
 * Symbolic terms, and the one rule of who can build them.
 *
 * Cryptography is perfect: only a holder of the key can compute a response, and the response
 * reveals nothing about the key. Data that no key protects can be changed by any party.
 *
 * @source MS-NLMP 3.3.2 (the responses, from key, challenge and AV pairs), 3.2.5.1.2 (their check),
 *   2.2.2.1 (AV pairs), 3.1.5.1.2 (the MIC covers all three messages); RFC 5929 4.1; RFC 7617 2
 */
import { same } from './names.ts';

export type UserName = string;
export type HostName = string;
export type ConnectionName = string; // "alice>frontEnd#1": from, to, and a number

/** A password or an equivalent (NTOWF, a logon handle). Null: a mistyped one, of no user. */
export type Secret = { readonly passwordOf: UserName | null };

/** A user's name with the secret. Null: the party has only a token, with the user's SIDs. */
export type Credential = { readonly user: UserName; readonly secret: Secret | null };

/** ServerChallenge: a nonce, named by the connection it was issued on and its serial, 0-based. */
export type Challenge = { readonly connection: ConnectionName; readonly serial: number };

/** A certificate, by name. Two servers that share one have the same channel binding. */
export type CertificateName = string;

/**
 * The channel binding of a client that has none and sends the AV pair all the same: 16 bytes of 0.
 * No certificate has this name.
 *
 * @source MS-NLMP 2.2.2.1 (MsvAvChannelBindings), 3.1.5.1.2 (zero where there is no binding)
 */
export const ZERO_BINDING: CertificateName = '0'.repeat(32);

/** TargetInfo, as a CHALLENGE_MESSAGE carries it. It is not protected in transit. */
export type TargetInfo = {
  readonly computer: HostName | null; // MsvAvNbComputerName; null: not there
  readonly timestamp: boolean; // MsvAvTimestamp, which asks for a MIC
  readonly flags: boolean; // MsvAvFlags, which a server has no reason to send
};

/** The AV pairs of an NTLMv2 response, which its proof covers. */
export type AvPairs = {
  readonly computer: HostName | null; // copied from the challenge
  readonly machine: UserName | HostName; // MsvAvSingleHost: the machine that computed the response
  readonly binding: CertificateName | null; // MsvAvChannelBindings; null: no such pair
  readonly target: HostName; // MsvAvTargetName
  readonly unverified: boolean; // MsvAvFlags 0x4: the target name is from an untrusted source
  /** MsvAvFlags 0x2. Ambiguous: the flags are present twice, with different values. */
  readonly mic: 'none' | 'flagged' | 'ambiguous';
};

/** The response of an AUTHENTICATE_MESSAGE. User and key are null in an anonymous one. */
export type Response = {
  readonly user: UserName | null;
  readonly key: Secret | null;
  readonly challenge: Challenge;
  readonly pairs: AvPairs | null; // as in the message; null: NTLMv1 has none
  readonly altered: boolean; // the NT response was computed over other pairs
  readonly lm: boolean; // with an LM response, which covers no pairs
  readonly mic: TargetInfo | null; // of the challenge that the client saw; null: no MIC
};

/** Whether `secret` is the password of `user`. */
export const isPasswordOf = (secret: Secret | null, user: UserName): boolean =>
  secret !== null && same(secret.passwordOf, user);

/** Computes a response with the secret. A token, without one, answers anonymously. */
export const respond = (
  { user, secret }: Credential,
  challenge: Challenge,
  { pairs, lm, mic }: Pick<Response, 'pairs' | 'lm' | 'mic'>,
): Response =>
  secret === null
    ? { user: null, key: null, challenge, pairs: null, altered: false, lm: false, mic: null }
    : { user, key: secret, challenge, pairs, altered: false, lm, mic };

/** The response with other pairs. Any party can write them; the NT response does not cover them. */
export const withPairs = (response: Response, pairs: Partial<AvPairs>): Response =>
  response.pairs === null
    ? response
    : { ...response, pairs: { ...response.pairs, ...pairs }, altered: true };

/** The response without its MIC. Any party can remove it. */
export const withoutMic = (response: Response): Response => ({ ...response, mic: null });

const isComputedOver = (response: Response, challenge: Challenge | null): boolean =>
  challenge !== null &&
  response.user !== null &&
  isPasswordOf(response.key, response.user) &&
  same(response.challenge.connection, challenge.connection) &&
  same(response.challenge.serial, challenge.serial);

/**
 * Whether a holder of the user's key computed `response` over exactly this `challenge` and the
 * pairs in the message. An anonymous response proves no user: null sessions and the guest account
 * are not modelled.
 */
export const proves = (response: Response, challenge: Challenge | null): boolean =>
  isComputedOver(response, challenge) && !response.altered;

/** The same for its LM response, which proves the user and does not cover the pairs. */
export const provesByLm = (response: Response, challenge: Challenge | null): boolean =>
  response.lm && isComputedOver(response, challenge);

/** The token that an accepted response leaves: SIDs and no secret. Null: anonymous. */
export const tokenOf = ({ user }: Response): Credential | null =>
  user === null ? null : { user, secret: null };
