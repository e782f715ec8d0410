/** What a dictionary remembers of challenges, and what it knows of users. */
import { STATIC_CHALLENGE } from '../../machines/ntlm/acceptor.ts';
import type {
  Challenge,
  ConnectionName,
  HostName,
  Secret,
  TargetInfo,
  UserName,
} from '../../machines/vocabulary/terms.ts';
import type { AvPair, Bytes } from '../codec/messages/message-types.ts';

/** Passwords by user name: in lower case, without domain. */
export type Secrets = ReadonlyMap<string, string>;

export type Issued = {
  readonly connection: ConnectionName;
  readonly server: HostName;
  readonly challenge: Challenge;
  readonly info: TargetInfo;
  readonly bytes: Bytes; // the message
  readonly nonce: Bytes; // 8 bytes
  readonly pairs: readonly AvPair[]; // but MsvAvFlags, which clients do not repeat
};

export const STATIC: Challenge = STATIC_CHALLENGE;

/** Of a challenge that nobody issued as far as is known. */
export const UNKNOWN: Challenge = { connection: '?', serial: 0 };

/** A key that is none of the known ones. */
export const NOBODYS: Secret = { passwordOf: null };

/** Passwords, that of `user` first. */
export const fromOwn = (secrets: Secrets, user: UserName): readonly (readonly [string, string])[] =>
  [...secrets].sort(([one], [other]) => Number(other === user) - Number(one === user));
