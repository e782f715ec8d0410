/**
 * The bytes of symbolic names and of challenges. In one interpretation, different names have
 * different bytes. Time stands still, so a static challenge is always the same message: a MIC would
 * show a timestamp that moves.
 *
 * @source MS-NLMP 2.2.1.2, 2.2.2.1, 2.2.2.2
 */
import {
  type CertificateName,
  type Challenge,
  type HostName,
  type Secret,
  type TargetInfo,
  type UserName,
  ZERO_BINDING,
} from '../../machines/vocabulary/terms.ts';
import { concat, hex, u64, utf16, zeros } from '../codec/bytes.ts';
import { md5 } from '../codec/crypto/hashes.ts';
import { filetimeOf, negotiate, VERSION } from '../codec/initiate.ts';
import { AV, flagsPair, pairOf, textPair } from '../codec/messages/av-pairs.ts';
import { FLAGS, flagsOf } from '../codec/messages/flags.ts';
import { encode } from '../codec/messages/message.ts';
import type { AvPair, Bytes } from '../codec/messages/message-types.ts';
import type { Secrets } from './issued.ts';
import type { Names } from './names.ts';

export type Interpretation = {
  readonly secrets: Secrets;
  readonly domain: string;
  readonly hosts: readonly HostName[];
  readonly users: readonly UserName[];
  readonly certificates: readonly CertificateName[];
};

/** The first message of every client. */
export const NEGOTIATE: Bytes = negotiate();

const TIME = filetimeOf(Date.UTC(2026, 0, 1));

const NOBODYS_PASSWORD = 'mistyped';

const digest = (kind: string, name: string) => md5(utf16(`${kind} ${name}`));

/** Of a user of this interpretation; for `passwordOf: null`, a password that no user has. */
export const passwordOf = ({ secrets }: Interpretation, { passwordOf: user }: Secret): string =>
  user === null ? NOBODYS_PASSWORD : (secrets.get(user) ?? NOBODYS_PASSWORD);

/** ServerChallenge, 8 bytes. */
export const nonceOf = ({ connection, serial }: Challenge): Bytes =>
  digest('nonce', `${serial} ${connection}`).slice(0, 8);

/** MsvAvNbComputerName. */
export const computerNameOf = (host: HostName): string => host.toUpperCase();

/** MsvAvTargetName. */
export const principalOf = (host: HostName): string => `HTTP/${host}`;

/** MsvAvChannelBindings, 16 bytes. */
export const bindingNamed = (certificate: CertificateName): Bytes =>
  certificate === ZERO_BINDING ? zeros(16) : digest('certificate', certificate);

/** MachineID, 32 bytes. */
export const machineIdOf = (name: UserName | HostName): Bytes =>
  concat(digest('machine', name), digest('its other half', name));

/** MsvAvTimestamp, where there is one. */
export const timestampPair: AvPair = pairOf(AV.TIMESTAMP, u64(TIME));

/** The names by which to read the bytes of an interpretation. */
export const namesIn = ({ hosts, users, certificates }: Interpretation): Names => ({
  computers: new Map(hosts.map((host) => [computerNameOf(host), host])),
  certificates: new Map(certificates.map((name) => [hex(bindingNamed(name)), name])),
  machines: new Map([...hosts, ...users].map((name) => [hex(machineIdOf(name)), name])),
});

const OFFERED = flagsOf('UNICODE', 'NTLM', 'ALWAYS_SIGN', 'ESS', 'TARGET_INFO', 'VERSION', 'N128');

/** The CHALLENGE_MESSAGE with this nonce and this TargetInfo. */
export const challengeBytes = (
  { domain }: Interpretation,
  challenge: Challenge,
  { computer, timestamp, flags }: TargetInfo,
): Bytes =>
  encode({
    type: 'CHALLENGE_MESSAGE',
    flags: (OFFERED | FLAGS.SIGN | FLAGS.KEY_EXCH) >>> 0,
    targetName: '',
    serverChallenge: nonceOf(challenge),
    targetInfo: [
      textPair(AV.NB_DOMAIN, domain),
      ...(computer === null ? [] : [textPair(AV.NB_COMPUTER, computerNameOf(computer))]),
      ...(flags ? [flagsPair(0)] : []),
      ...(timestamp ? [timestampPair] : []),
    ],
    version: VERSION,
  });
