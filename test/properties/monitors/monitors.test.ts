/**
 * Each monitor alone, on signals that no system need make: violations, and near misses. The traces
 * of a monitor take each of its transitions, see each guard hold and fail, and kill its mutants.
 */
import { describe, expect, it } from 'vitest';
import {
  type AnyStateMachine,
  assign,
  initialTransition,
  type StateValue,
  transition,
} from 'xstate';
import type { Signal } from '../../../machines/vocabulary/signals.ts';
import { respond } from '../../../machines/vocabulary/terms.ts';
import { DIFFERING } from '../../../properties/deployments/with-pools.ts';
import { acceptedOnce } from '../../../properties/monitors/accepted-once.ts';
import { agreement, provedInRun } from '../../../properties/monitors/agreement.ts';
import { never } from '../../../properties/monitors/never.ts';
import { nothingPasses } from '../../../properties/monitors/nothing-passes.ts';
import { ownChallenge } from '../../../properties/monitors/own-challenge.ts';
import { alwaysLearned, neverLearned } from '../../../properties/monitors/passwords.ts';
import { reuse } from '../../../properties/monitors/reuse.ts';
import { servedAsOwner } from '../../../properties/monitors/served-as-owner.ts';
import { threeMessages } from '../../../properties/monitors/three-messages.ts';
import { happened, hasHappened, promptLoop } from '../../../properties/monitors/witnesses.ts';
import { allPaths, findIn, machineParts, sourceOf } from '../../support/sources.ts';
import { AGAINST_ADVERSARIES } from './support/adversary-traces.ts';
import { KEPT_CONNECTIONS } from './support/connection-traces.ts';
import { LIVENESS } from './support/liveness-traces.ts';
import {
  type Heard,
  hearing,
  type MonitorTrace,
  type Row,
  tracesOf,
} from './support/monitor-traces.ts';
import { THROUGH_PROXIES } from './support/proxy-traces.ts';

const HERE = 'alice>frontEnd#1';
const THERE = 'bob>frontEnd#1';
const ALICES = { passwordOf: 'alice' };
const BOBS = { passwordOf: 'bob' };
const MISTYPED = { passwordOf: null };

const by = (user: string | null, connection = HERE) => ({ user, connection });
const nonce = (serial: number, connection = HERE) => ({ connection, serial });

type Of<Type extends Signal['type']> = Extract<Signal, { type: Type }>;
const running = (over: Partial<Of<'running'>> = {}): Signal => ({
  type: 'running',
  user: 'alice',
  secret: ALICES,
  server: 'frontEnd',
  by: 'alice',
  connection: HERE,
  run: HERE,
  response: null,
  info: null,
  ...over,
});
const commit = (over: Partial<Of<'commit'>> = {}): Signal => ({
  type: 'commit',
  ...by('alice'),
  server: 'frontEnd',
  challenge: nonce(0),
  response: null,
  secret: ALICES,
  cause: 'alice',
  purpose: null,
  run: HERE,
  ...over,
});
const served = (user: string | null, connection = HERE, cause = user): Signal => ({
  type: 'served',
  ...by(user, connection),
  server: 'frontEnd',
  path: 'mailbox',
  cause,
  purpose: null,
});
const acting = (user: string | null, cause = user): Signal => ({
  type: 'acting',
  ...by(user),
  server: 'frontEnd',
  cause,
  purpose: null,
});
const rejected = (key: Of<'rejected'>['response']['key'], connection = HERE): Signal => ({
  type: 'rejected',
  connection,
  run: connection,
  response: respond({ user: 'alice', secret: key }, nonce(0), {
    pairs: null,
    lm: false,
    mic: null,
  }),
  why: 'isUnproven',
  own: {} as Extract<Signal, { type: 'rejected' }>['own'], // no monitor reads it
});
const learned = (secret: Of<'learned'>['secret'], by = 'frontEnd'): Signal => ({
  type: 'learned',
  secret,
  by,
});
const issued = (serial: number): Signal => ({
  type: 'issued',
  connection: HERE,
  challenge: nonce(serial),
  info: { computer: 'frontEnd', timestamp: true, flags: false },
});

const ANONYMOUS: Signal = {
  ...(rejected(null) as Of<'rejected'>),
  response: respond({ user: 'alice', secret: null }, nonce(0), {
    pairs: null,
    lm: false,
    mic: null,
  }),
};
const ALL_KINDS = [
  ...(['running', 'commit', 'rejected', 'learned', 'asked'] as const),
  ...(['refused', 'served', 'acting', 'message'] as const),
];
const PURPOSE = DIFFERING.credentials[0];

// Of alice, at the front end, on her connection.
const run = running();
const accepted = commit();
const answering = (serial: number, connection = HERE) =>
  commit({ challenge: nonce(serial, connection) });
const page = served('alice');
const asked = (user: string | null): Signal => ({ type: 'asked', ...by(user), purpose: null });
const asks = asked('alice');
const answered: Signal = { type: 'answered', connection: HERE };
const message: Signal = { type: 'message', connection: HERE };
const closed: Signal = { type: 'closed', connection: HERE };
const prompted: Signal = { type: 'prompted', user: 'alice', server: 'frontEnd' };

const endOf = (machine: AnyStateMachine, { input, signals }: MonitorTrace): StateValue =>
  signals.reduce(
    (state, signal) => transition(machine, state, signal)[0],
    initialTransition(machine, input)[0],
  ).value;

/** As above, of a mutant, which may break down. */
function endOfMutant(mutant: AnyStateMachine, trace: MonitorTrace): StateValue | Error {
  try {
    return endOf(mutant, trace);
  } catch (error) {
    return error as Error;
  }
}

/** The transitions that the traces take, and the outcomes of guards that they see. */
function covered(machine: AnyStateMachine, traces: readonly MonitorTrace[]) {
  const outcomes = new Set<string>();
  const guards = Object.fromEntries(
    Object.entries(machine.implementations.guards).map(([name, guard]) => [
      name,
      (args: unknown, params: unknown) => {
        const outcome = (guard as (...all: unknown[]) => boolean)(args, params);
        outcomes.add(`${name}: ${outcome}`);
        return outcome;
      },
    ]),
  );
  const watched = machine.provide({ guards });
  const taken = new Set<unknown>();
  for (const { input, signals } of traces) {
    let [state] = initialTransition(watched, input);
    for (const signal of signals) {
      for (const definition of watched.getTransitionData(state, signal)) taken.add(definition);
      [state] = transition(watched, state, signal);
    }
  }
  const all = Object.values(watched.states).flatMap((state) =>
    [...state.transitions.values()].flat(),
  );
  const left = all.filter((definition) => !taken.has(definition));
  return { left: left.map(({ source, eventType }) => `${source.key}: ${eventType}`), outcomes };
}

/** Each guard that it uses made always true, always false or inverted, and each update left out. */
function mutantsOf(machine: AnyStateMachine): readonly (readonly [string, AnyStateMachine])[] {
  const { guards, actions } = machineParts(machine);
  const original = (name: string) =>
    machine.implementations.guards[name] as (...all: unknown[]) => boolean;
  return [
    ...guards.flatMap((name) =>
      Object.entries({
        'always true': () => true,
        'always false': () => false,
        inverted: (...all: unknown[]) => !original(name)(...all),
      }).map(
        ([how, guard]) =>
          [`${name}: ${how}`, machine.provide({ guards: { [name]: guard } })] as const,
      ),
    ),
    ...actions.map(
      (name) =>
        [`${name}: left out`, machine.provide({ actions: { [name]: assign({}) } })] as const,
    ),
  ];
}

const MONITORS: readonly Heard[] = [
  hearing(acceptedOnce, { connection: HERE, serial: 0 }, [
    ['one serial, accepted twice', 'violated', accepted, accepted],
    [
      'a serial accepted again after others, and whoever for',
      'violated',
      accepted,
      answering(1),
      commit({ user: 'bob', challenge: nonce(0) }),
    ],
    [
      'its serial accepted on another connection, then here',
      'violated',
      commit({ connection: THERE }),
      accepted,
    ],
    ['serials 0 and 1, once each', 'answered', accepted, answering(1)],
    ['serial 1, twice', 'watching', answering(1), answering(1)],
    ['serial 0 of another connection, twice', 'watching', answering(0, THERE), answering(0, THERE)],
    ['serial 0 of another connection, after its own', 'answered', accepted, answering(0, THERE)],
    [
      'two sign-ins by Basic, which answer no challenge',
      'watching',
      commit({ challenge: null }),
      commit({ challenge: null }),
    ],
  ]),
  [
    agreement,
    [
      ...tracesOf(agreement, { server: 'frontEnd', proves: ['alice'] }, [
        ["a proof of alice, made by alice's client", 'watching', accepted, accepted],
        ['an acceptance of an anonymous user', 'violated', commit({ user: null, secret: null })],
        [
          'bob accepted by a proof of the client of alice',
          'violated',
          commit({ user: 'bob', secret: BOBS }),
        ],
        ['accepted by another server', 'violated', commit({ server: 'mailbox' })],
        ['accepted with a mistyped password', 'violated', commit({ secret: MISTYPED })],
        ["accepted with bob's password", 'violated', commit({ secret: BOBS })],
        ['accepted without a password', 'violated', commit({ secret: null })],
      ]),
      ...tracesOf(agreement, { server: 'frontEnd', proves: [] }, [
        ['accepted by a proof of a middle tier', 'violated', accepted],
      ]),
      ...tracesOf(agreement, { server: 'frontEnd', proves: null }, [
        ['with any holder: accepted by a proof of a middle tier', 'watching', accepted],
        ['with any holder: no password', 'violated', commit({ secret: null })],
      ]),
    ],
  ],
  hearing(provedInRun, undefined, [
    ['an acceptance in a run', 'watching', accepted],
    ['an acceptance without a run', 'violated', accepted, commit({ run: null })],
  ]),
  [
    never,
    [
      ...tracesOf(never, { kinds: ['commit', 'acting'], connections: [HERE], ofProgram: false }, [
        ['accepted', 'violated', accepted],
        ['acted for', 'violated', acting('alice')],
        ['accepted elsewhere, by a proof made here', 'violated', commit({ connection: THERE })],
        ['accepted elsewhere', 'waiting', commit({ connection: THERE, run: THERE })],
        ['accepted elsewhere, without a run', 'waiting', commit({ connection: THERE, run: null })],
        ['an anonymous user accepted', 'waiting', commit({ user: null })],
        ['something else', 'waiting', page, asks, message],
      ]),
      ...tracesOf(never, { kinds: ALL_KINDS, connections: null, ofProgram: false }, [
        ...[run, rejected(ALICES), learned(ALICES), asks, page, message].map(
          (signal): Row => [`any ${signal.type}`, 'violated', signal],
        ),
        ['a 401', 'violated', { type: 'refused', connection: HERE }],
        ['a mistyped password seen', 'waiting', learned(MISTYPED), learned(null)],
        ['an anonymous response refused', 'waiting', ANONYMOUS],
      ]),
      ...tracesOf(never, { kinds: ['served'], connections: null, ofProgram: true }, [
        ['a page for a user', 'waiting', page],
        ['a page for a program', 'violated', { ...page, purpose: PURPOSE } as Signal],
      ]),
    ],
  ],
  [
    happened,
    [
      ...tracesOf(happened, { what: 'commit', connections: [HERE, THERE] }, [
        ['waiting for a sign-in: one', 'happened', accepted],
        ['waiting for a sign-in: one at the last', 'happened', commit({ connection: THERE })],
        ['waiting for a sign-in: as nobody', 'waiting', commit({ user: null })],
        ['waiting for a sign-in: elsewhere', 'waiting', commit({ connection: 'bob>mailbox#1' })],
        ['waiting for a sign-in: other things', 'waiting', page, rejected(ALICES)],
      ]),
      ...tracesOf(happened, { what: 'served', connections: [HERE] }, [
        ['waiting for a page: for a user', 'happened', accepted, page],
        ['waiting for a page: for anybody', 'waiting', served(null)],
        ['waiting for a page: elsewhere', 'waiting', served('alice', THERE)],
      ]),
    ],
  ],
  hearing(nothingPasses, undefined, [
    ['anybody accepted', 'violated', accepted],
    ['nobody accepted', 'violated', commit({ user: null })],
    ['a response with a key refused', 'violated', rejected(ALICES)],
    ["a response with nobody's key refused", 'violated', rejected(MISTYPED)],
    ['responses without a key refused', 'watching', rejected(null), rejected(null)],
  ]),
  hearing(ownChallenge, undefined, [
    ['an acceptance before any challenge', 'violated', accepted],
    ['the challenge before the last', 'violated', issued(0), issued(1), accepted],
    ["another connection's, of the same serial", 'violated', issued(0), answering(0, THERE)],
    ['no challenge at all', 'violated', issued(0), commit({ challenge: null })],
    ['the last, after the connection closed', 'violated', issued(0), closed, accepted],
    ['the last', 'watching', issued(0), accepted],
    ['the last of two', 'watching', issued(0), issued(1), answering(1)],
  ]),
  hearing(neverLearned, { user: 'alice', server: 'frontEnd' }, [
    ["alice's password, seen by the host", 'violated', learned(null), learned(ALICES)],
    ["bob's, seen by the host", 'watching', learned(BOBS)],
    ['a mistyped one, seen by the host', 'watching', learned(MISTYPED)],
    ["alice's, seen by another host", 'watching', learned(ALICES, 'mailbox')],
  ]),
  hearing(alwaysLearned, { user: 'alice', server: 'frontEnd' }, [
    ['alice accepted, no password seen', 'violated', accepted],
    ["alice accepted, bob's password seen", 'violated', learned(BOBS), accepted],
    ['alice accepted, hers seen elsewhere', 'violated', learned(ALICES, 'mailbox'), accepted],
    ['alice accepted, hers seen afterwards', 'violated', accepted, learned(ALICES)],
    ['alice accepted, hers seen before', 'learned', learned(ALICES), accepted],
    [
      'others accepted, and alice elsewhere',
      'watching',
      commit({ user: 'bob' }),
      commit({ server: 'mailbox' }),
      commit({ user: null }),
    ],
  ]),
  hearing(promptLoop, undefined, [
    ['accepted, asked, accepted, asked', 'looping', accepted, prompted, accepted, prompted],
    [
      'a first prompt, which is no loop yet',
      'acceptedAgain',
      prompted,
      accepted,
      prompted,
      accepted,
    ],
    ['asked twice, accepted once', 'askedAgain', accepted, prompted, prompted],
    ['accepted twice, never asked', 'accepted', accepted, accepted],
  ]),
  hearing(reuse, undefined, [
    ['a second page, with no further message', 'reused', accepted, page, asks, page],
    ['a third page, on its way', 'asking', accepted, page, asks, page, asks],
    ['one page, however often it is claimed', 'signedIn', accepted, page, page],
    ['a second page after another message', 'signedOut', accepted, page, asks, message, page],
    ['a second request that is not served', 'signedOut', accepted, page, asks, answered, page],
    ['a second page for anybody', 'asking', accepted, page, asked(null), served(null)],
    ['a first page for anybody', 'proven', accepted, served(null), asks],
    ['a sign-in whose page is not served', 'signedOut', accepted, answered, page],
    ['a connection that closes in between', 'signedOut', accepted, page, closed, asks, page],
    ['one that closes after', 'signedOut', accepted, page, asks, page, closed],
  ]),
  hearing(servedAsOwner, undefined, [
    [
      'served as bob, who signed in, on a request of alice',
      'violated',
      commit({ user: 'bob' }),
      served('bob', HERE, 'alice'),
    ],
    ['served as alice, who sent it; bob signed in', 'violated', commit({ user: 'bob' }), page],
    ['served as alice, who never signed in', 'violated', page],
    [
      'acted on as bob, on a request of alice',
      'violated',
      commit({ user: 'bob' }),
      acting('bob', 'alice'),
    ],
    ['signed in on a connection that closed', 'violated', accepted, closed, page],
    ['alice sent it, signed in, and is served', 'watching', accepted, page],
    ['and is acted for', 'watching', accepted, acting('alice')],
    ['twice, with one sign-in', 'watching', accepted, page, answered, page],
    [
      'served without a user, although alice signed in',
      'watching',
      accepted,
      served(null, HERE, 'bob'),
    ],
  ]),
  hearing(threeMessages, undefined, [
    ['a fourth message', 'violated', message, message, message, message],
    ['three messages', 'watching', message, message, message],
    [
      'three, the answer, and three more',
      'watching',
      message,
      message,
      message,
      answered,
      message,
      message,
      message,
    ],
  ]),
  ...LIVENESS,
  ...KEPT_CONNECTIONS,
  ...AGAINST_ADVERSARIES,
  ...THROUGH_PROXIES,
];

it('every monitor there is has traces here', () => {
  const defined = allPaths('properties/monitors').flatMap((path) =>
    findIn(sourceOf(path), ['code'], /\bcreateMachine\(/),
  );
  expect(MONITORS).toHaveLength(defined.length);
});

describe.each(MONITORS.map(([machine, traces]) => [machine.id, machine, traces] as const))(
  '%s',
  (_, machine, traces) => {
    it.each(traces.map((trace) => [trace.says, trace.ends, trace] as const))(
      '%s: %s',
      (_, ends, trace) => {
        expect(endOf(machine, trace)).toBe(ends);
      },
    );

    it('takes every transition, and sees every guard hold and fail', () => {
      const { left, outcomes } = covered(machine, traces);
      expect(left).toEqual([]);
      expect([...outcomes].sort()).toEqual(
        machineParts(machine).guards.flatMap((name) => [`${name}: false`, `${name}: true`]),
      );
    });

    it('differs from each of its mutants on some trace', () => {
      const surviving = mutantsOf(machine).filter(([, mutant]) =>
        traces.every((trace) => endOfMutant(mutant, trace) === trace.ends),
      );
      expect(surviving.map(([what]) => what)).toEqual([]);
    });
  },
);

describe('hasHappened', () => {
  it('holds in the state `happened` of its monitor alone', () => {
    const [waiting] = initialTransition(happened, { what: 'commit', connections: [HERE] });
    const [after] = transition(happened, waiting, accepted);
    expect([waiting, after].map((state) => hasHappened.holds(state))).toEqual([false, true]);
  });
});
