/** Walks that close a fair loop, and walks that do not yet. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walker } from '../../../checker/explore/walker.ts';
import { dutiesOf, NONE } from '../../../checker/liveness/fairness.ts';
import { LassoWatch } from '../../../checker/liveness/lasso.ts';
import type { Response, System } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';
import { alternatingBit } from '../support/alternating-bit.ts';
import { faultOf, offerGraph, owesForEver } from '../support/fair-runs.ts';
import { anySystem, buildSystem, OFFERS } from '../support/random-systems.ts';

const LIMITS = { statesMax: 100_000 };

/** Walks through `system` by offers, those that can be taken, and says what the watch said. */
function watched(system: System, response: Response, choices: readonly number[]) {
  const walk = walker(system);
  const watch = new LassoWatch(dutiesOf(response, walk.offers));
  const names = system.map(({ name }) => name);
  const look = () => {
    const holds = response.holds(...response.reads.map(walk.snapshot));
    return watch.visit(walk.key(names), !holds, walk.enabled());
  };
  let start = look();
  let taken = 0;
  for (const choice of choices) {
    if (start !== null) break;
    const enabled = walk.enabled();
    if (enabled.length === 0) break;
    const offer = enabled[choice % enabled.length]!;
    walk.take(offer);
    watch.take(offer);
    taken += 1;
    start = look();
  }
  return { start, taken, trace: walk.trace() };
}

describe('a watch', () => {
  const [FINITE, FREE, WEAK, OTHER] = [0, 1, 2, 3];
  const watch = () =>
    new LassoWatch({ of: [NONE, NONE, 0, 1], isFinite: [true, false, false, false] });

  it('says nothing of the same state again while a weak offer waited all along', () => {
    const walk = watch();
    expect(walk.visit('a', true, [FREE, WEAK])).toBeNull();
    walk.take(FREE);
    expect(walk.visit('b', true, [FREE, WEAK])).toBeNull();
    walk.take(FREE);
    expect(walk.visit('a', true, [FREE, WEAK])).toBeNull();
    walk.take(WEAK);
    expect(walk.visit('a', true, [FREE, WEAK])).toBe(0);
  });

  it('is content where the weak offer was once not enabled, or was another each time', () => {
    const walk = watch();
    walk.visit('a', true, [WEAK]);
    walk.take(FREE);
    walk.visit('b', true, [OTHER]);
    walk.take(FREE);
    expect(walk.visit('a', true, [WEAK])).toBe(0);
  });

  it('tells a state that may be kept at once, since nothing has to happen in it', () => {
    const walk = watch();
    walk.visit('a', true, [WEAK]);
    walk.take(WEAK);
    expect(walk.visit('b', true, [FREE, FINITE])).toBe(1);
  });

  it('begins anew where nothing is owed, and after a step taken only finitely often', () => {
    const walk = watch();
    walk.visit('a', true, [WEAK, FINITE]);
    walk.take(WEAK);
    expect(walk.visit('b', false, [WEAK])).toBeNull();
    walk.take(WEAK);
    expect(walk.visit('a', true, [WEAK, FINITE])).toBeNull();
    walk.take(FINITE);
    expect(walk.visit('a', true, [WEAK, FINITE])).toBeNull();
    walk.take(WEAK);
    expect(walk.visit('a', true, [WEAK, FINITE])).toBe(3);
    walk.reset();
    expect(walk.visit('a', true, [WEAK, FINITE])).toBeNull();
  });

  it('hears only of the loop that a walk has closed: a message lost again and again', () => {
    const arrives: Response = {
      kind: 'response',
      name: 'arrives',
      reads: ['sender'],
      holds: (sender) => sender?.value === 'idle',
      fairness: (_, { type }) => (type === 'produce' || type === 'lose' ? 'free' : 'weak'),
    };
    const { violated, loops } = search(alternatingBit, [arrives], LIMITS);
    const lasso = violated.get('arrives')!;
    const walk = walker(alternatingBit);
    const names = alternatingBit.map(({ name }) => name);
    const follower = new LassoWatch(dutiesOf(arrives, walk.offers));
    const heard = [follower.visit(walk.key(names), false, walk.enabled())];
    for (const { component, event } of lasso) {
      const offer = walk.offers.findIndex(
        (one) => one.component === component && one.event === event,
      );
      walk.take(offer);
      follower.take(offer);
      heard.push(follower.visit(walk.key(names), true, walk.enabled()));
    }
    expect(heard.slice(0, -1).every((start) => start === null)).toBe(true);
    expect(heard.at(-1)).toBe(loops.get('arrives'));
  });
});

describe('random walks', () => {
  it('close only loops that are fair and owe all along, and only where the search has one', () => {
    const seen = { closed: 0, empty: 0, open: 0 };
    fc.assert(
      fc.property(
        anySystem,
        fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }),
        fc.array(fc.constantFrom('weak', 'finite', 'free'), { minLength: 8, maxLength: 8 }),
        (spec, choices, fairness) => {
          const system = buildSystem(spec);
          const response: Response = {
            kind: 'response',
            name: 'the first is alert again',
            reads: ['c0'],
            holds: (first) => first?.value === 'alert',
            fairness: (component, { type }) =>
              fairness[
                2 * Number(component.slice(1)) + OFFERS.findIndex((offer) => offer.type === type)
              ]!,
          };
          const { start, taken, trace } = watched(system, response, choices);
          if (start === null) {
            seen.open += 1;
            return;
          }
          seen[start === taken ? 'empty' : 'closed'] += 1;
          const graph = offerGraph(system);
          const fault = faultOf(graph, response, trace, start);
          expect([null, 'there is a shorter way to the loop']).toContain(fault);
          expect(owesForEver(graph, response)).toBe(true);
          expect(search(system, [response], LIMITS).violated.has(response.name)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(9);
  });
});
