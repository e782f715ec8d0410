/** Why the model rejects an observation: one sentence that names connection, message and host. */
import type { Response } from '../../machines/vocabulary/terms.ts';
import { asking, authenticatedFor } from './client-run.ts';
import type { ConnectionRun, Hypothesis } from './hypotheses.ts';
import { hostIn } from './observation-sentences.ts';
import { type Observed, type ObservedRequest, userIn } from './observations.ts';
import { runsBefore } from './permitted.ts';
import { originOf, replayed, replyFault } from './reply-explanation.ts';
import { credentialsSent, hasWrongLm } from './sent-messages.ts';
import type { TraceSession } from './trace-session.ts';

/** @returns the sentence in lower case, without its full stop. */
export function whyNot(
  seen: Observed,
  before: readonly Hypothesis[],
  session: TraceSession,
): string {
  const runs = runsBefore(seen, before);
  const { number, client, server } = session.connection(seen.connection);
  switch (seen.what) {
    case 'request':
      return `on connection ${number}, ${client} sends ${requestFault(seen, runs, session)}`;
    case 'reply':
      return (
        replayed(seen, runs, session) ??
        `on connection ${number}, ${hostIn(server)} ${replyFault(seen, runs, session)}`
      );
    default:
      return `the model has no run in which connection ${number} is ${seen.what} here`;
  }
}

function requestFault(
  seen: ObservedRequest,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const [request] = seen.readings;
  if (request === undefined) return 'a request that cannot be read';
  if (runs.every(({ client, server }) => client?.isWaiting || (server?.heard ?? null) !== null))
    return 'a request before the last one is answered';
  if (seen.untakenAnswer !== undefined)
    return `an AUTHENTICATE that answers ${originOf(seen.connection, seen.untakenAnswer, session)}`;
  const fault = credentialsSent(seen.observation)?.basicFault ?? null;
  if (fault !== null) return `Basic credentials that ${fault}`;
  const name = nameFault(seen, runs);
  if (name !== null) return name;
  switch (request.type) {
    case 'http.request':
      return 'a request without credentials in the middle of a handshake';
    case 'http.request.basic':
      return session.connection(seen.connection).spoken === 'NTLM'
        ? 'a Basic password, although it signs in by NTLM there'
        : 'a Basic password that none of its users has';
    case 'NEGOTIATE_MESSAGE':
      return 'a NEGOTIATE, although no 401 to this request came before';
    case 'AUTHENTICATE_MESSAGE':
      return `an AUTHENTICATE${authenticateFault(seen, request.response, runs, session)}`;
  }
}

/** Null: the names of users are not the reason. */
function nameFault(
  { user, readings }: ObservedRequest,
  runs: readonly ConnectionRun[],
): string | null {
  const shown = readings.map(userIn).find((one) => one !== null) ?? null;
  if (user !== null && shown !== null && shown !== user)
    return `a request of ${user} with the credentials of ${shown}`;
  const holders = runs.map(({ client }) => (client === null ? null : authenticatedFor(client)));
  const [holder = null] = holders;
  if (holder === null || holders.some((one) => one !== holder)) return null;
  const who = shown ?? user;
  return who === null || who === holder
    ? null
    : `a request of ${who}, although the connection is signed in as ${holder}`;
}

function authenticateFault(
  seen: ObservedRequest,
  { challenge, altered, pairs, user }: Response,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const { connection, index, observation, readings } = seen;
  const elsewhere = originOf(connection, challenge, session);
  if (elsewhere !== null) return ` that answers ${elsewhere}`;
  if (readings.every((request) => hasWrongLm(request, observation)))
    return ' whose LM response is wrong, although its NT response is right';
  if (altered && pairs === null)
    return ' whose NT response is wrong, although its LM response is right';
  if (altered) return ' whose AV pairs differ from those that its response was computed over';
  const last = lastChallenge(connection, index, session);
  if (last !== null && last !== challenge.serial)
    return ' that answers an earlier challenge of the connection, not the last';
  if (runs.every(({ client }) => client?.out?.type !== 'AUTHENTICATE_MESSAGE'))
    return ', although no challenge to this request came before';
  const names = new Set(runs.flatMap(({ client }) => (client ? [asking(client)] : [])));
  const [name] = names;
  if (names.size === 1 && name && user !== null && user !== name)
    return ` of ${user}, on a connection that its client holds for ${name}`;
  return names.size === 1 && name
    ? ` that no client of ${name} computes for that challenge`
    : ' that no client computes for that challenge';
}

function lastChallenge(
  connection: string,
  index: number,
  { observations }: TraceSession,
): number | null {
  const challenges = observations.seen.flatMap((one) =>
    one.connection === connection &&
    one.index < index &&
    one.what === 'reply' &&
    one.reply.type === 'CHALLENGE_MESSAGE'
      ? [one.reply.challenge.serial]
      : [],
  );
  return challenges.at(-1) ?? null;
}
