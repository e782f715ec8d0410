/** NTLM messages with one field changed, for recordings of clients and servers of other kinds. */

import type { Account, AuthenticateOptions } from '../../../../conformance/codec/initiate.ts';
import { authenticate, challenge, negotiate } from '../../../../conformance/codec/initiate.ts';
import { decode, encode } from '../../../../conformance/codec/messages/message.ts';
import type {
  AuthenticateMessage,
  AvPair,
  Bytes,
  ChallengeMessage,
} from '../../../../conformance/codec/messages/message-types.ts';
import type { Slot } from './judging.ts';
import { recorded } from './making.ts';

const base64 = (bytes: Bytes) => Buffer.from(bytes).toString('base64');

/** An answer to the last challenge, without a MIC, that `change` has altered. */
export function answersWith(
  c: Slot,
  account: Account,
  change: (message: AuthenticateMessage) => Partial<AuthenticateMessage>,
  options: AuthenticateOptions = {},
): void {
  const bytes = authenticate(account, negotiate(), c.challenge(), { mic: 'none', ...options });
  const message = decode(bytes) as AuthenticateMessage;
  c.say(`NTLM ${base64(encode({ ...message, ...change(message) }))}`);
}

/** A sign-in by an answer that `change` has altered. */
export const signInWith = (
  account: Account,
  change: (message: AuthenticateMessage) => Partial<AuthenticateMessage>,
  options: AuthenticateOptions = {},
) =>
  recorded(
    (c) => {
      c.bare();
      c.unauthorized();
      c.negotiate();
      c.challenges();
      answersWith(c, account, change, options);
      c.ok();
    },
    { timestamp: null },
  );

export type ChallengeChange = {
  readonly targetInfo?: readonly AvPair[] | null;
  readonly timestamp?: bigint | null; // in the TargetInfo that is not changed
  readonly nonce?: number; // the first byte of ServerChallenge. Default: 1
};

/** A CHALLENGE_MESSAGE with another TargetInfo or ServerChallenge. */
export function challengeWith({ targetInfo, timestamp = null, nonce = 1 }: ChallengeChange): Bytes {
  const bytes = challenge({
    serverChallenge: Uint8Array.of(nonce, 2, 3, 4, 5, 6, 7, 8),
    computer: 'TESTBED01',
    domain: 'LAB',
    timestamp,
  });
  const message = decode(bytes) as ChallengeMessage;
  return encode(targetInfo === undefined ? message : { ...message, targetInfo });
}

/** A handshake up to that challenge, from the bare request on. */
export function challengedBy(c: Slot, bytes: Bytes): void {
  c.bare();
  c.unauthorized();
  c.negotiate();
  c.reply(401, [`NTLM ${base64(bytes)}`]);
}

/** A sign-in with that challenge. */
export function signsInAt(
  c: Slot,
  account: Account,
  bytes: Bytes,
  options: AuthenticateOptions = {},
): void {
  challengedBy(c, bytes);
  c.authenticate(account, bytes, options);
  c.ok();
}
