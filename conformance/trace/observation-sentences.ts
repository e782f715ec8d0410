/** Observations as sentences, without passwords, tokens and query strings. */
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { Observed, ObservedReply, ObservedRequest } from './observations.ts';
import type { JudgedConnection } from './scope.ts';
import { credentialsSent } from './sent-messages.ts';

/** The number by which a connection is printed. Undefined: it is not in the recording. */
type NumberOf = (connection: string) => number | undefined;

export function sentenceOf(
  seen: Observed,
  { number, client, server }: JudgedConnection,
  numberOf: NumberOf,
): string {
  switch (seen.what) {
    case 'opened':
      return `${client} opens connection ${number} to ${server}.`;
    case 'closed':
      return `Connection ${number} closes.`;
    case 'request':
      return `On connection ${number}, ${client} sends ${requestWords(seen, numberOf)}.`;
    case 'reply':
      return `On connection ${number}, ${hostIn(server)} answers ${replyWords(seen)}.`;
  }
}

/** "127.0.0.5:8081" of "http://127.0.0.5:8081". */
export const hostIn = (server: string): string => server.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');

function requestWords(
  { readings, observation, user, isUnheard }: ObservedRequest,
  numberOf: NumberOf,
) {
  const page = observation.what === 'request' ? pageOf(observation) : '';
  const forWhom = user === null ? '' : ` for ${user}`;
  const sent = credentialsSent(observation);
  if (sent?.basicFault) return `${page}${forWhom} with Basic credentials that ${sent.basicFault}`;
  const [first] = readings;
  if (sent?.message && (isUnheard || first?.type === 'http.request'))
    return `${page}${forWhom} with ${NTLM_WORDS[sent.message.type]} (${untaken(sent.scheme)})`;
  return `${page}${forWhom} ${credentialWords(readings, numberOf)}`;
}

const NTLM_WORDS = {
  NEGOTIATE_MESSAGE: 'a NEGOTIATE',
  AUTHENTICATE_MESSAGE: 'an AUTHENTICATE',
  CHALLENGE_MESSAGE: 'a challenge',
} as const;

const untaken = (scheme: string) =>
  scheme === 'ntlm'
    ? 'its server never offers NTLM'
    : 'its server takes no NTLM in scheme Negotiate';

function credentialWords(readings: readonly Request[], numberOf: NumberOf): string {
  const [request] = readings;
  switch (request?.type) {
    case 'NEGOTIATE_MESSAGE':
      return 'with a NEGOTIATE';
    case 'AUTHENTICATE_MESSAGE': {
      const { user, challenge } = request.response;
      const from = numberOf(challenge.connection);
      const which =
        from === undefined
          ? 'a challenge that is not in the recording'
          : `challenge ${challenge.serial + 1} of connection ${from}`;
      return user === null
        ? `with an anonymous AUTHENTICATE that answers ${which}`
        : `with an AUTHENTICATE of ${user} that answers ${which} (${passwordWords(readings)})`;
    }
    case 'http.request.basic':
      return `with a Basic password of ${request.credential.user} (${passwordWords(readings)})`;
    default:
      return 'without credentials';
  }
}

/**
 * Method and path, without what may be secret in a target: userinfo, parameters of the path, query
 * and fragment. At a proxy, the host too.
 *
 * @source RFC 9112 3.2 (the four forms of a target); RFC 3986 3.2.1, 3.3
 */
export function pageOf({
  method,
  target,
}: {
  readonly method: string;
  readonly target: string;
}): string {
  const [whole = ''] = /^[^?#]*/.exec(target) ?? [];
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:(?=[/\\]))?(.*)$/is.exec(whole) ?? [];
  const hasHost = scheme !== '' || !/^(?:[/\\](?![/\\])|\*$)/.test(rest);
  const [, slashes = '', host = '', path = ''] = hasHost
    ? (/^([/\\]*)([^/\\]*)(.*)$/s.exec(rest) ?? [])
    : ['', '', '', rest];
  const bare = path.replace(/;[^/]*/g, '');
  return `${method} ${scheme}${slashes}${host.replace(/^.*@/s, '')}${bare}`;
}

function passwordWords(readings: readonly Request[]): string {
  const [request, other] = readings;
  if (other !== undefined) return 'it is not known whether the password is right';
  const isRight =
    request?.type === 'AUTHENTICATE_MESSAGE'
      ? request.response.key?.passwordOf === request.response.user
      : request?.type === 'http.request.basic' &&
        request.credential.secret?.passwordOf === request.credential.user;
  return isRight ? 'right password' : 'wrong password';
}

function replyWords({ reply, status, identity }: ObservedReply): string {
  const who = identity === null ? '' : ` as ${identity}`;
  switch (reply.type) {
    case 'CHALLENGE_MESSAGE':
      return `${status} with challenge ${reply.challenge.serial + 1}`;
    case 'http.redirect':
      return `${status}${who}, a redirect to ${reply.to}`;
    default:
      return `${status}${who}`;
  }
}
