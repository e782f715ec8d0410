/**
 * AV pairs of a response as symbolic terms.
 *
 * @source MS-NLMP 2.2.2.1, 2.2.2.2, 3.1.5.1.2 (what a client adds)
 */
import {
  type AvPairs,
  type CertificateName,
  type HostName,
  type TargetInfo,
  ZERO_BINDING,
} from '../../machines/vocabulary/terms.ts';
import { isZero } from '../codec/bytes.ts';
import {
  AV,
  AV_FLAGS,
  flagsIn,
  machineIn,
  pairsWith,
  pairWith,
  textOf,
} from '../codec/messages/av-pairs.ts';
import type { AvPair, Bytes } from '../codec/messages/message-types.ts';
import { hostMeant, type Names, nameOf, UNKNOWN_MACHINE } from './names.ts';

/** The names by which pairs are read. */
export type Readers = {
  readonly names: Names;
  /** The host with this NetBIOS name. */
  readonly computerOf: (name: string) => HostName;
  /** Those that a target name may mean, the likeliest first. */
  readonly servers: readonly HostName[];
};

/** NetBIOS computer name of the pairs. Null: there is none, or it is empty. */
export function computerIn(pairs: readonly AvPair[]): string | null {
  const pair = pairWith(pairs, AV.NB_COMPUTER);
  return pair === null || pair.value.length === 0 ? null : textOf(pair);
}

/** TargetInfo of a challenge with these pairs. MsvAvFlags of 0 say nothing. */
export function infoFrom(pairs: readonly AvPair[], computerOf: Readers['computerOf']): TargetInfo {
  const computer = computerIn(pairs);
  return {
    computer: computer === null ? null : computerOf(computer),
    timestamp: pairWith(pairs, AV.TIMESTAMP) !== null,
    flags: pairsWith(pairs, AV.FLAGS).some(({ value }) => !isZero(value)),
  };
}

/**
 * Pairs of an NTLMv2 response. Of several pairs with one id the first counts; the MIC flag is
 * looked for in all MsvAvFlags.
 *
 * @throws CodecError for a malformed value
 */
export function pairsFrom(pairs: readonly AvPair[], readers: Readers): AvPairs {
  const { names, computerOf, servers } = readers;
  const computer = computerIn(pairs);
  const single = pairWith(pairs, AV.SINGLE_HOST);
  const binding = pairWith(pairs, AV.CHANNEL_BINDINGS);
  const target = pairWith(pairs, AV.TARGET_NAME);
  const flags = pairsWith(pairs, AV.FLAGS).map(flagsIn);
  return {
    computer: computer === null ? null : computerOf(computer),
    machine: single === null ? UNKNOWN_MACHINE : nameOf(names.machines, machineIn(single)),
    binding: binding === null ? null : bindingIn(binding.value, names),
    target: target === null ? '' : hostMeant(textOf(target), servers),
    unverified: ((flags[0] ?? 0) & AV_FLAGS.UNVERIFIED) !== 0,
    mic: micIn(flags),
  };
}

/** An empty value is no binding. */
function bindingIn(value: Bytes, { certificates }: Names): CertificateName | null {
  if (value.length === 0) return null;
  return isZero(value) ? ZERO_BINDING : nameOf(certificates, value);
}

/** Ambiguous: the first MsvAvFlags say that there is no MIC, and a later one that there is. */
function micIn(flags: readonly number[]): AvPairs['mic'] {
  const [first = false, ...others] = flags.map((each) => (each & AV_FLAGS.MIC) !== 0);
  if (first) return 'flagged';
  return others.includes(true) ? 'ambiguous' : 'none';
}
