/** Why an observation is no behaviour, in the plainest words that are true. */

import { RESPONSE_CHECK_ORDER } from '../../machines/ntlm/acceptor.ts';
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { asking, authenticatedFor } from './client-run.ts';
import type { ConnectionRun, Hypothesis } from './hypotheses.ts';
import { type Observed, type ObservedReply, type ObservedRequest, userIn } from './observations.ts';
import { runsBefore } from './permitted.ts';
import { signedIn } from './server-run.ts';
import type { TraceSession } from './trace-session.ts';

export function whyNot(
  seen: Observed,
  before: readonly Hypothesis[],
  session: TraceSession,
): string {
  const runs = runsBefore(seen, before);
  if (seen.what === 'request') return whyNoRequest(seen, runs, session);
  if (seen.what === 'reply') return whyNoReply(seen, runs, session);
  return 'nothing explains it';
}

function whyNoRequest(
  seen: ObservedRequest,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const [request] = seen.readings;
  if (request === undefined) return 'it cannot be read as anything';
  if (runs.every(({ client, server }) => client?.isWaiting || (server?.heard ?? null) !== null))
    return 'a request although the one before it has not been answered';
  const name = nameOf(seen, runs);
  if (name !== null) return name;
  switch (request.type) {
    case 'http.request':
      return 'a request without credentials, in the middle of a handshake';
    case 'http.request.basic':
      return session.connection(seen.connection).spoken === 'NTLM'
        ? 'a Basic password on a connection whose client signs in by NTLM'
        : 'a Basic password that nobody who asks there has';
    case 'NEGOTIATE_MESSAGE':
      return 'a NEGOTIATE although no 401 to this request came before it';
    case 'AUTHENTICATE_MESSAGE':
      return whyNoAuthenticate(seen, request.response, runs, session);
  }
}

/** Null: it is not that it was made in somebody else's name. */
function nameOf(
  { user, readings }: ObservedRequest,
  runs: readonly ConnectionRun[],
): string | null {
  const shown = readings.map(userIn).find((one) => one !== null) ?? null;
  if (user !== null && shown !== null && shown !== user)
    return `a request made in ${user}'s name, with the credentials of ${shown}`;
  const holders = runs.map(({ client }) => (client === null ? null : authenticatedFor(client)));
  const [holder = null] = holders;
  if (holder === null || holders.some((one) => one !== holder)) return null;
  const who = shown ?? user;
  return who === null || who === holder
    ? null
    : `a request in ${who}'s name, on a connection that is signed in as ${holder}`;
}

function whyNoAuthenticate(
  { connection, index }: ObservedRequest,
  { challenge, altered }: Response,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const elsewhere = originOf(connection, challenge, session);
  if (elsewhere !== null) return `this AUTHENTICATE ${elsewhere}`;
  if (altered) return 'the AV pairs of this AUTHENTICATE are not those it was computed over';
  const last = lastChallenge(connection, index, session);
  if (last !== null && last !== challenge.serial)
    return 'this AUTHENTICATE answers an earlier challenge of its connection, and not the last';
  if (runs.every(({ client }) => client?.out?.type !== 'AUTHENTICATE_MESSAGE'))
    return 'an AUTHENTICATE although no challenge to this request came before it';
  const names = new Set(runs.flatMap(({ client }) => (client ? [asking(client)] : [])));
  const [name] = names;
  return names.size === 1 && name
    ? `this AUTHENTICATE is not what ${name}'s client answers to that challenge`
    : 'this AUTHENTICATE is not what any client answers to that challenge';
}

/** "answers a challenge that connection 2 received", or null where it is this one's own. */
function originOf(
  connection: string,
  challenge: Response['challenge'],
  { observations }: TraceSession,
): string | null {
  if (challenge.connection === connection) return null;
  const numberOf = (id: string) => observations.connections.find((one) => one.id === id)?.number;
  const other = numberOf(challenge.connection);
  return other === undefined
    ? `answers a challenge that connection ${numberOf(connection)} never received`
    : `answers a challenge that connection ${other} received`;
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

function whyNoReply(
  seen: ObservedReply,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string {
  const { reply, status } = seen;
  if (runs.every(({ server, client }) => server?.heard === null || client?.isWaiting === false))
    return 'a reply although no request waits for one';
  const question = questionOf(seen, session);
  if (reply.type === 'CHALLENGE_MESSAGE')
    return question?.readings[0]?.type === 'NEGOTIATE_MESSAGE'
      ? 'a challenge on a connection that could not get another'
      : 'a challenge that no NEGOTIATE asked for';
  const pages = runs.flatMap(({ server }) => (server?.page ? [server.page] : []));
  if (reply.type === 'http.unauthorized')
    return pages.length > 0
      ? `a ${status} to somebody who is signed in, for a page that is theirs`
      : `a ${status} without a challenge, to a NEGOTIATE that is due one`;
  const [page] = pages;
  if (page !== undefined) {
    if (seen.identity !== null && page.identity !== null && page.identity !== seen.identity)
      return `served as ${seen.identity}, on a connection that ${page.identity} signed in on`;
    if (page.identity === null && seen.identity !== null)
      return `served as ${seen.identity}, on a connection that nobody is signed in on`;
    if (page.identity === null)
      return `a ${status} although the connection ${wasSignedIn(seen, session)}`;
  }
  const asked = question?.readings ?? [];
  const [first] = asked;
  if (first?.type === 'AUTHENTICATE_MESSAGE')
    return `a ${status} although ${whyRefused(seen, asked, runs, session)}`;
  if (first?.type === 'http.request.basic')
    return runs.some(({ server }) => server !== null && signedIn(server) !== null)
      ? `a ${status} to a Basic password on a connection that is signed in by NTLM`
      : `a ${status} although ${first.credential.user}'s password is another one`;
  if (first?.type === 'NEGOTIATE_MESSAGE')
    return `a ${status} to a NEGOTIATE, which signs nobody in`;
  return `a ${status} although the connection ${wasSignedIn(seen, session)}`;
}

const wasSignedIn = (
  { connection, index }: ObservedReply,
  { observations }: TraceSession,
): string =>
  observations.seen.some(
    (one) =>
      one.connection === connection &&
      one.index < index &&
      one.what === 'request' &&
      one.readings.some(({ type }) => type === 'AUTHENTICATE_MESSAGE'),
  )
    ? 'is not signed in any more, or never was'
    : 'was never signed in';

/** The request that it answers. */
const questionOf = (
  { connection, index }: ObservedReply,
  { observations }: TraceSession,
): ObservedRequest | undefined =>
  observations.seen
    .filter((one): one is ObservedRequest => one.what === 'request')
    .filter((one) => one.connection === connection && one.index < index)
    .at(-1);

const FAULTS = {
  isOutdated: 'it is of NTLMv1, which the server refuses',
  isForAnotherServer: 'it names another server than this one',
  isBoundElsewhere: 'it is bound to another channel, or to none',
  isMeantForAnother: 'its target name is that of another server',
  isTamperedWith: 'its MIC is missing, or covers other messages than these',
  isFromHere: 'it was computed on the server itself, for another target',
} as const;

function whyRefused(
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
  // What the least demanding of the servers that are left minds: it comes last.
  const check = RESPONSE_CHECK_ORDER.findLast((one) => checks.includes(one)) ?? 'isUnproven';
  if (check !== 'isUnproven') return FAULTS[check];
  if (response === undefined) return 'there is nothing to prove anybody';
  if (response.user === null) return 'the AUTHENTICATE is anonymous';
  const elsewhere = originOf(connection, response.challenge, session);
  if (elsewhere !== null) return `the AUTHENTICATE ${elsewhere}`;
  if (responses.every(({ key, user }) => key?.passwordOf !== user))
    return `the response was computed with another password than ${response.user}'s`;
  if (response.altered) return 'its AV pairs are not those that it was computed over';
  return 'no challenge of this connection was waiting for that answer';
}
