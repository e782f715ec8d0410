/** The search against two others: XState's own, and a naive one over the plain step semantics. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { walker } from '../../../checker/explore/walker.ts';
import type { Property, System, Trace } from '../../../checker/model/system.ts';
import { plainStart, plainStep, replay, type Snapshots } from '../../../checker/replay/replay.ts';
import { type SearchResult, search } from '../../../checker/search.ts';
import { component } from '../support/components.ts';
import { JUG_EVENTS, jugs } from '../support/jugs.ts';
import { fork, philosopher } from '../support/philosophers.ts';
import { canReach, explore, type Graph, stepsTo } from '../support/plain-search.ts';
import { bothAlert, comesBack, counts, STATE_PROPERTIES } from '../support/properties.ts';
import { anyMachine, anySystem, build, buildSystem, OFFERS } from '../support/random-systems.ts';

const LIMITS = { statesMax: 100_000 };

/** States and enabled transitions, as XState counts them. */
function countedByXState(machine: AnyStateMachine, events: readonly AnyEventObject[]) {
  const map = getAdjacencyMap(machine, {
    events: [...events],
    filterEvents: (snapshot, event) => (snapshot as AnyMachineSnapshot).can(event),
  });
  const states = Object.values(map);
  const transitions = states.flatMap((state) => Object.keys(state.transitions));
  return { states: states.length, transitions: transitions.length };
}

describe('the search of one machine agrees with xstate/graph', () => {
  const alone = (machine: AnyStateMachine, offers: readonly AnyEventObject[]) => [
    component('alone', machine, { offers, ports: { first: null, second: null } }),
  ];

  it.each([
    ['jugs', jugs, JUG_EVENTS, 16],
    ['a fork', fork, [{ type: 'take' }, { type: 'put' }], 2],
    ['a philosopher without forks', philosopher, [{ type: 'reach' }, { type: 'leave' }], 3],
  ] as const)('on %s', (_, machine, offers, states) => {
    const counted = countedByXState(machine, offers);
    expect(counted.states).toBe(states);
    expect(search(alone(machine, offers), [], LIMITS)).toMatchObject(counted);
  });

  it('on 300 random machines', () => {
    const events = [...OFFERS, { type: 'ask', from: 'first' }, { type: 'end', from: 'second' }];
    fc.assert(
      fc.property(anyMachine, (spec) => {
        const machine = build(spec, ['first', 'second']);
        const counted = countedByXState(machine, events);
        expect(search(alone(machine, events), [], LIMITS)).toMatchObject(counted);
      }),
      { numRuns: 300 },
    );
  });
});

const exploredPlainly = (system: System): Graph<Snapshots> =>
  explore(
    plainStart(system),
    (state) =>
      system.flatMap(({ name, offers }) =>
        offers.flatMap((event) => plainStep(system, state, name, event)?.after ?? []),
      ),
    (state) => JSON.stringify([...state.values()].map(({ value, context }) => [value, context])),
  );

const holdsIn = ({ reads, holds }: Property, state: Snapshots) =>
  holds(...reads.map((name) => state.get(name)!));

/** Steps to each finding, by name, found without the checker. */
function findingsOf(system: System, graph: Graph<Snapshots>): Record<string, number | null> {
  const calm = (state: Snapshots) => holdsIn(comesBack, state);
  const monitors = system.filter(({ monitor }) => monitor).map(({ name }) => name);
  return {
    [bothAlert.name]: stepsTo(graph, (state) => !holdsIn(bothAlert, state)),
    [counts.name]: stepsTo(graph, (state) => holdsIn(counts, state)),
    [comesBack.name]: stepsTo(graph, (_, index) => !canReach(graph, index, calm)),
    deadlock: stepsTo(graph, (_, index) => graph.ends[index]!.length === 0),
    ...Object.fromEntries(
      monitors.map((name) => [
        name,
        stepsTo(graph, (state) => state.get(name)?.value === 'violated'),
      ]),
    ),
  };
}

function findingsIn(system: System, { violated, witnessed, deadlock }: SearchResult) {
  const steps = (trace: Trace | null | undefined) => trace?.length ?? null;
  const monitors = system.filter(({ monitor }) => monitor).map(({ name }) => name);
  return {
    ...Object.fromEntries(monitors.map((name) => [name, steps(violated.get(name))])),
    [bothAlert.name]: steps(violated.get(bothAlert.name)),
    [counts.name]: steps(witnessed.get(counts.name)),
    [comesBack.name]: steps(violated.get(comesBack.name)),
    deadlock: steps(deadlock),
  };
}

describe('on random systems of 2 to 4 machines', () => {
  it('the search agrees with a naive one in counts and shortest traces, 300 times', () => {
    const seen = { violated: 0, witnessed: 0, reachable: 0, deadlock: 0, refused: 0, monitors: 0 };
    fc.assert(
      fc.property(anySystem, (spec) => {
        const system = buildSystem(spec);
        const graph = exploredPlainly(system);
        const result = search(system, STATE_PROPERTIES, LIMITS);
        const { states, transitions, depth, violated } = result;
        expect([states, transitions, depth]).toEqual([
          graph.states.length,
          graph.transitions,
          graph.depth,
        ]);
        expect(findingsIn(system, result)).toEqual(findingsOf(system, graph));
        seen.violated += violated.has(bothAlert.name) ? 1 : 0;
        seen.reachable += violated.has(comesBack.name) ? 1 : 0;
        seen.monitors += violated.has('m0') ? 1 : 0;
        seen.witnessed += result.witnessed.size;
        seen.deadlock += result.deadlock ? 1 : 0;
        seen.refused += result.refusals.length > 0 ? 1 : 0;
      }),
      { numRuns: 300 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });

  it('a walk takes exactly the steps of the plain semantics, and its trace replays', () => {
    fc.assert(
      fc.property(anySystem, fc.array(fc.nat(7), { maxLength: 20 }), (spec, choices) => {
        const system = buildSystem(spec);
        const walk = walker(system);
        let state = plainStart(system);
        for (const choice of choices) {
          const offer = choice % walk.offers.length;
          const { component, event } = walk.offers[offer]!;
          const taken = plainStep(system, state, component, event);
          expect(walk.enabled().includes(offer)).toBe(taken !== null);
          expect(walk.take(offer)).toBe(taken !== null);
          if (taken) state = taken.after;
        }
        const run = replay(system, walk.trace());
        for (const { name } of system) {
          const { value, context } = state.get(name)!;
          expect(walk.snapshot(name)).toMatchObject({ value, context });
          expect(run.snapshot(name)).toMatchObject({ value, context });
        }
      }),
      { numRuns: 300 },
    );
  });
});
