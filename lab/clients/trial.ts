/** A trial of a client in a scenario: its outcomes, the servers' recording, and its breaches. */

import { BadRecording, type Recording } from '../../conformance/recording/recording.ts';
import { breachesOf, type ClientClaim, type Given } from '../../conformance/serve/client-claims.ts';
import { recorder } from '../../conformance/serve/recorder.ts';
import { type ServeOptions, serve } from '../../conformance/serve/serve.ts';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import { scopeOf } from '../../conformance/trace/scope.ts';
import { judge } from '../../conformance/trace/trace-validation.ts';
import { type Client, ENDLESS, type Visit, type VisitOutcome } from './client.ts';
import {
  accountOf,
  routesOf,
  type Scenario,
  SERVER_POLICIES,
  type ServerName,
  targetOf,
  typedBy,
} from './scenario.ts';

/** `model`: the recording is no behaviour of the model's client. */
export type ClientBreach = { readonly claim: ClientClaim | 'model'; readonly why: string };

export type Trial = {
  readonly outcomes: readonly VisitOutcome[]; // one for each stop
  readonly recording: Recording;
  readonly given: readonly Given[];
  readonly breaches: readonly ClientBreach[];
};

const ADDRESSES = { one: '127.0.0.41', two: '127.0.0.42' } as const;
const PLACES = ['one', 'two'] as const;

/** @param faults - of the servers. Default: none. */
export async function tried(
  client: Client,
  scenario: Scenario,
  faults: Pick<ServeOptions, 'machine'> = {},
): Promise<Trial> {
  const { policy, offers, accounts, stops } = scenario;
  const written = recorder(`${client.name} against the model`);
  const started = (at: ServerName) =>
    serve({
      address: ADDRESSES[at],
      accounts: (['alice', 'bob'] as const).map((user) => accountOf(user, at, accounts)),
      computer: at.toUpperCase(),
      domain: 'LAB',
      scheme: offers,
      policy: SERVER_POLICIES[policy],
      recorder: written,
      ...faults,
    });
  const servers = { one: await started('one'), two: await started('two') };
  const origins = { one: servers.one.origin, two: servers.two.origin };
  for (const at of PLACES) servers[at].route(routesOf(scenario, at, origins));
  const visits = stops.map((stop, i): Visit => {
    const url = origins[stop.at] + targetOf(stop, i, 'page');
    return { url, user: stop.user, account: typedBy(stop, accounts) };
  });
  const outcomes = await client.run(visits).finally(() => {
    return Promise.all(PLACES.map((at) => servers[at].stop()));
  });
  const given = visits.flatMap(({ user, url, account }): Given[] =>
    account === null ? [] : [{ user, origin: new URL(url).origin, account }],
  );
  const recording = written.recording();
  return {
    outcomes,
    recording,
    given,
    breaches: clientBreachesOf(recording, given, outcomes, scenario, client),
  };
}

function clientBreachesOf(
  recording: Recording,
  given: readonly Given[],
  outcomes: readonly VisitOutcome[],
  { accounts }: Scenario,
  { negotiatesAtOnce }: Client,
): readonly ClientBreach[] {
  const breaches: ClientBreach[] = [...breachesOf(recording, given)];
  if (outcomes.some(({ trouble }) => trouble === ENDLESS))
    breaches.push({ claim: 'oneHandshake', why: ENDLESS });
  const right = (['alice', 'bob'] as const).flatMap((user) =>
    PLACES.map((at) => accountOf(user, at, accounts)),
  );
  const secrets = new Map(right.map(({ user, password }) => [user, password]));
  const divergences = negotiatesAtOnce ? DIVERGENCES : [];
  const options = { sides: 'client', secrets, divergences } as const;
  if (scopeOf(recording).connections.length === 0) return breaches; // the model has no word for it
  try {
    const { isBehaviour, why } = judge(inNamesOfAccounts(recording, given), options);
    return isBehaviour ? breaches : [...breaches, { claim: 'model', why }];
  } catch (error) {
    if (error instanceof BadRecording) return breaches; // the client never tried to sign in
    throw error;
  }
}

/** In the model an account is a user, and a user without an account has no name. */
function inNamesOfAccounts(recording: Recording, given: readonly Given[]): Recording {
  const serverOf = new Map(recording.connections.map(({ id, server }) => [id, server]));
  const observations = recording.observations.map((seen) => {
    if (seen.what !== 'request') return seen;
    const isIts = ({ user, origin }: Given) =>
      user === seen.user && origin === serverOf.get(seen.connection);
    return { ...seen, user: given.find(isIts)?.account.user ?? null };
  });
  return { ...recording, observations };
}
