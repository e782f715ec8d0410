/** Why the model rejects a reply of a server. */
import { RESPONSE_CHECK_ORDER } from '../../machines/ntlm/acceptor.ts';
import type { Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import type { ConnectionRun } from './hypotheses.ts';
import type { Observed, ObservedReply, ObservedRequest } from './observations.ts';
import { credentialsSent } from './sent-messages.ts';
import { signedIn } from './server-run.ts';
import type { TraceSession } from './trace-session.ts';

type Challenged = Extract<Reply, { readonly type: 'CHALLENGE_MESSAGE' }>;

/** "a challenge of connection 2"; null: the challenge is of this connection. */
export function originOf(
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

/** What a server does wrong with a reply: "answers 200, although ...". */
export function replyFault(
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
      ? challengeFault(reply, runs)
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
  const fault = question && credentialsSent(question.observation)?.basicFault;
  if (fault) return `${answers}, although the credentials ${fault}`;
  if (first?.type === 'http.request.basic')
    return runs.some(({ server }) => server !== null && signedIn(server) !== null)
      ? `${answers} to a Basic password, although the connection is signed in by NTLM`
      : `${answers}, although the password is not that of ${first.credential.user}`;
  if (first?.type === 'NEGOTIATE_MESSAGE')
    return `${answers} to a NEGOTIATE, which signs no user in`;
  return `${answers}, although ${notSignedIn(seen, session)}`;
}

const challengeFault = ({ info }: Challenged, runs: readonly ConnectionRun[]): string =>
  info.computer === null && runs.some(({ server }) => server?.out?.type === 'CHALLENGE_MESSAGE')
    ? 'sends a challenge that names no server, although it refuses NTLMv1'
    : 'sends a challenge, although it cannot begin another handshake there';

/** A whole sentence. Null: the reply does not accept a response for the second time. */
export function replayed(
  seen: Observed,
  runs: readonly ConnectionRun[],
  session: TraceSession,
): string | null {
  if (seen.what !== 'reply' || seen.reply.type === 'http.unauthorized') return null;
  const before = questionOf(seen, session)?.acceptedBefore;
  if (before === undefined || runs.every(({ server }) => server?.rejected !== 'isUnproven'))
    return null;
  const [first, now] = [before.connection, seen.connection].map(
    (id) => session.connection(id).number,
  );
  const where = first === now ? 'there' : `on connection ${now}`;
  return (
    `what was said on connection ${first} is accepted once more ${where}: ` +
    'its challenge is a nonce, for one sign-in'
  );
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
  if (response.altered && response.pairs === null)
    return 'its NT response is wrong, and only its LM response is right';
  if (response.altered) return 'its AV pairs differ from those that it was computed over';
  return 'no challenge of the connection was waiting for this response';
}
