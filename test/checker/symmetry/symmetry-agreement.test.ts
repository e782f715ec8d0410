/**
 * The search up to symmetry against the one of every state, on random systems of like parts.
 *
 * @module-tag long
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Property } from '../../../checker/model/system.ts';
import { comparedBothWays, swaps } from '../support/both-ways.ts';
import { anyStar, buildStar, leafNames } from '../support/stars.ts';

const STATES_MAX = 100_000; // more than any of these has

describe('on random stars', () => {
  const propertiesOf = (leaves: readonly string[]): readonly Property[] => [
    {
      kind: 'always',
      name: 'the first is alert only while the hub is calm',
      reads: ['hub', leaves[0]!],
      holds: (hub, leaf) => !(hub?.value === 'alert' && leaf?.value === 'alert'),
    },
    {
      kind: 'sometimes',
      name: 'the last counts while the hub remembers it',
      reads: ['hub', leaves.at(-1)!],
      holds: (hub, leaf) => hub?.context.last === leaves.at(-1) && leaf?.context.count === 1,
    },
    {
      kind: 'reachable',
      name: 'all leaves can still be calm',
      reads: leaves,
      holds: (...all) => all.every(({ value }) => value === 'calm'),
    },
  ];

  it.each([
    ['whose hub knows no leaf', false, 200],
    ['whose hub may favour one', true, 150],
  ] as const)('%s, both searches agree', (_, mayFavour, numRuns) => {
    const seen = { reduced: 0, refused: 0, violated: 0, witnessed: 0, deadlock: 0, large: 0 };
    fc.assert(
      fc.property(anyStar(mayFavour), (spec) => {
        const leaves = leafNames(spec);
        const result = comparedBothWays(
          buildStar(spec),
          propertiesOf(leaves),
          { tokens: /\w+/g, renamings: swaps(leaves), keeps: {} },
          STATES_MAX,
        )!;
        if (!mayFavour) expect(result.leftOut).toEqual([]);
        for (const why of result.leftOut) expect(why).toMatch(/machine hub in state/);
        seen.reduced += result.states < result.whole.states ? 1 : 0;
        seen.refused += result.leftOut.length > 0 ? 1 : 0;
        seen.violated += result.violated.size;
        seen.witnessed += result.witnessed.size;
        seen.deadlock += result.deadlock ? 1 : 0;
        seen.large += result.whole.states > 4 * result.states ? 1 : 0;
      }),
      { numRuns },
    );
    expect(seen.refused > 0).toBe(mayFavour);
    for (const what of ['reduced', 'violated', 'witnessed', 'deadlock', 'large'] as const)
      expect([what, seen[what]]).toEqual([what, expect.toSatisfy((times: number) => times > 0)]);
  });
});
