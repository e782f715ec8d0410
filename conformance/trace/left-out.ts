/** What is left out of a verdict, and its names. */
import { type ConnectionId, omissionWords, type Recording } from '../recording/recording.ts';

export type LeftOutConnection = {
  readonly connection: ConnectionId;
  readonly number: number;
  readonly part: string | null; // of it, "from frame 12 on"; null: all of it
  readonly why: string; // "it signs in by Digest, which is not modelled"
};

/** "connection 1 from frame 12 on" */
export const leftOutName = ({ number, part }: LeftOutConnection): string =>
  `connection ${number}${part === null ? '' : ` ${part}`}`;

/** The parts that the recording itself lacks, of connections that are not left out anyway. */
export function omittedFrom(
  { connections, omissions = [] }: Recording,
  leftOut: readonly LeftOutConnection[],
): readonly LeftOutConnection[] {
  const known = new Set(leftOut.map(({ connection }) => connection));
  const numbers = new Map(connections.map(({ id }, i) => [id, i + 1]));
  return omissions
    .filter(({ connection }) => !known.has(connection))
    .map((omission) => ({
      connection: omission.connection,
      number: numbers.get(omission.connection)!,
      ...omissionWords(omission),
    }));
}

/**
 * Schemes whose names are printed. Any other word may be a secret that stands there without its
 * scheme.
 *
 * The others are in wide use.
 *
 * @source IANA, HTTP Authentication Schemes
 */
const SCHEMES = [
  ...['Bearer', 'Concealed', 'Digest', 'DPoP', 'GNAP', 'HOBA', 'Mutual', 'OAuth', 'PrivateToken'],
  ...['SCRAM-SHA-1', 'SCRAM-SHA-256', 'vapid', 'Kerberos', 'AWS4-HMAC-SHA256', 'ApiKey'],
];

/** @param scheme - in lower case. */
export const schemeName = (scheme: string): string =>
  SCHEMES.find((name) => name.toLowerCase() === scheme) ?? 'credentials without a known scheme';
