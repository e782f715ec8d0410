/** The observations that the model permits in place of one that it rejects, in words. */
import type { Reply } from '../../machines/vocabulary/messages.ts';
import { asking, authenticatedFor, type ClientRun } from './client-run.ts';
import type { ConnectionRun, Hypothesis } from './hypotheses.ts';
import type { Observed } from './observations.ts';
import type { ServerRun } from './server-run.ts';
import type { TraceSession } from './trace-session.ts';

export const runsBefore = (
  seen: Observed,
  before: readonly Hypothesis[],
): readonly ConnectionRun[] => before.flatMap(({ runs }) => runs.get(seen.connection) ?? []);

type ReplySetting = {
  readonly refusal: 401 | 407; // of a server, or of a proxy
  readonly pages: TraceSession['rules']['pages'];
};

/** Each once, in the order of the runs. */
export function expectedOf(
  seen: Observed,
  before: readonly Hypothesis[],
  { rules: { pages }, connection }: TraceSession,
): string[] {
  const setting = { refusal: connection(seen.connection).isProxy ? 407 : 401, pages } as const;
  const words = runsBefore(seen, before).flatMap((run): readonly string[] =>
    seen.what === 'reply' || run.client === null ? repliesOf(run, setting) : requestsOf(run.client),
  );
  return [...new Set(words)];
}

function repliesOf({ server, client }: ConnectionRun, setting: ReplySetting): readonly string[] {
  if (server === null)
    return client?.isWaiting ? ['any reply'] : ['no reply: the client is not waiting for one'];
  if (server.heard === null) return ['no reply: there is no request to answer'];
  if (server.out !== null) return [replyWords(server.out, setting)];
  return server.page === null ? [] : pageWords(server.page, setting);
}

function pageWords(
  { identity, isProtected }: NonNullable<ServerRun['page']>,
  setting: ReplySetting,
): readonly string[] {
  const isStrict = setting.pages === 'signedIn';
  const refusal = replyWords({ type: 'http.unauthorized' }, setting);
  if (identity === null) return isProtected || isStrict ? [refusal] : ['a public page', refusal];
  const page = `a page served as ${identity}`;
  return isStrict ? [page] : [page, refusal];
}

function replyWords(reply: Reply, { refusal }: ReplySetting): string {
  switch (reply.type) {
    case 'http.unauthorized':
      return `a ${refusal} without a challenge`;
    case 'CHALLENGE_MESSAGE':
      return `a ${refusal} with a new challenge`;
    case 'http.redirect':
      return `a redirect to ${reply.to}`;
    case 'http.forbidden':
      return 'a 403';
    case 'http.ok':
      return 'a page';
  }
}

function requestsOf(client: ClientRun): readonly string[] {
  const { out } = client;
  if (client.isWaiting) return ['a reply to the last request'];
  if (out === null) {
    const user = authenticatedFor(client);
    return [user === null ? 'a new request' : `a new request of ${user}`];
  }
  const who = asking(client);
  switch (out.type) {
    case 'AUTHENTICATE_MESSAGE':
      return [`an AUTHENTICATE${who === null ? '' : ` of ${who}`} that answers the last challenge`];
    case 'NEGOTIATE_MESSAGE':
      return ['a NEGOTIATE for the refused request'];
    case 'http.request':
      return ['the same request again'];
    case 'http.request.basic':
      return ['the same request with a Basic password'];
  }
}
