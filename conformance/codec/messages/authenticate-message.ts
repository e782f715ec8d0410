/**
 * AUTHENTICATE_MESSAGE: the user whom a client names, and the proof.
 *
 * @source MS-NLMP 2.2.1.3, 4.2.4.3 (one without a MIC: its payload begins at byte 0x48)
 */
import { concat, u32, zeros } from '../bytes.ts';
import { CodecError, type Reader } from '../reader.ts';
import { fixed, head, textFor, textIn, VERSION_LENGTH, versionAt } from './head.ts';
import type { AuthenticateMessage, Bytes } from './message-types.ts';
import { fieldsOf, payloadStart, pieceAt } from './payload.ts';

const HEADER = 64; // bytes, before VERSION and MIC
export const MIC_AT = HEADER + VERSION_LENGTH;
export const MIC_LENGTH = 16;

/** @throws CodecError where it is not one */
export function decodeAuthenticate(reader: Reader): AuthenticateMessage {
  const lm = pieceAt(reader, 12, HEADER, 'LmChallengeResponse');
  const nt = pieceAt(reader, 20, HEADER, 'NtChallengeResponse');
  const domain = pieceAt(reader, 28, HEADER, 'DomainName');
  const user = pieceAt(reader, 36, HEADER, 'UserName');
  const workstation = pieceAt(reader, 44, HEADER, 'Workstation');
  const key = pieceAt(reader, 52, HEADER, 'EncryptedRandomSessionKey');
  const flags = reader.u32(60, 'NegotiateFlags');
  const start = payloadStart([lm, nt, domain, user, workstation, key]);
  return {
    type: 'AUTHENTICATE_MESSAGE',
    flags,
    lmResponse: lm.bytes,
    ntResponse: nt.bytes,
    domain: textIn(flags, domain, 'DomainName'),
    user: textIn(flags, user, 'UserName'),
    workstation: textIn(flags, workstation, 'Workstation'),
    encryptedRandomSessionKey: key.bytes,
    version: versionAt(reader, HEADER, start),
    mic: start < MIC_AT + MIC_LENGTH ? null : reader.bytes(MIC_AT, MIC_LENGTH, 'MIC'),
  };
}

/** @throws CodecError where a field cannot be */
export function encodeAuthenticate(message: AuthenticateMessage): Bytes {
  const { flags, lmResponse, ntResponse, encryptedRandomSessionKey, version, mic } = message;
  if (version === null && mic !== null)
    throw new CodecError(HEADER, 'a MIC stands behind VERSION, and there is no VERSION');
  const [domain, user, workstation] = (['domain', 'user', 'workstation'] as const).map((field) =>
    textFor(flags, message[field], field),
  ) as [Bytes, Bytes, Bytes];
  const end = concat(
    version === null ? zeros(0) : fixed(version, VERSION_LENGTH, 'Version'),
    mic === null ? zeros(0) : fixed(mic, MIC_LENGTH, 'MIC'),
  );
  const pieces = [domain, user, workstation, lmResponse, ntResponse, encryptedRandomSessionKey];
  const [ofDomain, ofUser, ofWorkstation, ofLm, ofNt, ofKey] = fieldsOf(
    pieces,
    HEADER + end.length,
  ) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];
  const fields = [ofLm, ofNt, ofDomain, ofUser, ofWorkstation, ofKey];
  return concat(head(3), ...fields, u32(flags), end, ...pieces);
}
