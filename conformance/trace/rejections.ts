/** What was seen, told in sentences. No password and no token is in them, nor a query string. */
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { Observed, ObservedReply, ObservedRequest } from './observations.ts';
import type { JudgedConnection } from './scope.ts';

/**
 * @param numberOf - how people are told of a connection, by its name; undefined: it is not known.
 */
export function sentenceOf(
  seen: Observed,
  { number, client, server }: JudgedConnection,
  numberOf: (connection: string) => number | undefined,
): string {
  const here = `On connection ${number}`;
  switch (seen.what) {
    case 'opened':
      return `${client} opens connection ${number} to ${server}.`;
    case 'closed':
      return `Connection ${number} closes.`;
    case 'request':
      return `${here}, ${requestWords(seen, numberOf)}${nameWords(seen)}.`;
    case 'reply':
      return `${here}, the server answers ${replyWords(seen)}.`;
  }
}

function requestWords(
  { readings, observation }: ObservedRequest,
  numberOf: (connection: string) => number | undefined,
): string {
  const page = observation.what === 'request' ? pageOf(observation) : '';
  const [request] = readings;
  switch (request?.type) {
    case 'NEGOTIATE_MESSAGE':
      return `${page} goes out with a NEGOTIATE`;
    case 'AUTHENTICATE_MESSAGE': {
      const { user, challenge } = request.response;
      const from = numberOf(challenge.connection);
      const which =
        from === undefined
          ? 'a challenge that nobody here was sent'
          : `challenge ${challenge.serial + 1} of connection ${from}`;
      const who = user ?? 'nobody';
      return `${page} goes out with an AUTHENTICATE of ${who} to ${which}${keyWords(readings)}`;
    }
    case 'http.request.basic':
      return `${page} goes out with the name of ${request.credential.user} and a password${keyWords(readings)}`;
    default:
      return `${page} goes out without credentials`;
  }
}

/** Path, without what may be secret in a target. At a proxy, the host too. */
function pageOf({ method, target }: { readonly method: string; readonly target: string }): string {
  const [, origin = '', path = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)/is.exec(target) ?? [];
  return `${method} ${origin.replace(/\/\/.*@/, '//')}${path}`;
}

/** Whether the password is right, where that is known. */
function keyWords(readings: readonly Request[]): string {
  if (readings.length !== 1) return ', by whichever password';
  const [request] = readings;
  if (request?.type === 'AUTHENTICATE_MESSAGE') {
    const { user, key } = request.response;
    return user === null ? '' : keyOf(user, key?.passwordOf ?? null);
  }
  return request?.type === 'http.request.basic'
    ? keyOf(request.credential.user, request.credential.secret?.passwordOf ?? null)
    : '';
}
const keyOf = (user: string, owner: string | null): string =>
  owner === user ? ', which is right' : ', which is wrong';

const nameWords = ({ user }: ObservedRequest): string => (user === null ? '' : `, for ${user}`);

function replyWords({ reply, status, identity }: ObservedReply): string {
  const who = identity === null ? '' : `, as ${identity}`;
  switch (reply.type) {
    case 'CHALLENGE_MESSAGE':
      return `${status} with challenge ${reply.challenge.serial + 1}`;
    case 'http.redirect':
      return `${status}, which leads to ${reply.to}${who}`;
    default:
      return `${status}${who}`;
  }
}
