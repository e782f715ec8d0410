/**
 * CHALLENGE_MESSAGE: the server's nonce, names and timestamp.
 *
 * Target name and target info are read if they have a length, whatever the flags: the standard's
 * example (4.2.4.3) has a name without its flag.
 *
 * @source MS-NLMP 2.2.1.2
 */

import { concat, u32, zeros } from '../bytes.ts';
import type { Reader } from '../reader.ts';
import { decodePairs, encodePairs } from './av-pairs.ts';
import { fixed, head, textFor, textIn, VERSION_LENGTH, versionAt } from './head.ts';
import type { Bytes, ChallengeMessage } from './message-types.ts';
import { fieldsOf, payloadStart, pieceAt } from './payload.ts';

const HEADER = 48; // bytes, before VERSION

/** @throws CodecError where it is not one */
export function decodeChallenge(reader: Reader): ChallengeMessage {
  const target = pieceAt(reader, 12, HEADER, 'TargetName');
  const flags = reader.u32(20, 'NegotiateFlags');
  const serverChallenge = reader.bytes(24, 8, 'ServerChallenge');
  const info = pieceAt(reader, 40, HEADER, 'TargetInfo');
  return {
    type: 'CHALLENGE_MESSAGE',
    flags,
    targetName: textIn(flags, target, 'TargetName'),
    serverChallenge,
    targetInfo: info.bytes.length === 0 ? null : decodePairs(info.bytes, info.offset).pairs,
    version: versionAt(reader, HEADER, payloadStart([target, info])),
  };
}

/** @throws CodecError where a field cannot be */
export function encodeChallenge(message: ChallengeMessage): Bytes {
  const { flags, targetName, serverChallenge, targetInfo, version } = message;
  const info = targetInfo === null ? zeros(0) : encodePairs(targetInfo);
  const pieces = [textFor(flags, targetName, 'targetName'), info];
  const end = version === null ? zeros(0) : fixed(version, VERSION_LENGTH, 'Version');
  const [nameFields, infoFields] = fieldsOf(pieces, HEADER + end.length) as [Bytes, Bytes];
  const nonce = fixed(serverChallenge, 8, 'ServerChallenge');
  return concat(head(2), nameFields, u32(flags), nonce, zeros(8), infoFields, end, ...pieces);
}
