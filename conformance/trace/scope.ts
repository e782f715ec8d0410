/**
 * The connections of a recording that the model can judge, with their mechanism, and the reasons
 * for leaving out the others.
 *
 * @source RFC 4559 4 (Negotiate: Kerberos or NTLM); RFC 7616 3 (Digest); RFC 6750 2.1 (Bearer)
 */

import type { Mechanism } from '../../machines/system/topology.ts';
import { decode } from '../codec/messages/message.ts';
import { CodecError } from '../codec/reader.ts';
import { ntlmToken, parseChallenges, parseCredentials } from '../http/challenges.ts';
import { HeaderError } from '../http/field-value.ts';
import type { Connection, ConnectionId, Observation, Recording } from '../recording/recording.ts';
import { schemeFactsOf } from './heeded-schemes.ts';
import { type LeftOutConnection, omittedFrom, schemeName } from './left-out.ts';
import type { SentCredentials } from './sent-messages.ts';

export type JudgedConnection = Connection & {
  readonly number: number; // its place in the recording, from 1, by which it is printed
  readonly mechanism: Mechanism; // of its server
  readonly spoken: Mechanism; // by its client
};

type Note = {
  readonly used: Set<string>; // NTLM, Basic, or the name of another mechanism
  why: string | null; // the reason for leaving it out; null: none
};

const TYPE_AT = 8; // of the message type, in every NTLM message. MS-NLMP 2.2.1
const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const isNtlm = (bytes: Uint8Array) => SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));

/** The mechanism of credentials, in words. "NTLM" and "Basic" are modelled. */
function wayOf(authorization: string): string {
  const { scheme, token } = parseCredentials(authorization);
  if (scheme === 'basic') return 'Basic';
  if (scheme !== 'ntlm' && scheme !== 'negotiate') return schemeName(scheme);
  const bytes = Buffer.from(token ?? '', 'base64');
  if (isNtlm(bytes)) {
    const { type } = decode(bytes);
    if (type === 'CHALLENGE_MESSAGE') throw new CodecError(TYPE_AT, 'a client sends a challenge');
    return 'NTLM';
  }
  return scheme === 'ntlm' ? 'NTLM without its signature' : 'Kerberos or SPNEGO (Negotiate)';
}

function noteOf(note: Note, observation: Observation, isTaken: (scheme: string) => boolean): void {
  if (observation.what === 'request' && observation.authorization !== null) {
    const way = wayOf(observation.authorization);
    if (way !== 'NTLM' || isTaken(parseCredentials(observation.authorization).scheme))
      note.used.add(way);
  }
  if (observation.what !== 'reply' || ![401, 407].includes(observation.status)) return;
  const token = ntlmToken(observation.authenticate);
  if (token === null) return;
  note.used.add('NTLM');
  if (decode(token).type !== 'CHALLENGE_MESSAGE')
    throw new CodecError(TYPE_AT, 'a server sends an NTLM message that is not a challenge');
}

export function scopeOf(recording: Recording): {
  readonly connections: readonly JudgedConnection[];
  readonly leftOut: readonly LeftOutConnection[];
} {
  const notes = new Map<ConnectionId, Note>();
  const { offeredBy, takesNtlmIn } = schemeFactsOf(recording);
  const servers = new Map(recording.connections.map((one) => [one.id, one]));
  for (const [i, observation] of recording.observations.entries()) {
    const { connection } = observation;
    const note = notes.get(connection) ?? { used: new Set(), why: null };
    notes.set(connection, note);
    try {
      const server = servers.get(connection);
      noteOf(note, observation, (scheme) => server === undefined || takesNtlmIn(server, scheme));
      if (observation.what === 'reply') parseChallenges(observation.authenticate);
    } catch (error) {
      if (!(error instanceof CodecError || error instanceof HeaderError)) throw error;
      note.why ??= `its message ${i + 1} cannot be read: ${error.message}`;
    }
  }
  const connections: JudgedConnection[] = [];
  const leftOut: LeftOutConnection[] = [];
  for (const [i, connection] of recording.connections.entries()) {
    const note = notes.get(connection.id);
    if (note === undefined) continue; // it has no observations
    const offered = offeredBy(connection);
    const number = i + 1;
    const why = note.why ?? whyNot(note, offered);
    if (why === null) connections.push({ ...connection, number, ...mechanismsOf(note, offered) });
    else leftOut.push({ connection: connection.id, number, part: null, why });
  }
  return { connections, leftOut: [...leftOut, ...omittedFrom(recording, leftOut)] };
}

function whyNot({ used }: Note, offered: ReadonlySet<string>): string | null {
  const [other] = [...used].filter((way) => way !== 'NTLM' && way !== 'Basic');
  if (other !== undefined) return `it signs in by ${other}, which is not modelled`;
  return used.size > 1 && offered.has('basic')
    ? 'it uses both NTLM and Basic, and its server offers both; the model has one at a time'
    : null;
}

/** On a connection without credentials, the mechanism that the server offers. */
function mechanismsOf(
  { used }: Note,
  offered: ReadonlySet<string>,
): Readonly<Record<'mechanism' | 'spoken', Mechanism>> {
  if (used.has('NTLM')) return { mechanism: 'NTLM', spoken: 'NTLM' };
  const isNtlmOnly = (offered.has('ntlm') || offered.has('negotiate')) && !offered.has('basic');
  if (used.has('Basic')) return { mechanism: isNtlmOnly ? 'NTLM' : 'Basic', spoken: 'Basic' };
  const mechanism = offered.has('basic') && !offered.has('ntlm') ? 'Basic' : 'NTLM';
  return { mechanism, spoken: mechanism };
}

/**
 * Whether a client begins a handshake in scheme NTLM, which it may do unasked. One in Negotiate
 * that is refused counts as no handshake, so the client may begin another in NTLM.
 */
export const beginsNtlm = (sent: SentCredentials | null, { spoken }: JudgedConnection): boolean =>
  sent?.scheme === 'ntlm' && sent.message?.type === 'NEGOTIATE_MESSAGE' && spoken === 'NTLM';
