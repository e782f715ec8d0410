/**
 * A recording that is safe to send to others: without passwords, without anything to guess one
 * from, and with aliases for all names. Its verdict is that of the original without passwords.
 *
 * Only the fields listed here are kept.
 */
import { CodecError } from '../codec/reader.ts';
import { decodeBasic, encodeBasic } from '../http/basic.ts';
import {
  type AuthChallenge,
  ntlmData,
  parseChallenges,
  parseCredentials,
} from '../http/challenges.ts';
import { HeaderError } from '../http/field-value.ts';
import { type Aliases, aliases } from './aliases.ts';
import type { Connection, Observation, Recording } from './recording.ts';
import { redactedMessage } from './redact-message.ts';

const PASSWORD = 'redacted';
const REDACTED = Buffer.from('redacted').toString('base64');
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT'];

export function redacted(recording: Recording): Recording {
  const as = aliases();
  const { omissions } = recording;
  return {
    format: recording.format,
    source: 'redacted',
    connections: recording.connections.map((connection) => redactedConnection(connection, as)),
    observations: recording.observations.map((observation) => redactedOne(observation, as)),
    ...(omissions === undefined
      ? {}
      : {
          omissions: omissions.map((omission) => ({
            ...omission,
            connection: as.connection(omission.connection),
          })),
        }),
  };
}

const redactedConnection = (
  { id, client, server, isProxy }: Connection,
  as: Aliases,
): Connection => ({
  id: as.connection(id),
  client: as.client(client),
  server: redactedOrigin(server, as),
  isProxy,
});

export function redactedOrigin(server: string, as: Aliases): string {
  const { protocol, hostname, port } = new URL(server);
  return `${protocol}//${as.host(hostname)}${port === '' ? '' : `:${port}`}`;
}

function redactedOne(observation: Observation, as: Aliases): Observation {
  const connection = as.connection(observation.connection);
  switch (observation.what) {
    case 'opened':
    case 'closed':
      return { what: observation.what, connection };
    case 'request': {
      const { method, target, authorization, user } = observation;
      return {
        what: 'request',
        connection,
        method: redactedMethod(method),
        target: as.target(target),
        authorization: authorization === null ? null : redactedCredentials(authorization, as),
        user: user === null ? null : as.user(user),
      };
    }
    case 'reply': {
      const { status, authenticate, location, identity } = observation;
      return {
        what: 'reply',
        connection,
        status,
        authenticate: authenticate.map((value) => redactedChallenges(value, as)),
        location: location === null ? null : redactedLocation(location, as),
        identity: identity === null ? null : as.user(identity),
      };
    }
  }
}

export const redactedMethod = (method: string): string =>
  METHODS.includes(method) ? method : 'OTHER';

/** "//host/path" leads to another host, as a whole URL does. */
export const redactedLocation = (location: string, as: Aliases): string =>
  location.startsWith('//')
    ? as.url(`http:${location}`).replace(/^http:/, '')
    : as.target(location);

/** Value of Authorization. An unreadable value becomes another unreadable value. */
export function redactedCredentials(value: string, as: Aliases): string {
  try {
    const credentials = parseCredentials(value);
    const { scheme, token } = credentials;
    if (scheme === 'basic') return `Basic ${redactedBasic(token ?? '', as)}`;
    return redactedScheme(credentials, as);
  } catch (error) {
    if (error instanceof HeaderError) return '=';
    throw error;
  }
}

/** A malformed token stays malformed. */
function redactedBasic(token: string, as: Aliases): string {
  try {
    return encodeBasic(as.user(decodeBasic(token).user), PASSWORD);
  } catch (error) {
    if (error instanceof HeaderError) return '';
    throw error;
  }
}

/** Value of WWW-Authenticate: schemes, and the public parts of NTLM messages. */
export function redactedChallenges(value: string, as: Aliases): string {
  try {
    return parseChallenges([value])
      .map((challenge) => redactedScheme(challenge, as))
      .join(', ');
  } catch (error) {
    if (error instanceof HeaderError) return '=';
    throw error;
  }
}

const KNOWN = ['basic', 'bearer', 'digest', 'negotiate', 'ntlm'];

function redactedScheme(challenge: AuthChallenge, as: Aliases): string {
  const { scheme, token } = challenge;
  const word = KNOWN.includes(scheme) ? scheme.replace(/^./, (a) => a.toUpperCase()) : 'Other';
  const name = scheme === 'ntlm' ? 'NTLM' : word;
  if (scheme === 'basic') return 'Basic realm="redacted"';
  if (token === null) return name;
  if (scheme !== 'ntlm' && scheme !== 'negotiate') return `${name} ${REDACTED}`;
  const bytes = dataIn(challenge);
  return `${name} ${bytes === null ? REDACTED : redactedToken(bytes, as)}`;
}

function dataIn(challenge: AuthChallenge): Uint8Array | null {
  try {
    return ntlmData(challenge);
  } catch (error) {
    if (error instanceof HeaderError) return null; // not even base64
    throw error;
  }
}

function redactedToken(bytes: Uint8Array, as: Aliases): string {
  try {
    return Buffer.from(redactedMessage(bytes, as)).toString('base64');
  } catch (error) {
    if (error instanceof CodecError) return REDACTED;
    throw error;
  }
}
