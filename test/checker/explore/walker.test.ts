/** Walks over the tables, one step at a time. */
import { describe, expect, it } from 'vitest';
import { walker } from '../../../checker/explore/walker.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { memory, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';

describe('a walker', () => {
  const REACH_0 = 0;
  const REACH_1 = 2;

  it('lists every offer in the order of the components', () => {
    expect(walker(table(2)).offers).toEqual([
      { component: 'philosopher0', event: { type: 'reach' } },
      { component: 'philosopher0', event: { type: 'leave' } },
      { component: 'philosopher1', event: { type: 'reach' } },
      { component: 'philosopher1', event: { type: 'leave' } },
    ]);
  });

  it('takes enabled offers, and does not change for others', () => {
    const walk = walker(table(2));
    expect(walk.enabled()).toEqual([REACH_0, REACH_1]);
    expect([walk.take(1), walk.take(REACH_0), walk.take(REACH_1)]).toEqual([false, true, true]);
    expect(walk.enabled()).toEqual([]);
    expect(walk.take(REACH_0)).toBe(false);
    expect(walk.snapshot('philosopher0').value).toBe('holding');
    expect(() => walk.take(4)).toThrow(/there is no offer 4/);
  });

  it('starts again where it began', () => {
    const walk = walker(table(2));
    walk.take(REACH_0);
    walk.reset();
    expect(walk.snapshot('fork0').value).toBe('free');
    expect(walk.enabled()).toEqual([REACH_0, REACH_1]);
    expect(walk.trace()).toEqual([]);
  });

  it('names the monitor that is violated, and tells how in a trace that replays', () => {
    const system = peterson(memory.provide({ guards: { mayPass: () => true } }));
    const walk = walker(system);
    for (const offer of [0, 0, 0, 1, 1]) expect(walk.take(offer)).toBe(true);
    expect(walk.violated()).toBeNull();
    walk.take(1);
    expect(walk.violated()).toBe('at most one is inside');
    expect(walk.trace()).toHaveLength(6);
    expect(replay(system, walk.trace()).snapshot('b').value).toBe('critical');
  });

  it('takes 10,000 walks of 60 steps, a new walker each, in less than a minute', () => {
    let steps = 0;
    for (let seed = 0; seed < 10_000; seed += 1) {
      const walk = walker(table(4, 1));
      for (let i = 0; i < 60; i += 1) {
        const enabled = walk.enabled();
        if (walk.take(enabled[(seed * 7 + i * i) % enabled.length]!)) steps += 1;
      }
    }
    expect(steps).toBe(600_000);
  });
});
