/** What could have come instead of what did, in words: of every run that was still possible. */
import type { Reply } from '../../machines/vocabulary/messages.ts';
import { asking, authenticatedFor, type ClientRun } from './client-run.ts';
import type { ConnectionRun, Hypothesis } from './hypotheses.ts';
import type { Observed, ObservedReply } from './observations.ts';
import type { ServerRun } from './server-run.ts';
import type { TraceSession } from './trace-session.ts';

export const runsBefore = (
  seen: Observed,
  before: readonly Hypothesis[],
): readonly ConnectionRun[] => before.flatMap(({ runs }) => runs.get(seen.connection) ?? []);

/** Each once, in the order in which they come up. */
export function expectedOf(
  seen: Observed,
  before: readonly Hypothesis[],
  { rules }: TraceSession,
): string[] {
  const words = runsBefore(seen, before).flatMap((run): readonly string[] => {
    if (seen.what === 'reply') return repliesOf(run, seen, rules.pages);
    return run.client === null ? repliesOf(run, null, rules.pages) : requestsOf(run.client);
  });
  return [...new Set(words)];
}

function repliesOf(
  { server, client }: ConnectionRun,
  seen: ObservedReply | null,
  pages: TraceSession['rules']['pages'],
): readonly string[] {
  if (server === null)
    return client?.isWaiting ? ['any reply'] : ['no reply: the client waits for none'];
  if (server.heard === null) return ['no reply: there is no request to answer'];
  if (server.out !== null) return [replyWords(server.out)];
  return server.page === null ? [] : pageWords(server.page, seen, pages);
}

function pageWords(
  { identity, isProtected }: NonNullable<ServerRun['page']>,
  seen: ObservedReply | null,
  pages: TraceSession['rules']['pages'],
): readonly string[] {
  const refusal = 'a 401 without a challenge';
  if (identity === null)
    return isProtected || pages === 'signedIn'
      ? [refusal]
      : ['a page that is for everybody', refusal];
  const named =
    seen?.identity === undefined || seen.identity === null ? '' : " and in nobody else's";
  const page = `a page, in ${identity}'s name${named}`;
  return pages === 'signedIn' ? [page] : [page, refusal];
}

export function replyWords(reply: Reply): string {
  switch (reply.type) {
    case 'http.unauthorized':
      return 'a 401 without a challenge';
    case 'CHALLENGE_MESSAGE':
      return 'a 401 with a new challenge';
    case 'http.redirect':
      return `a redirect to ${reply.to}`;
    case 'http.ok':
      return 'a page';
  }
}

function requestsOf(client: ClientRun): readonly string[] {
  const { out } = client;
  if (client.isWaiting) return ['a reply to the request before'];
  if (out === null) {
    const user = authenticatedFor(client);
    return [user === null ? 'a new request' : `a new request, in ${user}'s name`];
  }
  const who = asking(client);
  switch (out.type) {
    case 'AUTHENTICATE_MESSAGE':
      return [
        `an AUTHENTICATE${who === null ? '' : ` of ${who}`} over the challenge it was just sent`,
      ];
    case 'NEGOTIATE_MESSAGE':
      return ['a NEGOTIATE, for the request that was refused'];
    case 'http.request':
      return ['the request again'];
    case 'http.request.basic':
      return ['the request with a password'];
  }
}
