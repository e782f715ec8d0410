/** In the bench, xstate/graph searches the same states and steps as our search. */
import { describe, expect, it } from 'vitest';
import { search } from '../../../checker/search.ts';
import { build, SYSTEMS } from '../../../cli/bench/bench-systems.ts';
import { countsBy } from '../../../cli/bench/programs/graph-search.ts';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';

const articles = (['NTLM', 'Basic'] as const).map((mechanism) => {
  const system = systemOf(deploymentOf(ARTICLE, mechanism), MACHINES);
  return { mechanism, system };
});

describe('getAdjacencyMap', () => {
  it.each(articles)('counts the $mechanism of the article as the search does', ({ system }) => {
    const { states, transitions } = search(system, [], { statesMax: 10_000 });
    expect(states).toBeGreaterThan(20);
    expect(countsBy(system)).toEqual({ states, transitions });
  });
});

describe('a system of the bench', () => {
  it.each(['4M', '4M-confinement'] as const)(
    '%s has monitors only if its claim needs them',
    (key) => {
      const monitors = build(SYSTEMS[key]).system.filter(({ monitor }) => monitor);
      expect(monitors.length > 0).toBe(key === '4M-confinement');
    },
  );

  it('has its stated bounds', () => {
    const wires = build(SYSTEMS['16M']).system.filter(({ machine }) => machine.id === 'wire');
    expect(wires).toHaveLength(4); // two connections on each of two hops
  });
});
