/**
 * Expected against observed: the server machines are stepped with what went over the wire, and each
 * answer is compared with theirs. A page answers at once, and only to somebody.
 *
 * @source MS-NTHT 3.1.5.1; MS-NLMP 3.2.5.1; RFC 7617 2
 */

import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { basicServerConnection } from '../../machines/basic/basic-server.ts';
import { DEFENCES, type Defences } from '../../machines/ntlm/acceptor.ts';
import { ntlmServerConnection } from '../../machines/ntlm/ntlm-server.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Mechanism } from '../../machines/system/topology.ts';
import type {
  PageEvent,
  Reply,
  ServerEvent,
  WireEvent,
} from '../../machines/vocabulary/messages.ts';
import type { UserName } from '../../machines/vocabulary/terms.ts';
import type { ConnectionId, Recording } from '../recording/recording.ts';
import type { Secrets } from '../terms/dictionary.ts';
import { type DrivenExchange, drivenExchangesIn } from './driven-exchanges.ts';
import { type AnswerOutcome, outcomeWords, type RefusalReading, readAs } from './outcome.ts';

/** The model of a server. */
export type ServerModel =
  | { readonly scheme: 'NTLM'; readonly policy: NtlmPolicy; readonly defences?: Defences }
  | { readonly scheme: 'Basic' };

export type Difference = {
  readonly request: number; // its place among the recorded requests, from 0
  readonly connection: ConnectionId;
  readonly expected: string; // in words: "401", or "200 as alice"
  readonly got: string;
};

/**
 * The first answer that differs from the model's. Null: none does.
 *
 * @param readings - refusals that count as a 401.
 */
export const differenceOf = (
  recording: Recording,
  secrets: Secrets,
  model: ServerModel,
  readings: readonly RefusalReading[] = [],
): Difference | null => differenceIn(drivenExchangesIn(recording, secrets), model, readings);

/** The same for exchanges that are read once and compared with many models. */
export function differenceIn(
  exchanges: readonly DrivenExchange[],
  model: ServerModel,
  readings: readonly RefusalReading[],
): Difference | null {
  const states = new Map<ConnectionId, readonly AnyMachineSnapshot[]>();
  let request = 0;
  for (const it of exchanges) {
    const { connection } = it;
    const before = states.get(connection) ?? [started(model, it)];
    if (it.what !== 'exchange') {
      const event = { type: `connection.${it.what}` } as const;
      states.set(
        connection,
        before.map((state) => step(state, event).next),
      );
      continue;
    }
    const { outcome, readings: events } = it;
    const steps = before.flatMap((state) => events.map((event) => step(state, event)));
    const observed = readAs(outcome, events[0]!.type, readings);
    const fitting =
      observed === 'unheard'
        ? before.map((next) => ({ next }))
        : steps.filter(({ outcome }) => isSame(outcome, observed));
    if (fitting.length === 0) {
      const expected = new Set(steps.map(({ outcome }) => outcomeWords(outcome, it.status)));
      const got = outcomeWords(outcome, it.status);
      return { request, connection, expected: [...expected].join(' or '), got };
    }
    states.set(
      connection,
      fitting.map(({ next }) => next),
    );
    request += 1;
  }
  return null;
}

/** The user of a page is compared only if the server names it. */
function isSame(expected: AnswerOutcome, observed: AnswerOutcome): boolean {
  if (expected.kind === 'page' && observed.kind === 'page')
    return observed.user === null || observed.user === expected.user;
  if (expected.kind === 'refused' && observed.kind === 'refused')
    return observed.status === expected.status;
  return expected.kind === observed.kind;
}

const CHALLENGES = { max: Number.MAX_SAFE_INTEGER, restart: true } as const;

type Starts = {
  readonly [Scheme in Mechanism]: (
    model: Extract<ServerModel, { readonly scheme: Scheme }>,
    exchange: DrivenExchange,
  ) => AnyMachineSnapshot;
};

const STARTS: Starts = {
  NTLM: ({ policy, defences = DEFENCES }, { connection, server }) =>
    initialTransition(ntlmServerConnection, {
      server,
      names: [server],
      connection,
      certificate: null,
      policy,
      // The reader has already compared the target info: a right MIC covers this one.
      defences: { ...defences, timestamp: 'sent' },
      challenges: CHALLENGES,
    })[0],
  Basic: (_, { connection, server }) =>
    initialTransition(basicServerConnection, { server, connection, logonMethod: 'Network' })[0],
};

const started = (model: ServerModel, exchange: DrivenExchange): AnyMachineSnapshot =>
  STARTS[model.scheme](model as never, exchange);

type ServerStep = { readonly next: AnyMachineSnapshot; readonly outcome: AnswerOutcome };

/** The step of one event, with the answer of the page: an anonymous request is refused. */
function step(state: AnyMachineSnapshot, first: ServerEvent): ServerStep {
  let next = state;
  let user: UserName | null = null;
  let outcome: AnswerOutcome = { kind: 'closed' };
  const events: ServerEvent[] = [first];
  for (const event of events) {
    const [after, actions] = transition(next.machine, next as never, event);
    next = after;
    for (const effect of effectsOf(actions as never)) {
      if (!('to' in effect)) continue;
      const message = effect.event as WireEvent | PageEvent;
      if (message.type === 'wire.send') outcome = replied(message.message as Reply, user);
      if (message.type !== 'page.requested') continue;
      user = message.identity?.user ?? null;
      events.push({ type: user === null ? 'page.unauthorized' : 'page.ready' });
    }
  }
  return { next, outcome };
}

function replied({ type }: Reply, user: UserName | null): AnswerOutcome {
  if (type === 'CHALLENGE_MESSAGE') return { kind: 'challenge' };
  if (type === 'http.forbidden') return { kind: 'refused', status: 403 };
  return type === 'http.unauthorized' ? { kind: 'unauthorized' } : { kind: 'page', user };
}
