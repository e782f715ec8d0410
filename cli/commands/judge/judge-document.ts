/** A verdict as data, without secrets of the recording, for `double-hop judge --json`. */
import type { Recording } from '../../../conformance/recording/recording.ts';
import type { AcrossProxies } from '../../../conformance/trace/across-proxies.ts';
import { sentenceOf } from '../../../conformance/trace/observation-sentences.ts';
import type { Observed } from '../../../conformance/trace/observations.ts';
import type { JudgedConnection } from '../../../conformance/trace/scope.ts';
import type { Sides } from '../../../conformance/trace/trace-session.ts';
import { EVERY_POLICY, type TraceVerdict } from '../../../conformance/trace/trace-validation.ts';

/** The options that the words about a verdict depend on. */
export type Shown = {
  readonly side: Sides;
  readonly identityHeader: string | undefined;
  /** Of --topology. Null: there is no such option. */
  readonly across: AcrossProxies | null;
};

export function documentOf(
  path: string,
  { source }: Recording,
  verdict: TraceVerdict,
  { side: sides, identityHeader, across }: Shown,
) {
  return {
    recording: path,
    source,
    sides,
    verdict: verdict.isBehaviour ? 'behaviour' : 'not a behaviour',
    judged: verdict.seen.length,
    accepted: verdict.accepted,
    refused:
      verdict.refusedAt === null
        ? null
        : {
            observation: verdict.refusedAt + 1,
            seen: storyOf(verdict, [verdict.seen[verdict.accepted]!])[0]!,
            expected: verdict.expected,
            why: verdict.why,
          },
    connections: verdict.connections.map(({ number, client, server, mechanism }) => ({
      number,
      client,
      server,
      mechanism,
      signedInAs: namesOn(verdict, number),
    })),
    leftOut: verdict.leftOut.map(({ number, part, why }) => ({ number, part, why })),
    servers: ntlmServers(verdict).map(({ server, actsAs, policies }) => ({
      server,
      actsAs,
      policies: policies.length,
      ofPolicies: EVERY_POLICY.length,
      choices: choicesIn(policies),
    })),
    divergences: verdict.used,
    ...(across === null ? {} : { acrossProxies: across }),
    notes: [...verdict.notes, ...identityNotes(verdict, identityHeader)],
  };
}

/** That no user was compared with the user of a page, if that is so. */
export function identityNotes(
  { seen }: TraceVerdict,
  identityHeader: string | undefined,
): readonly string[] {
  const replies = seen.flatMap((one) => (one.what === 'reply' ? [one] : []));
  const isServed = replies.some(({ reply, status }) => reply.type === 'http.ok' && status < 400);
  if (!isServed || replies.some(({ identity }) => identity !== null)) return [];
  return identityHeader === undefined
    ? [
        'no reply names its user, so the users of pages were not compared; ' +
          '--identity-header NAME reads the user from that header of a reply',
      ]
    : [
        `no reply has a user in its header ${identityHeader}, so the users of pages were not compared`,
      ];
}

/** The steps as sentences, in the order of time. */
export function storyOf(verdict: TraceVerdict, seen: readonly Observed[]): readonly string[] {
  const byId = new Map(verdict.connections.map((connection) => [connection.id, connection]));
  return seen.map((one) =>
    sentenceOf(one, byId.get(one.connection)!, (id) => byId.get(id)?.number),
  );
}

/** The servers that speak NTLM. A server of Basic has no policy. */
export const ntlmServers = ({ servers, connections }: TraceVerdict) =>
  servers.filter(({ server }) =>
    connections.some((one) => one.server === server && one.mechanism === 'NTLM'),
  );

/** The values that remain of each choice. A choice of which nothing showed is left out. */
export function choicesIn(policies: TraceVerdict['policies']): Readonly<Record<string, string[]>> {
  const [first] = policies;
  if (first === undefined) return {};
  const fields = Object.keys(first) as (keyof typeof first)[];
  const values = (list: TraceVerdict['policies'], field: keyof typeof first) => [
    ...new Set(list.map((policy) => String(policy[field]))),
  ];
  return Object.fromEntries(
    fields
      .map((field) => [field, values(policies, field)] as const)
      .filter(([field, left]) => left.length < values(EVERY_POLICY, field).length),
  );
}

/** The users whose credentials were accepted on a connection, in the allowed steps. */
export function namesOn(verdict: TraceVerdict, number: number): readonly string[] {
  const connection = verdict.connections.find((one: JudgedConnection) => one.number === number)!;
  const names = new Set<string>();
  let asked: string | null = null;
  for (const seen of verdict.seen.slice(0, verdict.accepted)) {
    if (seen.connection !== connection.id) continue;
    if (seen.what === 'request') {
      const [request] = seen.readings;
      asked = null;
      if (request?.type === 'AUTHENTICATE_MESSAGE') asked = request.response.user;
      if (request?.type === 'http.request.basic') asked = request.credential.user;
    }
    const isServed = seen.what === 'reply' && /^http\.(?:ok|redirect)$/.test(seen.reply.type);
    if (isServed && seen.status < 400 && asked !== null) names.add(asked);
  }
  return [...names];
}
