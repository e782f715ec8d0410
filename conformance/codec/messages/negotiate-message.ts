/**
 * NEGOTIATE_MESSAGE: the client's offer. Its two names are OEM, and count only if a flag says so.
 * Some clients send names without the flag: these are ignored, but are not taken for VERSION.
 *
 * @source MS-NLMP 2.2.1.1
 */
import { concat, fromOem, oem, u32, zeros } from '../bytes.ts';
import { CodecError, type Reader } from '../reader.ts';
import { type Flag, has } from './flags.ts';
import { fixed, head, VERSION_LENGTH, versionAt } from './head.ts';
import type { Bytes, NegotiateMessage } from './message-types.ts';
import { fieldsOf, pieceAt } from './payload.ts';

const HEADER = 32; // bytes, before VERSION

/** @throws CodecError where it is not one */
export function decodeNegotiate(reader: Reader): NegotiateMessage {
  const flags = reader.u32(12, 'NegotiateFlags');
  reader.bytes(16, HEADER - 16, 'the rest of the header');
  const starts: number[] = [];
  const nameAt = (at: number, flag: Flag, what: string): Bytes => {
    if (reader.u16(at, what) > 0) starts.push(reader.u32(at + 4, what));
    return has(flags, flag) ? pieceAt(reader, at, HEADER, what).bytes : zeros(0);
  };
  const domain = nameAt(16, 'OEM_DOMAIN_SUPPLIED', 'DomainName');
  const workstation = nameAt(24, 'OEM_WORKSTATION_SUPPLIED', 'WorkstationName');
  return {
    type: 'NEGOTIATE_MESSAGE',
    flags,
    domain: fromOem(domain),
    workstation: fromOem(workstation),
    version: versionAt(reader, HEADER, Math.min(reader.length, ...starts)),
  };
}

/** @throws CodecError where a field cannot be */
export function encodeNegotiate(message: NegotiateMessage): Bytes {
  const { flags, domain, workstation, version } = message;
  for (const [name, flag] of [
    [domain, 'OEM_DOMAIN_SUPPLIED'],
    [workstation, 'OEM_WORKSTATION_SUPPLIED'],
  ] as const)
    if (name !== '' && !has(flags, flag))
      throw new CodecError(12, `"${name}" is there, and the flag ${flag} is not`);
  const names = [oem(domain, 'domain'), oem(workstation, 'workstation')];
  const end = version === null ? zeros(0) : fixed(version, VERSION_LENGTH, 'Version');
  const fields = fieldsOf(names, HEADER + end.length);
  return concat(head(1), u32(flags), ...fields, end, ...names);
}
