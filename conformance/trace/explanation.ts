/** Why the model rejects an observation: one sentence that names connection, message and host. */
import { RESPONSE_CHECK_ORDER } from '../../machines/ntlm/acceptor.ts';
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { asking, authenticatedFor } from './client-run.ts';
import type { ConnectionRun, Hypothesis } from './hypotheses.ts';
import { hostIn } from './observation-sentences.ts';
import { type Observed, type ObservedReply, type ObservedRequest, userIn } from './observations.ts';
import { runsBefore } from './permitted.ts';
import { signedIn } from './server-run.ts';
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
      return `on connection ${number}, ${hostIn(server)} ${replyFault(seen, runs, session)}`;
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
  { connection, index }: ObservedRequest,
  { challenge, altered }: Response,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const elsewhere = originOf(connection, challenge, session);
  if (elsewhere !== null) return ` that answers ${elsewhere}`;
  if (altered) return ' whose AV pairs differ from those that its response was computed over';
  const last = lastChallenge(connection, index, session);
  if (last !== null && last !== challenge.serial)
    return ' that answers an earlier challenge of the connection, not the last';
  if (runs.every(({ client }) => client?.out?.type !== 'AUTHENTICATE_MESSAGE'))
    return ', although no challenge to this request came before';
  const names = new Set(runs.flatMap(({ client }) => (client ? [asking(client)] : [])));
  const [name] = names;
  return names.size === 1 && name
    ? ` that no client of ${name} computes for that challenge`
    : ' that no client computes for that challenge';
}

/** "a challenge of connection 2"; null: the challenge is of this connection. */
function originOf(
  connection: string,
  challenge: Response['challenge'],
  { observations }: TraceSession,
): string | null {
  if (challenge.connection === connection) return null;
  const numberOf = (id: string) => observations.connections.find((one) => one.id === id)?.number;
  const other = numberOf(challenge.connection);
  return other === undefined
    ? `a challenge that connection ${numberOf(connection)} never received`
    : `a challenge of connection ${other}`;
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

function replyFault(
  seen: ObservedReply,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const { reply, status, identity } = seen;
  const answers = `answers ${status}`;
  if (runs.every(({ server, client }) => server?.heard === null || client?.isWaiting === false))
    return `${answers}, although no request waits for a reply`;
  const question = questionOf(seen, session);
  if (reply.type === 'CHALLENGE_MESSAGE')
    return question?.readings[0]?.type === 'NEGOTIATE_MESSAGE'
      ? 'sends a challenge, although it cannot begin another handshake there'
      : 'sends a challenge, although no NEGOTIATE asked for one';
  const pages = runs.flatMap(({ server }) => (server?.page ? [server.page] : []));
  if (reply.type === 'http.unauthorized')
    return pages.length > 0
      ? `${answers} to a user who is signed in and may see the page`
      : `${answers} without a challenge to a NEGOTIATE`;
  const [page] = pages;
  if (page !== undefined) {
    if (identity !== null && page.identity !== null && page.identity !== identity)
      return `${answers} as ${identity}, although the connection is signed in as ${page.identity}`;
    if (page.identity === null && identity !== null)
      return `${answers} as ${identity}, although no user is signed in on the connection`;
    if (page.identity === null) return `${answers}, although ${notSignedIn(seen, session)}`;
  }
  const asked = question?.readings ?? [];
  const [first] = asked;
  if (first?.type === 'AUTHENTICATE_MESSAGE')
    return `${answers}, although ${refusalReason(seen, asked, runs, session)}`;
  if (first?.type === 'http.request.basic')
    return runs.some(({ server }) => server !== null && signedIn(server) !== null)
      ? `${answers} to a Basic password, although the connection is signed in by NTLM`
      : `${answers}, although the password is not that of ${first.credential.user}`;
  if (first?.type === 'NEGOTIATE_MESSAGE')
    return `${answers} to a NEGOTIATE, which signs no user in`;
  return `${answers}, although ${notSignedIn(seen, session)}`;
}

const notSignedIn = ({ connection, index }: ObservedReply, { observations }: TraceSession) =>
  observations.seen.some(
    (one) =>
      one.connection === connection &&
      one.index < index &&
      one.what === 'request' &&
      one.readings.some(({ type }) => type === 'AUTHENTICATE_MESSAGE'),
  )
    ? 'the connection is no longer signed in, or never was'
    : 'the connection was never signed in';

/** The request that it answers. */
const questionOf = (
  { connection, index }: ObservedReply,
  { observations }: TraceSession,
): ObservedRequest | undefined =>
  observations.seen
    .filter((one): one is ObservedRequest => one.what === 'request')
    .filter((one) => one.connection === connection && one.index < index)
    .at(-1);

const CHECK_REASONS = {
  isOutdated: 'the response is NTLMv1, which the server refuses',
  isForAnotherServer: 'the response names another server',
  isBoundElsewhere: 'the response is bound to another channel or to none',
  isMeantForAnother: 'the target name of the response is another server',
  isTamperedWith: 'the MIC is missing or covers other messages',
  isFromHere: 'the response was computed on the server itself for another target',
} as const;

function refusalReason(
  { connection }: ObservedReply,
  readings: readonly Request[],
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const responses = readings.flatMap((it) =>
    it.type === 'AUTHENTICATE_MESSAGE' ? [it.response] : [],
  );
  const [response] = responses;
  const checks = runs.flatMap(({ server }) => server?.rejected ?? []);
  // The last check is the one that even the least demanding hypothesis of the server makes.
  const check = RESPONSE_CHECK_ORDER.findLast((one) => checks.includes(one)) ?? 'isUnproven';
  if (check !== 'isUnproven') return CHECK_REASONS[check];
  if (response === undefined) return 'the AUTHENTICATE proves no user';
  if (response.user === null) return 'the AUTHENTICATE is anonymous';
  const elsewhere = originOf(connection, response.challenge, session);
  if (elsewhere !== null) return `the AUTHENTICATE answers ${elsewhere}`;
  if (responses.every(({ key, user }) => key?.passwordOf !== user))
    return `the response was computed with a password that is not ${response.user}'s`;
  if (response.altered) return 'its AV pairs differ from those that it was computed over';
  return 'no challenge of the connection was waiting for this response';
}
