/**
 * Signing and sealing with extended session security. HTTP uses neither. The standard's examples
 * sign and seal, and so show that a session key is right.
 *
 * @source MS-NLMP 3.4.3 (SEAL), 3.4.4.2 (MAC), 3.4.5.2 (SIGNKEY), 3.4.5.3 (SEALKEY), 2.2.2.9.2
 */
import { concat, u32 } from '../bytes.ts';
import { has } from '../messages/flags.ts';
import type { Bytes } from '../messages/message-types.ts';
import { hmacMd5, md5, rc4Stream } from './hashes.ts';

export type Direction = 'client-to-server' | 'server-to-client';

const magic = (direction: Direction, use: 'signing' | 'sealing'): Bytes =>
  Uint8Array.from(Buffer.from(`session key to ${direction} ${use} key magic constant\0`, 'latin1'));

/** SIGNKEY. @param sessionKey - ExportedSessionKey, 16 bytes */
export const signingKey = (sessionKey: Bytes, direction: Direction): Bytes =>
  md5(sessionKey, magic(direction, 'signing'));

/** SEALKEY, cut to the negotiated strength. @param sessionKey - ExportedSessionKey, 16 bytes */
export function sealingKey(sessionKey: Bytes, flags: number, direction: Direction): Bytes {
  const length = has(flags, 'N128') ? 16 : has(flags, 'N56') ? 7 : 5;
  return md5(sessionKey.subarray(0, length), magic(direction, 'sealing'));
}

export type Sealed = { readonly message: Bytes; readonly signature: Bytes };

/** Seals the messages of one side in order. Sequence numbers count from 0. */
export function sealer(
  sessionKey: Bytes,
  flags: number,
  direction: Direction,
): (message: Bytes) => Sealed {
  const encrypt = rc4Stream(sealingKey(sessionKey, flags, direction));
  const key = signingKey(sessionKey, direction);
  let sequence = 0;
  return (plain) => {
    const number = u32(sequence);
    sequence += 1;
    const message = encrypt(plain);
    const checksum = hmacMd5(key, number, plain).subarray(0, 8);
    const shown = has(flags, 'KEY_EXCH') ? encrypt(checksum) : checksum;
    return { message, signature: concat(u32(1), shown, number) };
  };
}
