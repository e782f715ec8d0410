/**
 * Lassos on random systems, compared with a brute-force search.
 *
 * @module-tag long
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fairness, Response } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';
import { faultOf, offerGraph, owesForEver } from '../support/fair-runs.ts';
import { anySystem, buildSystem, OFFERS } from '../support/random-systems.ts';

const LIMITS = { statesMax: 100_000 };
const STATES_MAX = 150; // the brute-force search takes its square

const anyFairness = fc.array(fc.constantFrom<Fairness>('weak', 'weak', 'finite', 'free'), {
  minLength: 8,
  maxLength: 8,
});
/** Which combinations of two components' states owe something. */
const anyDebt = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

const responseOf = (
  fairness: readonly Fairness[],
  debt: readonly boolean[],
  isOneAction: boolean,
): Response => ({
  kind: 'response',
  name: 'no fair run owes for ever',
  reads: ['c0', 'c1'],
  holds: (one, two) => !debt[(one?.value === 'alert' ? 2 : 0) + (two?.value === 'alert' ? 1 : 0)],
  fairness: (component, { type }) =>
    fairness[2 * Number(component.slice(1)) + OFFERS.findIndex((offer) => offer.type === type)]!,
  ...(isOneAction ? { action: () => 'moves' } : {}),
});

describe('on random systems of 2 to 4 machines', () => {
  it('the search and a brute-force search agree on every response, 600 times', () => {
    const seen = { holds: 0, empty: 0, short: 0, long: 0, prefixed: 0, skipped: 0 };
    fc.assert(
      fc.property(
        anySystem,
        anyFairness,
        anyDebt,
        fc.boolean(),
        (spec, fairness, debt, isOneAction) => {
          const system = buildSystem(spec);
          const graph = offerGraph(system);
          if (graph.states.length > STATES_MAX) {
            seen.skipped += 1;
            return;
          }
          const response = responseOf(fairness, debt, isOneAction);
          const { violated, loops } = search(system, [response], LIMITS);
          const trace = violated.get(response.name);
          expect(trace !== undefined).toBe(owesForEver(graph, response));
          expect(loops.has(response.name)).toBe(trace !== undefined);
          if (trace === undefined) {
            seen.holds += 1;
            return;
          }
          const start = loops.get(response.name)!;
          expect(faultOf(graph, response, trace, start)).toBeNull();
          const length = trace.length - start;
          seen[length === 0 ? 'empty' : length === 1 ? 'short' : 'long'] += 1;
          if (start > 0) seen.prefixed += 1;
        },
      ),
      { numRuns: 600 },
    );
    const { skipped, ...each } = seen;
    for (const [what, times] of Object.entries(each)) expect(times, what).toBeGreaterThan(9);
    expect(skipped).toBeLessThan(300);
  });
});
