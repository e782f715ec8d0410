/**
 * Symbolic terms, and the one rule of who can build what.
 *
 * Cryptography is perfect: a response exists only because somebody who holds the key computed it,
 * and nothing about the key can be read from it.
 *
 * @source MS-NLMP 3.3.2 (the response, from key and challenge); MS-NLMP 3.2.5.1.2 (its check);
 *   RFC 7617 2
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

/** What an AUTHENTICATE_MESSAGE proves. User and key are null in an anonymous one. */
export type Response = {
  readonly user: UserName | null;
  readonly key: Secret | null;
  readonly challenge: Challenge;
};

/** Computes a response. It takes the secret: a token without one can only answer as nobody. */
export const respond = ({ user, secret }: Credential, challenge: Challenge): Response =>
  secret === null ? { user: null, key: null, challenge } : { user, key: secret, challenge };

/** True when `secret` is the password of `user`. */
export const isPasswordOf = (secret: Secret | null, user: UserName): boolean =>
  secret !== null && secret.passwordOf === user;

/**
 * True when `response` was computed by a holder of its user's key, over exactly `challenge`. An
 * anonymous one proves nobody: null sessions and the guest account are not modelled.
 */
export const proves = (response: Response, challenge: Challenge | null): boolean =>
  challenge !== null &&
  response.user !== null &&
  isPasswordOf(response.key, response.user) &&
  response.challenge.connection === challenge.connection &&
  response.challenge.serial === challenge.serial;

/** What an accepted response leaves a server: SIDs to act as, and no secret. Null: anonymous. */
export const tokenOf = ({ user }: Response): Credential | null =>
  user === null ? null : { user, secret: null };
