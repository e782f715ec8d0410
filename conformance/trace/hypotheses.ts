/**
 * Hypotheses about one server and its clients. A hypothesis is a set of decided choices, with every
 * connection's possible runs under them. Several may fit a recording.
 *
 * Every message between two sides is observed. So a run of both sides is a run of each with the
 * same messages, and the sides are stepped apart.
 */

import type { Initiator } from '../../machines/ntlm/initiator.ts';
import type { Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { CertificateName, Credential } from '../../machines/vocabulary/terms.ts';
import type { ConnectionId } from '../recording/recording.ts';
import { PATH } from '../terms/message-reader.ts';
import type { Decided, Undecided } from './choices.ts';
import { asks, asksAtOnce, type ClientRun, clientKey, loses, receives } from './client-run.ts';
import type { Excuses } from './divergences.ts';
import type { Observed, ObservedReply, ObservedRequest } from './observations.ts';
import { hasWrongLm } from './sent-messages.ts';
import { closes, hears, type Pages, type ServerRun, says, serverKey } from './server-run.ts';

/** One possible run of a connection. Null: that side is not judged. */
export type ConnectionRun = {
  readonly server: ServerRun | null;
  readonly client: ClientRun | null;
  readonly initiator: Decided; // the client's decided choices
  readonly used: readonly string[]; // sorted ids of the divergences that it needs
};

export type Hypothesis = {
  readonly acceptor: Decided; // the server's decided choices
  readonly certificate: CertificateName | null; // the server's
  /** Of the connections that have begun and not ended, as far as they are observed. */
  readonly runs: ReadonlyMap<ConnectionId, readonly ConnectionRun[]>;
  readonly used: readonly string[]; // sorted ids of the divergences of ended connections
};

export type Rules = {
  readonly acceptors: Undecided<Readonly<Record<string, object>>>;
  readonly initiators: Undecided<{ readonly initiator: Initiator }>;
  /** The credentials that may show on a connection. Others make no difference there. */
  readonly credentialsOn: (connection: ConnectionId) => readonly Credential[];
  readonly pages: Pages;
  readonly excuses: Excuses;
};

/** What follows from the runs of one connection by an observation, under decided choices. */
export type NextRuns = { readonly acceptor: Decided; readonly runs: readonly ConnectionRun[] };

/** None: the observation rules them out. */
export function runsAfter(
  acceptor: Decided,
  before: readonly ConnectionRun[],
  seen: Observed,
  rules: Rules,
): readonly NextRuns[] {
  const paths = pathsFrom(before, seen, rules);
  if (paths.length === 0) return [];
  const asked = new Map(paths.map(({ key, server, reading }) => [key, { server, reading }]));
  const answers = () =>
    new Map(
      [...asked].map(([key, one]) => [key, serversAfter(one.server, seen, one.reading, rules)]),
    );
  return rules.acceptors.decide(acceptor, answers, keyOfAnswers).flatMap((outcome) => {
    const runs = distinct(
      paths.flatMap(({ key, client }) =>
        outcome.result.get(key)!.map(
          (server): ConnectionRun => ({
            ...client,
            ...server,
            used: together(client.used, server.used),
          }),
        ),
      ),
    );
    return runs.length === 0 ? [] : [{ acceptor: outcome.decided, runs }];
  });
}

type Client = Pick<ConnectionRun, 'client' | 'initiator' | 'used'>;
type Server = Pick<ConnectionRun, 'server' | 'used'>;

/** A client's step with the server it meets. Paths of one key share the server's step. */
type Path = {
  readonly key: string;
  readonly server: ServerRun | null;
  readonly reading: number; // of the observation
  readonly client: Client;
};

function pathsFrom(runs: readonly ConnectionRun[], seen: Observed, rules: Rules): readonly Path[] {
  const readings = seen.what === 'request' ? seen.readings.length : 1;
  const known = new Map<string, readonly Client[]>();
  return runs.flatMap((run) => {
    const { server } = run;
    return Array.from({ length: readings }, (_, reading) => {
      const asked = `${reading} ${clientKeyOf(run)} ${run.used}`;
      const clients = known.get(asked) ?? clientAfter(run, seen, reading, rules);
      known.set(asked, clients);
      const key = `${reading} ${server && serverKey(server)}`;
      return clients.map((client): Path => ({ key, server, reading, client }));
    }).flat();
  });
}

const keyOfAnswers = (answers: ReadonlyMap<string, readonly Server[]>): string =>
  JSON.stringify(
    [...answers.values()].map((servers) =>
      servers.map(({ server, used }) => [server && serverKey(server), used]),
    ),
  );

function serversAfter(
  server: ServerRun | null,
  seen: Observed,
  reading: number,
  { pages, excuses }: Rules,
): readonly Server[] {
  if (server === null) return [{ server, used: [] }];
  if (seen.what === 'request') {
    const next = hears(server, heardIn(seen, reading), seen.isProtected);
    return next === null ? [] : [{ server: next, used: [] }];
  }
  if (seen.what === 'reply') return serverReplying(server, seen, pages, excuses);
  if (seen.what === 'opened') return [{ server, used: [] }];
  const due = server.out?.type === 'http.unauthorized' ? server.heard : null;
  const used = due === null ? [] : excuses.refusals(due, 'closed');
  return [{ server: closes(server), used }];
}

/** A response that was accepted before answers the challenge of that time, and no other. */
function heardIn(
  { readings, acceptedBefore, isUnheard }: ObservedRequest,
  reading: number,
): Request {
  if (isUnheard) return { type: 'http.request', path: PATH };
  const request = readings[reading]!;
  if (acceptedBefore === undefined || request.type !== 'AUTHENTICATE_MESSAGE') return request;
  const { challenge } = acceptedBefore;
  return { ...request, response: { ...request.response, challenge } };
}

function serverReplying(
  server: ServerRun,
  { reply, identity, status }: ObservedReply,
  pages: Pages,
  excuses: Excuses,
): readonly Server[] {
  const plain = says(server, reply, identity, pages);
  const ids =
    server.heard === null || reply.type === REFUSED.type
      ? []
      : excuses.refusals(server.heard, status);
  const refusing = ids.length === 0 ? null : says(server, REFUSED, null, pages);
  return [
    ...(plain === null ? [] : [{ server: plain, used: [] }]),
    ...(refusing === null ? [] : [{ server: refusing, used: ids }]),
  ];
}

const REFUSED: Reply = { type: 'http.unauthorized' };

function clientAfter(
  run: ConnectionRun,
  seen: Observed,
  reading: number,
  rules: Rules,
): readonly Client[] {
  switch (seen.what) {
    case 'opened':
      return [run];
    case 'closed':
      return configured(run, rules, (client) => [loses(client)]);
    case 'reply':
      return configured(run, rules, (client) => {
        const next = receives(client, seen.reply);
        return next === null ? [] : [next];
      });
    case 'request':
      return clientAsking(run, seen.readings[reading]!, seen, rules);
  }
}

function clientAsking(
  run: ConnectionRun,
  request: Request,
  { connection, user, observation, untakenAnswer }: ObservedRequest,
  rules: Rules,
): readonly Client[] {
  if (untakenAnswer !== undefined || hasWrongLm(request, observation))
    return run.client === null ? [run] : [];
  const owned = rules.credentialsOn(connection);
  const { headStarts } = rules.excuses;
  const early =
    run.client === null || headStarts.length === 0
      ? []
      : configured(run, rules, (client) => asksAtOnce(client, request, owned, user));
  return [
    ...configured(run, rules, (client) => asks(client, request, owned, user)),
    ...early.map((client) => ({ ...client, used: together(run.used, headStarts) })),
  ];
}

/** The client's runs after a step, for each configuration. */
function configured(
  { client, initiator, used }: ConnectionRun,
  { initiators }: Rules,
  act: (client: ClientRun) => readonly ClientRun[],
): readonly Client[] {
  if (client === null) return [{ client, initiator, used }];
  return initiators
    .decide(
      initiator,
      () => act(client),
      (next) => next.map(clientKey).sort().join(' '),
    )
    .flatMap(({ decided, result }) =>
      result.map((next) => ({ client: next, initiator: decided, used })),
    );
}

export const together = (some: readonly string[], more: readonly string[]): readonly string[] =>
  more.length === 0 ? some : some.length === 0 ? more : [...new Set([...some, ...more])].sort();

const clientKeyOf = ({ client, initiator }: ConnectionRun): string =>
  `${client && clientKey(client)} ${JSON.stringify(Object.entries(initiator).sort())}`;

export const stateOf = (run: ConnectionRun): string =>
  `${run.server && serverKey(run.server)} ${clientKeyOf(run)}`;

/** One run for each state: the one that needs the fewest divergences. */
function distinct(runs: readonly ConnectionRun[]): readonly ConnectionRun[] {
  const best = new Map<string, ConnectionRun>();
  for (const run of runs) {
    const key = stateOf(run);
    const known = best.get(key);
    if (known === undefined || run.used.length < known.used.length) best.set(key, run);
  }
  return [...best.values()];
}
