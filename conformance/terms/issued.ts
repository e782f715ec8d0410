/** The challenges that a dictionary has issued, and the passwords that it knows. */
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
  readonly pairs: readonly AvPair[]; // without MsvAvFlags, which clients do not repeat
};

export const STATIC: Challenge = STATIC_CHALLENGE;

/** Stands for every challenge that the dictionary has not issued. */
export const UNKNOWN: Challenge = { connection: '?', serial: 0 };

/** Stands for every key of which the password is unknown. */
export const NOBODYS: Secret = { passwordOf: null };

/** Names with their passwords, that of `user` first. */
export const fromOwn = (secrets: Secrets, user: UserName): readonly (readonly [string, string])[] =>
  [...secrets].sort(([one], [other]) => Number(other === user) - Number(one === user));
