/** A session of trace validation: the rules, and the hypotheses that still fit, by server. */
import { stateKey } from '../../checker/model/state-key.ts';
import type { Defences } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR, type Initiator } from '../../machines/ntlm/initiator.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Request } from '../../machines/vocabulary/messages.ts';
import {
  type AvPairs,
  type CertificateName,
  type Credential,
  type Response,
  type UserName,
  ZERO_BINDING,
} from '../../machines/vocabulary/terms.ts';
import type { ConnectionId } from '../recording/recording.ts';
import { combinations, undecided } from './choices.ts';
import { type ClientMachines, type ClientVantage, clientRun } from './client-run.ts';
import { type Divergence, excusesOf } from './divergences.ts';
import type { ConnectionRun, Hypothesis, Rules } from './hypotheses.ts';
import { knownSteps, settled } from './known-steps.ts';
import { localNames } from './local-names.ts';
import type { Observations, Observed, ObservedRequest } from './observations.ts';
import type { JudgedConnection } from './scope.ts';
import { type Pages, type ServerMachines, serverRun } from './server-run.ts';

/** The judged sides. The other side may do anything. */
export type Sides = 'both' | 'client' | 'server';

export type TraceSetting = {
  readonly sides: Sides;
  readonly policies: readonly NtlmPolicy[];
  readonly defences: readonly Defences[];
  readonly divergences: readonly Divergence[];
  readonly pages: Pages;
  readonly machines: { readonly server: ServerMachines; readonly client: ClientMachines };
};

export type TraceSession = {
  readonly rules: Rules;
  readonly hypotheses: Map<string, readonly Hypothesis[]>; // by server, after the last observation
  readonly connection: (id: ConnectionId) => JudgedConnection;
  readonly observations: Observations;
  readonly acceptors: Acceptors;
  /** The number of steps that were computed, and not known from another connection. */
  readonly steps: () => number;
  /** The hypotheses about its server before an observation of this connection. */
  readonly before: (connection: ConnectionId) => readonly Hypothesis[];
  /** Those that follow by the judged observation at this place. None: it is ruled out. */
  readonly after: (
    before: readonly Hypothesis[],
    seen: Observed,
    at: number,
  ) => readonly Hypothesis[];
};

export type Acceptors = ReturnType<typeof acceptorsOf>;
const acceptorsOf = ({ policies, defences }: TraceSetting) =>
  undecided<{ policy: NtlmPolicy; defences: Defences }>({ policy: policies, defences });

const INITIATORS_LEFT: readonly Initiator[] = combinations<Initiator>({
  version: ['NTLMv2', 'NTLMv1'],
  bindsChannel: [true, false],
  withoutChannel: ['leavesOut', 'zeroes'],
  sendsMic: [true, false],
  trustsTarget: [true, false],
  dropsFlags: [true, false],
  afterLapse: [INITIATOR.afterLapse], // the other value is a fault
});

export function traceSessionOf(observations: Observations, setting: TraceSetting): TraceSession {
  const acceptors = acceptorsOf(setting);
  const initiators = undecided<{ initiator: Initiator }>({ initiator: INITIATORS_LEFT });
  const byId = new Map(observations.connections.map((connection) => [connection.id, connection]));
  const facts = factsOf(observations);
  const credentials = new Map(
    observations.connections.map(({ id }) => [id, facts.credentials(id)]),
  );

  const locals = new Map(observations.connections.map((one) => [one.id, localNames(one)]));
  const local = (id: ConnectionId) => locals.get(id)!;

  /** The runs before the first observation of a connection. */
  const begun = new Map<string, readonly ConnectionRun[]>();
  const runsOf = (id: ConnectionId, ofServer: string | null): readonly ConnectionRun[] => {
    const { connection, name } = local(id);
    const certificate = name(ofServer);
    const vantages = facts.vantages(byId.get(id)!).map(
      (vantage): ClientVantage => ({
        machine: name(vantage.machine),
        target: name(vantage.target),
        certificate: name(vantage.certificate),
      }),
    );
    const key = stateKey([{ ...connection, number: 0 }, certificate, vantages]);
    const runs = begun.get(key) ?? steps.same(runsFrom(connection, certificate, vantages));
    begun.set(key, runs);
    return runs;
  };

  const runsFrom = (
    connection: JudgedConnection,
    certificate: string | null,
    vantages: readonly ClientVantage[],
  ): readonly ConnectionRun[] => {
    const { server, mechanism } = connection;
    const acceptor = { server, certificate, ...acceptors.parts };
    const side =
      setting.sides === 'client'
        ? null
        : serverRun(setting.machines.server, mechanism, acceptor, connection.id);
    const common = { server: side, initiator: {}, used: [] };
    if (setting.sides === 'server') return [{ ...common, client: null }];
    const { initiator } = initiators.parts;
    return vantages.map((vantage) => ({
      ...common,
      client: clientRun(setting.machines.client, connection, vantage, initiator),
    }));
  };

  const rules: Rules = {
    acceptors: acceptors as unknown as Rules['acceptors'],
    initiators,
    credentialsOn: (id) => credentials.get(id)!,
    pages: setting.pages,
    excuses: excusesOf(setting.divergences),
  };
  const steps = knownSteps(rules);
  const hypotheses = new Map(
    [...idsByServer(observations)].map(([server, own]) => {
      const certificates = [null, ...facts.bindings(own)];
      const all = certificates.map(
        (certificate): Hypothesis => ({ acceptor: {}, certificate, runs: new Map(), used: [] }),
      );
      return [server, all as readonly Hypothesis[]] as const;
    }),
  );
  const last = new Map(observations.seen.map(({ connection }, i) => [connection, i]));
  return {
    rules,
    hypotheses,
    connection: (id) => byId.get(id)!,
    observations,
    acceptors,
    steps: steps.count,
    before: (id) => {
      const all = hypotheses.get(byId.get(id)!.server)!;
      if (all[0]?.runs.has(id)) return all;
      return all.map((hypothesis) => {
        const runs = runsOf(id, hypothesis.certificate);
        return { ...hypothesis, runs: new Map(hypothesis.runs).set(id, runs) };
      });
    },
    after: (before, seen, at) => {
      const local = locals.get(seen.connection)!.seen(seen);
      const next = before.flatMap((hypothesis) => steps.advanced(hypothesis, local));
      return last.get(seen.connection) === at
        ? next.map((hypothesis) => settled(hypothesis, seen.connection))
        : next;
    },
  };
}

function idsByServer({ connections }: Observations): ReadonlyMap<string, ConnectionId[]> {
  const ids = new Map<string, ConnectionId[]>(connections.map(({ server }) => [server, []]));
  for (const { id, server } of connections) ids.get(server)!.push(id);
  return ids;
}

const rightOf = (user: UserName): Credential => ({ user, secret: { passwordOf: user } });
const SOMEBODY = rightOf('somebody');

/** The credential of a request. An anonymous response comes from one without a password. */
function credentialIn(request: Request, named: UserName | null): Credential | null {
  if (request.type === 'http.request.basic') return request.credential;
  if (request.type !== 'AUTHENTICATE_MESSAGE') return null;
  const { user, key } = request.response;
  return user === null ? { user: named ?? SOMEBODY.user, secret: null } : { user, secret: key };
}

/** The channel that a response is bound to. Null: none. */
const channelOf = ({ binding }: AvPairs): CertificateName | null =>
  binding === ZERO_BINDING ? null : binding;

/** The users and vantage points that show on each connection. */
function factsOf({ seen, connections }: Observations) {
  const requests = new Map<ConnectionId, ObservedRequest[]>(connections.map(({ id }) => [id, []]));
  for (const message of seen)
    if (message.what === 'request') requests.get(message.connection)!.push(message);
  const readings = (id: ConnectionId) => requests.get(id)!.flatMap((message) => message.readings);
  const responses = (id: ConnectionId): readonly Response[] =>
    readings(id).flatMap((it) => (it.type === 'AUTHENTICATE_MESSAGE' ? [it.response] : []));
  return {
    credentials: (id: ConnectionId): readonly Credential[] => {
      const named = requests.get(id)!.flatMap(({ user }) => (user === null ? [] : [rightOf(user)]));
      const shown = requests
        .get(id)!
        .flatMap(({ readings: some, user }) => some.map((one) => credentialIn(one, user)));
      const all = [...named, ...shown].filter((one) => one !== null);
      const some = all.length > 0 ? all : [SOMEBODY]; // a user who has not signed in yet
      return [...new Map(some.map((one) => [stateKey(one), one])).values()];
    },
    bindings: (ids: readonly ConnectionId[]): readonly CertificateName[] => {
      const found = ids.flatMap(responses).map(({ pairs }) => pairs?.binding ?? null);
      return [...new Set(found)].flatMap((it) => (it === null || it === ZERO_BINDING ? [] : [it]));
    },
    vantages: ({ id, client, server }: JudgedConnection): readonly ClientVantage[] => {
      const found = responses(id).flatMap(({ pairs }): ClientVantage[] =>
        pairs === null
          ? []
          : [{ machine: pairs.machine, target: pairs.target, certificate: channelOf(pairs) }],
      );
      const plain = { machine: client, target: server, certificate: null };
      const all = found.length > 0 ? found : [plain];
      return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
    },
  };
}
