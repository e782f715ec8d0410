/** The report of a search, its limits, and its properties. */
import { describe, expect, it, vi } from 'vitest';
import { assign, createMachine } from 'xstate';
import { roomIn } from '../../checker/explore/explored.ts';
import { LimitReached, type Limits } from '../../checker/explore/limits.ts';
import type { Property, StateProperty, System } from '../../checker/model/system.ts';
import { search } from '../../checker/search.ts';
import { component } from './support/components.ts';
import { jugSystem } from './support/jugs.ts';
import { odometers } from './support/odometers.ts';
import { memory, mutualExclusion, peterson } from './support/peterson.ts';
import { table } from './support/philosophers.ts';

const LIMITS = { statesMax: 100_000 };

const about = (
  kind: StateProperty['kind'],
  reads: readonly string[],
  holds: Property['holds'],
): Property => ({ kind, name: `${kind}: ${holds}`, reads, holds });

describe('a limit', () => {
  const attempt = (limits: Limits) => attemptAt(jugSystem, limits);
  const attemptAt = (system: System, limits: Limits): unknown => {
    try {
      return search(system, [], limits);
    } catch (error) {
      return error;
    }
  };

  it('of states is inclusive: 16 are enough for 16, and 15 are not', () => {
    expect(attempt({ statesMax: 16 })).toMatchObject({ states: 16, exhausted: true });
    const error = attempt({ statesMax: 15 });
    expect(error).toBeInstanceOf(LimitReached);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ states: 15, depth: 7 });
    expect(String(error)).toMatch(/more than 15 states: nothing was proved \(15 states, \d+ trans/);
  });

  it('of memory stops a search before it takes more', () => {
    const bytesMax = 2 ** 22;
    const error = attemptAt(odometers('abcd'), { statesMax: 999_999, bytesMax });
    expect(String(error)).toMatch(/more than 4 MiB of memory: nothing was proved \(\d{5,6} states/);
    expect((error as LimitReached).bytes).toBeLessThanOrEqual(bytesMax);
    expect(attemptAt(odometers('abc'), { statesMax: 99_999 })).toMatchObject({ exhausted: true });
  });

  it('of available memory is reported', () => {
    const counts = { states: 7, frontier: 1, transitions: 9, depth: 2 };
    const room = roomIn({ statesMax: 9, bytesMax: 2 ** 34 }, () => ({
      ...counts,
      milliseconds: 3,
      bytes: 4,
    }));
    expect(() => room(2 ** 20)).not.toThrow();
    expect(() => room(Number.POSITIVE_INFINITY)).toThrow(
      'more than the available memory: nothing was proved (7 states',
    );
  });

  it('of no states stops before the first', () => {
    expect(attempt({ statesMax: 0 })).toBeInstanceOf(LimitReached);
  });

  it('of time says how far the search got', () => {
    const error = attempt({ statesMax: 16, millisecondsMax: 0 });
    expect(error).toBeInstanceOf(LimitReached);
    expect(error).toMatchObject({ states: 1, transitions: 0, depth: 0 });
    expect(String(error)).toMatch(/more than 0 ms: nothing was proved/);
    expect(attempt({ statesMax: 16, millisecondsMax: 60_000 })).toMatchObject({ states: 16 });
  });

  it('of time stops a search under way', () => {
    const limits = { statesMax: 10_000_000, millisecondsMax: 30 };
    expect(() => search(odometers('abcde'), [], limits)).toThrow(/nothing was proved/);
  });
});

describe('a search', () => {
  it('reports progress about every 20,000 states', () => {
    const onProgress = vi.fn();
    const { states, transitions, depth } = search(odometers('abc'), [], { ...LIMITS, onProgress });
    expect([states, transitions, depth]).toEqual([28 ** 3, 3 * 28 ** 3, 81]);
    expect(onProgress).toHaveBeenCalledOnce();
    expect(onProgress.mock.calls[0]?.[0].states).toBeGreaterThanOrEqual(20_000);
    expect(onProgress.mock.calls[0]?.[0].depth).toBeLessThan(81);
  });

  it('stops at a violation with `stopAtViolation`, and is then not exhaustive', () => {
    const broken = peterson(memory.provide({ guards: { mayPass: () => true } }));
    const whole = search(broken, [mutualExclusion], LIMITS);
    const cut = search(broken, [mutualExclusion], { ...LIMITS, stopAtViolation: true });
    expect([whole.exhausted, cut.exhausted]).toEqual([true, false]);
    expect(cut.states).toBeLessThan(whole.states);
    expect(cut.violated.get(mutualExclusion.name)).toHaveLength(6);
  });

  it('asks XState nothing the second time', () => {
    search(table(3), [], LIMITS);
    expect(search(table(3), [], LIMITS).evaluations).toBe(0);
    expect(search(table(7), [], LIMITS).evaluations).toBe(0);
  });

  it('of nothing has one state, and is deadlock in it', () => {
    expect(search([], [], LIMITS)).toMatchObject({ states: 1, transitions: 0, deadlock: [] });
  });

  it('counts states beyond 65,536 of one machine', () => {
    const wide = createMachine({ context: { n: 0 }, on: { go: { actions: 'count' } } }).provide({
      actions: { count: assign(({ context }) => ({ n: (context.n + 1) % 66_000 })) },
    });
    const system = [component('a', wide, { offers: [{ type: 'go' }] })];
    expect(search(system, [], LIMITS)).toMatchObject({ states: 66_000, depth: 65_999 });
  });
});

describe('a property', () => {
  const eats = (name: string) => about('sometimes', [name], (who) => who?.value === 'eating');

  it('that sometimes holds has a shortest witness, and one that never does is named', () => {
    const met = eats('philosopher1');
    const unmet = about('sometimes', ['philosopher0'], (who) => who?.value === 'talking');
    const { witnessed, unwitnessed, violated } = search(table(4), [met, unmet], LIMITS);
    expect(witnessed.get(met.name)?.map(({ component }) => component)).toEqual([
      'philosopher1',
      'philosopher1',
    ]);
    expect(unwitnessed).toEqual([unmet.name]);
    expect(violated.size).toBe(0);
  });

  it('that becomes unreachable has a shortest trace to the first such state', () => {
    const someoneEats = about('reachable', ['philosopher0', 'philosopher1'], (...all) =>
      all.some(({ value }) => value === 'eating'),
    );
    expect(search(table(2), [someoneEats], LIMITS).violated.get(someoneEats.name)).toHaveLength(2);
    expect(search(table(2, 1), [someoneEats], LIMITS).violated.size).toBe(0);
  });

  it('that is always reachable may hold rarely: an odometer returns to 0', () => {
    const zero = about('reachable', ['a', 'b'], (a, b) => a?.context.n + b?.context.n === 0);
    expect(search(odometers('ab'), [zero], LIMITS).violated.size).toBe(0);
  });

  it('that fails at once has the empty trace', () => {
    const never = about('always', [], () => false);
    expect(search(jugSystem, [never], LIMITS).violated.get(never.name)).toEqual([]);
  });

  it('is called once for each combination of states that it reads', () => {
    const holds = vi.fn(() => true);
    const system = odometers('abc');
    search(system, [{ kind: 'always', name: 'p', reads: ['c', 'a'], holds }], LIMITS);
    expect(holds).toHaveBeenCalledTimes(28 ** 2);
  });

  it('that reads an unknown component is an error', () => {
    const lost = about('always', ['nobody'], () => true);
    expect(() => search(jugSystem, [lost], LIMITS)).toThrow(/reads nobody/);
  });

  it.each([
    ['another property', mutualExclusion.name],
    ['a monitor', 'at most one is inside'],
  ])('that shares its name with %s is an error', (_, name) => {
    const properties = [mutualExclusion, { ...mutualExclusion, name }];
    expect(() => search(peterson(), properties, LIMITS)).toThrow(/two properties or monitors/);
  });
});
