/**
 * The three messages of NTLM, field by field. An absent field is null or empty, as each field says.
 *
 * @source MS-NLMP 2.2.1.1, 2.2.1.2, 2.2.1.3, 2.2.2.1 (AV_PAIR), 2.2.2.10 (VERSION)
 */
export type Bytes = Uint8Array;

/** VERSION, 8 bytes: for debugging. Some acceptors refuse a message without it. */
export type Version = Bytes;

export type AvPair = { readonly id: number; readonly value: Bytes };

export type NegotiateMessage = {
  readonly type: 'NEGOTIATE_MESSAGE';
  readonly flags: number; // unsigned 32 bits, see `flags.ts`
  readonly domain: string; // OEM; '' where there is none
  readonly workstation: string; // OEM; '' where there is none
  readonly version: Version | null; // null: the message ends before it, as curl's does
};

export type ChallengeMessage = {
  readonly type: 'CHALLENGE_MESSAGE';
  readonly flags: number;
  readonly targetName: string;
  readonly serverChallenge: Bytes; // 8 bytes
  readonly targetInfo: readonly AvPair[] | null; // without MsvAvEOL; null: there is none
  readonly version: Version | null;
};

export type AuthenticateMessage = {
  readonly type: 'AUTHENTICATE_MESSAGE';
  readonly flags: number;
  readonly lmResponse: Bytes; // 24 bytes, or none
  readonly ntResponse: Bytes; // 24 bytes: NTLMv1. More: NTLMv2. None: anonymous
  readonly domain: string;
  readonly user: string;
  readonly workstation: string;
  readonly encryptedRandomSessionKey: Bytes; // 16 bytes, or none
  readonly version: Version | null;
  readonly mic: Bytes | null; // 16 bytes; null: the payload begins where it would be
};

export type NtlmMessage = NegotiateMessage | ChallengeMessage | AuthenticateMessage;
