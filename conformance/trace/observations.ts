/**
 * A recording in the model's terms: the connections that the model can judge, and their messages.
 *
 * @source MS-NTHT 2.2.1, 2.2.2 (of a status, only 401 or not counts), 2.2.3, 2.2.4 (a
 *   proxy's 407 is its 401); RFC 9110 15.4 (redirects); MS-NLMP 3.2.5.1.1 (a challenge is a nonce)
 */
import type { Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { Challenge } from '../../machines/vocabulary/terms.ts';
import { parseChallenges } from '../http/challenges.ts';
import type { ConnectionId, Observation, Recording } from '../recording/recording.ts';
import { Dictionary, type Secrets } from '../terms/dictionary.ts';
import { UNKNOWN } from '../terms/issued.ts';
import { MessageReader } from '../terms/message-reader.ts';
import { bareName } from '../terms/names.ts';
import { schemeFactsOf } from './heeded-schemes.ts';
import type { LeftOutConnection } from './left-out.ts';
import { beginsNtlm, type JudgedConnection, scopeOf } from './scope.ts';
import { credentialsSent, responseKey, responseSent } from './sent-messages.ts';

type Position = {
  readonly index: number; // in the recording
  readonly observation: Observation;
  readonly connection: ConnectionId;
};

export type ObservedRequest = Position & {
  readonly what: 'request';
  /** The possible meanings: several if a password is unknown. */
  readonly readings: readonly Request[];
  readonly user: string | null; // for whom, in lower case; null: unknown
  /** A request without credentials got a 401 there, so the page is not public. */
  readonly isProtected: boolean;
  /** Where the server accepted the same response before. Absent: it did not. */
  readonly acceptedBefore?: AcceptedResponse;
  /** Its server takes it for a request without credentials. */
  readonly isUnheard?: boolean;
  /** Another connection's challenge, to which it has an answer that its server does not take. */
  readonly untakenAnswer?: Challenge;
};
export type AcceptedResponse = {
  readonly connection: ConnectionId; // on which it was sent
  readonly challenge: Challenge;
};
export type ObservedReply = Position & {
  readonly what: 'reply';
  readonly reply: Reply;
  readonly status: number;
  readonly identity: string | null; // lower case, without domain; null: the server names no user
};
export type Observed =
  | ObservedRequest
  | ObservedReply
  | (Position & { readonly what: 'opened' | 'closed' });

export type Observations = {
  readonly connections: readonly JudgedConnection[];
  readonly leftOut: readonly LeftOutConnection[];
  readonly seen: readonly Observed[];
};

/** The user of its credentials. Null: it has none, or they are anonymous. */
export const userIn = (request: Request): string | null => {
  if (request.type === 'AUTHENTICATE_MESSAGE') return request.response.user;
  return request.type === 'http.request.basic' ? request.credential.user : null;
};

/** The judged part of a recording, which may be empty. */
export function observationsOf(recording: Recording, secrets: Secrets): Observations {
  const { connections, leftOut } = scopeOf(recording);
  const judged = new Map(connections.map((connection) => [connection.id, connection]));
  const reader = new MessageReader(new Dictionary(secrets), { schemes: ['ntlm', 'negotiate'] });
  const isProtected = protectedTargets(recording, judged);
  const { takesNtlmIn } = schemeFactsOf(recording);

  const seen = recording.observations.flatMap((observation, index): Observed[] => {
    const { connection: id } = observation;
    const connection = judged.get(id);
    if (connection === undefined) return [];
    const place = { index, observation, connection: id };
    if (observation.what === 'request') {
      const { authorization, user, target } = observation;
      const sent = credentialsSent(observation);
      const isTaken = !sent?.message || takesNtlmIn(connection, sent.scheme);
      const readings = reader.request(id, authorization);
      const elsewhere = isTaken ? null : answeredElsewhere(readings, id);
      const isUnasked = !isTaken && beginsNtlm(sent, connection);
      return [
        {
          ...place,
          what: 'request',
          readings: isTaken || isUnasked ? readings : reader.request(id, null),
          user: user === null ? null : bareName(user),
          isProtected: isProtected(connection.server, target),
          ...(elsewhere === null ? {} : { untakenAnswer: elsewhere }),
          ...(isUnasked ? { isUnheard: true } : {}),
        },
      ];
    }
    if (observation.what !== 'reply') return [{ ...place, what: observation.what }];
    const { status, identity } = observation;
    const challenge = isRefusal(connection, status)
      ? reader.challenge(id, connection.server, observation.authenticate)
      : null;
    const reply = challenge ?? plainReply(connection, observation);
    const who = identity === null || identity === '' ? null : bareName(identity);
    return [{ ...place, what: 'reply', reply, status, identity: who }];
  });
  return { connections, leftOut, seen: withRepetitions(seen, connections) };
}

/** The challenge of another connection that a request answers. Null: it answers none. */
function answeredElsewhere(readings: readonly Request[], id: ConnectionId): Challenge | null {
  const [request] = readings;
  if (request?.type !== 'AUTHENTICATE_MESSAGE' || request.response.user === null) return null;
  const { challenge } = request.response;
  return [id, UNKNOWN.connection].includes(challenge.connection) ? null : challenge;
}

/**
 * A response that its server has accepted before proves nothing: a challenge is a nonce, for one
 * sign-in. Each such request gets the challenge of the first time.
 */
function withRepetitions(
  seen: readonly Observed[],
  connections: readonly JudgedConnection[],
): readonly Observed[] {
  const servers = new Map(connections.map(({ id, server }) => [id, server]));
  const accepted = new Map<string, AcceptedResponse>(); // by server and response
  const waiting = new Map<
    ConnectionId,
    { readonly key: string; readonly sent: AcceptedResponse }
  >();
  return seen.map((one): Observed => {
    const asked = waiting.get(one.connection);
    if (one.what === 'request') waiting.delete(one.connection);
    if (one.what === 'reply' && asked !== undefined) {
      waiting.delete(one.connection);
      const isAccepted = one.reply.type === 'http.ok' || one.reply.type === 'http.redirect';
      if (isAccepted && one.status < 400 && !accepted.has(asked.key))
        accepted.set(asked.key, asked.sent);
    }
    if (one.what !== 'request') return one;
    const message = responseSent(one.observation);
    const [reading] = one.readings;
    const response = message && responseKey(message);
    if (response === null || reading?.type !== 'AUTHENTICATE_MESSAGE') return one;
    const key = `${servers.get(one.connection)} ${response}`;
    const { challenge } = reading.response;
    waiting.set(one.connection, { key, sent: { connection: one.connection, challenge } });
    const acceptedBefore = accepted.get(key);
    return acceptedBefore === undefined ? one : { ...one, acceptedBefore };
  });
}

export const isRefusal = ({ isProxy }: { readonly isProxy: boolean }, status: number): boolean =>
  status === (isProxy ? 407 : 401);

type ReplySeen = Extract<Observation, { readonly what: 'reply' }>;

function plainReply(connection: JudgedConnection, { status, location }: ReplySeen): Reply {
  if (isRefusal(connection, status)) return { type: 'http.unauthorized' };
  if (status === 403) return { type: 'http.forbidden' };
  const to = status >= 300 && status < 400 ? hostIn(location, connection.server) : null;
  return to === null ? { type: 'http.ok' } : { type: 'http.redirect', to };
}

/** Null: the redirect stays at the same host, or has no readable target. */
function hostIn(location: string | null, server: string): string | null {
  if (location === null || !URL.canParse(location, server)) return null;
  const { origin } = new URL(location, server);
  return origin === new URL(server).origin ? null : origin;
}

/** Targets that were refused to a request without credentials, anywhere in the recording. */
function protectedTargets(
  { observations }: Recording,
  judged: ReadonlyMap<ConnectionId, JudgedConnection>,
): (server: string, target: string) => boolean {
  const refused = new Set<string>();
  const asked = new Map<ConnectionId, string | null>(); // null: with credentials
  const keyOf = (server: string, target: string) => `${server} ${target.replace(/[?#].*$/s, '')}`;
  for (const observation of observations) {
    const connection = judged.get(observation.connection);
    if (connection === undefined) continue;
    if (observation.what === 'request')
      asked.set(connection.id, observation.authorization === null ? observation.target : null);
    const target = asked.get(connection.id) ?? null;
    if (observation.what !== 'reply' || target === null) continue;
    if (isRefusal(connection, observation.status) && offersSignIn(observation.authenticate))
      refused.add(keyOf(connection.server, target));
  }
  return (server, target) => refused.has(keyOf(server, target));
}

/** It has credentials, or asks for some that are modelled. */
export const isAboutSignIn = ({ observation }: Observed): boolean =>
  observation.what === 'request'
    ? observation.authorization !== null
    : observation.what === 'reply' && offersSignIn(observation.authenticate);

const offersSignIn = (values: readonly string[]) =>
  parseChallenges(values).some(({ scheme }) => ['ntlm', 'negotiate', 'basic'].includes(scheme));
