/** The search, on systems whose answers are known, and counted a second time without it. */
import { describe, expect, it } from 'vitest';
import type { Property } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';
import { jugSystem } from '../support/jugs.ts';
import { memory, mutualExclusion, other, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';
import { explore, stepsTo } from '../support/plain-search.ts';

const LIMITS = { statesMax: 100_000 };

describe('two jugs of 3 and 5 litres', () => {
  const neverFour: Property = {
    kind: 'always',
    name: 'the larger jug never holds 4 litres',
    reads: ['jugs'],
    holds: (jugs) => jugs?.context.five !== 4,
  };
  const graph = explore({ three: 0, five: 0 }, ({ three, five }) => {
    const up = Math.min(three, 5 - five);
    const down = Math.min(five, 3 - three);
    return [
      { three: 3, five },
      { three, five: 5 },
      { three: 0, five },
      { three, five: 0 },
      { three: three - up, five: five + up },
      { three: three + down, five: five - down },
    ];
  });

  it('have 16 fillings and 96 transitions', () => {
    const { states, transitions, depth } = search(jugSystem, [], LIMITS);
    expect([states, transitions]).toEqual([16, 96]);
    expect([states, transitions, depth]).toEqual([16, graph.transitions, graph.depth]);
  });

  it('hold 4 litres after 6 steps, and no sooner', () => {
    const trace = search(jugSystem, [neverFour], LIMITS).violated.get(neverFour.name);
    expect(stepsTo(graph, ({ five }) => five === 4)).toBe(6);
    expect(trace?.map(({ event }) => `${event.type} ${event.jug ?? event.from}`)).toEqual([
      'fill five',
      'pour five',
      'empty three',
      'pour five',
      'fill five',
      'pour five',
    ]);
  });
});

describe('dining philosophers', () => {
  type Seat = 'thinking' | 'holding' | 'eating';

  /** The same table without forks as components: a fork is taken if a neighbour has it. */
  const dinner = (seats: number, leftHanded: number) => {
    const has = (who: readonly Seat[], fork: number) =>
      [fork, (fork + seats - 1) % seats].some((i) => {
        const first = i < leftHanded ? (i + 1) % seats : i;
        return who[i] === 'eating' || (who[i] === 'holding' && first === fork);
      });
    return explore(Array<Seat>(seats).fill('thinking'), (who) =>
      who.flatMap((seat, i) => {
        const sides = i < leftHanded ? [(i + 1) % seats, i] : [i, (i + 1) % seats];
        if (seat === 'thinking' && !has(who, sides[0]!)) return [who.with(i, 'holding')];
        if (seat === 'holding' && !has(who, sides[1]!)) return [who.with(i, 'eating')];
        return seat === 'eating' ? [who.with(i, 'thinking')] : [];
      }),
    );
  };

  it.each([
    [3, 14, 27],
    [5, 82, 265],
    [8, 1_154, 5_968],
  ])('%i of them have %i states and %i transitions', (seats, states, transitions) => {
    expect(search(table(seats), [], LIMITS)).toMatchObject({ states, transitions });
    const counted = dinner(seats, 0);
    expect([counted.states.length, counted.transitions]).toEqual([states, transitions]);
  });

  it.each([2, 3, 4, 5, 6])('%i of them starve when each has taken one fork', (seats) => {
    const { deadlock } = search(table(seats), [], LIMITS);
    expect(deadlock).toHaveLength(seats);
    expect(new Set(deadlock?.map(({ component }) => component)).size).toBe(seats);
  });

  it.each([2, 3, 5, 8])('%i of them never starve with one left-handed', (seats) => {
    const { deadlock, states, transitions, depth } = search(table(seats, 1), [], LIMITS);
    expect(deadlock).toBeNull();
    const counted = dinner(seats, 1);
    expect([states, transitions, depth]).toEqual([
      counted.states.length,
      counted.transitions,
      counted.depth,
    ]);
  });

  it('are refused a taken fork, and refused nothing else', () => {
    expect(search(table(4), [], LIMITS).refusals).toEqual([
      { sender: 'philosopher', addressee: 'fork', state: 'taken', event: 'take' },
    ]);
  });

  it('neighbours never eat at once', () => {
    const apart: Property = {
      kind: 'always',
      name: 'neighbours do not eat at once',
      reads: ['philosopher0', 'philosopher1'],
      holds: (left, right) => !(left?.value === 'eating' && right?.value === 'eating'),
    };
    expect(search(table(5), [apart], LIMITS).violated.size).toBe(0);
  });
});

describe("Peterson's algorithm", () => {
  const unguarded = memory.provide({ guards: { mayPass: () => true } });
  const turnIgnored = memory.provide({
    guards: { mayPass: ({ context }, { from }) => !context[other(from)] },
  });
  const returns: Property = {
    kind: 'reachable',
    name: 'either process can still become critical',
    reads: ['a', 'b'],
    holds: (a, b) => a?.value === 'critical' || b?.value === 'critical',
  };

  /** Flags follow from where the processes are; the turn does not. */
  const counted = (waits: boolean) =>
    explore({ at: [0, 0], turn: 0 }, ({ at, turn }) =>
      [0, 1].flatMap((me) => {
        const mine = at[me]!;
        if (waits && mine === 2 && at[1 - me] !== 0 && turn !== me) return [];
        return [{ at: at.with(me, (mine + 1) % 4), turn: mine === 1 ? 1 - me : turn }];
      }),
    );

  it('excludes mutually, as a property and as a monitor say, in all of its states', () => {
    const { violated, states, transitions } = search(peterson(), [mutualExclusion], LIMITS);
    expect(violated.size).toBe(0);
    const graph = counted(true);
    expect([states, transitions]).toEqual([graph.states.length, graph.transitions]);
    expect([states, transitions]).toEqual([20, 34]);
  });

  it('fails in 6 steps if no process waits, and both searches find it', () => {
    const { violated } = search(peterson(unguarded), [mutualExclusion], LIMITS);
    const steps = stepsTo(counted(false), ({ at }) => at[0] === 3 && at[1] === 3);
    expect(steps).toBe(6);
    expect([...violated].map(([name, trace]) => [name, trace.length])).toEqual([
      ['at most one is inside', steps],
      [mutualExclusion.name, steps],
    ]);
  });

  it('is doomed in 2 steps and deadlock in 4 when the turn is ignored, though it excludes', () => {
    const { violated, deadlock } = search(
      peterson(turnIgnored),
      [mutualExclusion, returns],
      LIMITS,
    );
    expect(violated.has(mutualExclusion.name)).toBe(false);
    expect(deadlock).toHaveLength(4);
    expect(violated.get(returns.name)).toHaveLength(2);
    expect(search(peterson(), [returns], LIMITS).violated.size).toBe(0);
  });

  it('tells signals and messages in the order in which they were sent', () => {
    const { violated } = search(peterson(unguarded), [mutualExclusion], LIMITS);
    expect(violated.get(mutualExclusion.name)?.at(-1)?.deliveries).toEqual([
      { from: 'b', to: 'memory', event: { type: 'pass', from: 'b' } },
      { from: 'b', to: '*', event: { type: 'entered' } },
    ]);
  });
});
