/**
 * AV_PAIRs: facts about the server in a challenge, and the client's additions in its response.
 *
 * @source MS-NLMP 2.2.2.1 (AV_PAIR), 2.2.2.2 (Single_Host_Data)
 */
import { concat, fromUtf16, u16, u32, utf16, zeros } from '../bytes.ts';
import { CodecError, readerOf } from '../reader.ts';
import type { AvPair, Bytes } from './message-types.ts';

export const AV = {
  EOL: 0,
  NB_COMPUTER: 1,
  NB_DOMAIN: 2,
  DNS_COMPUTER: 3,
  DNS_DOMAIN: 4,
  DNS_TREE: 5,
  FLAGS: 6,
  TIMESTAMP: 7,
  SINGLE_HOST: 8,
  TARGET_NAME: 9,
  CHANNEL_BINDINGS: 10,
} as const;

export const AV_FLAGS = { CONSTRAINED: 1, MIC: 2, UNVERIFIED: 4 } as const;

const MACHINE_AT = 16; // in Single_Host_Data, after Size, Z4 and CustomData
const MACHINE_LENGTH = 32;

export const pairOf = (id: number, value: Bytes): AvPair => ({ id, value });
export const textPair = (id: number, text: string): AvPair => pairOf(id, utf16(text));
export const flagsPair = (flags: number): AvPair => pairOf(AV.FLAGS, u32(flags));

/** @param machine - MachineID, 32 bytes: random, new at every start of the machine. */
export const singleHostPair = (machine: Bytes): AvPair =>
  pairOf(AV.SINGLE_HOST, concat(u32(MACHINE_AT + MACHINE_LENGTH), zeros(12), machine));

/** The text of a pair that has one. @throws CodecError where it is not UTF-16 */
export const textOf = (pair: AvPair): string => fromUtf16(pair.value, 0, nameOf(pair.id));

/** MsvAvFlags of a pair. @throws CodecError where they are not 4 bytes */
export const flagsIn = (pair: AvPair): number => readerOf(pair.value).u32(0, nameOf(pair.id));

/** MachineID of a pair. @throws CodecError where there is none */
export const machineIn = (pair: AvPair): Bytes =>
  readerOf(pair.value).bytes(MACHINE_AT, MACHINE_LENGTH, 'MachineID');

/** Values of all pairs with this id, in their order. */
export const pairsWith = (pairs: readonly AvPair[], id: number): readonly AvPair[] =>
  pairs.filter((pair) => pair.id === id);

/** The first pair with this id, which is the one that counts, or null. */
export const pairWith = (pairs: readonly AvPair[], id: number): AvPair | null =>
  pairsWith(pairs, id)[0] ?? null;

/** With the MsvAvEOL that ends them. */
export const encodePairs = (pairs: readonly AvPair[]): Bytes =>
  concat(...pairs.flatMap(({ id, value }) => [u16(id), u16(lengthOf(value, id)), value]), zeros(4));

function lengthOf(value: Bytes, id: number): number {
  if (id === AV.EOL) throw new CodecError(0, 'MsvAvEOL ends the pairs; it is none of them');
  if (value.length <= 0xffff) return value.length;
  throw new CodecError(0, `${nameOf(id)} has ${value.length} bytes; 65535 is the most`);
}

/**
 * The pairs up to MsvAvEOL, whatever their ids, and how many bytes they take with it.
 *
 * @param base - offset of `bytes` in the message, for errors.
 * @throws CodecError where a pair is cut short, or MsvAvEOL is missing
 */
export function decodePairs(
  bytes: Bytes,
  base = 0,
): { readonly pairs: readonly AvPair[]; readonly length: number } {
  const reader = readerOf(bytes, base);
  const pairs: AvPair[] = [];
  for (let offset = 0; ; ) {
    const id = reader.u16(offset, 'AvId');
    const length = reader.u16(offset + 2, 'AvLen');
    if (id === AV.EOL) return { pairs, length: offset + 4 };
    pairs.push(pairOf(id, reader.bytes(offset + 4, length, nameOf(id))));
    offset += 4 + length;
  }
}

const NAMES = [
  'MsvAvEOL',
  'MsvAvNbComputerName',
  'MsvAvNbDomainName',
  'MsvAvDnsComputerName',
  'MsvAvDnsDomainName',
  'MsvAvDnsTreeName',
  'MsvAvFlags',
  'MsvAvTimestamp',
  'MsvAvSingleHost',
  'MsvAvTargetName',
  'MsvAvChannelBindings',
] as const;

/** As the standard has it; of others the number. */
export const nameOf = (id: number): string => NAMES[id] ?? `AV_PAIR ${id}`;
