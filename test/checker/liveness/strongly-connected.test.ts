/** Tarjan's components, against mutual reachability, and on a graph as deep as it has states. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  forEachComponent,
  type NumberedGraph,
} from '../../../checker/liveness/strongly-connected.ts';

type Lists = readonly (readonly number[])[]; // by state: where its edges lead

function graphOf(lists: Lists): NumberedGraph & { readonly startOf: (edge: number) => number } {
  const ends = lists.flat();
  const firsts = [0];
  for (const list of lists) firsts.push(firsts.at(-1)! + list.length);
  const startOf = (edge: number) => firsts.findIndex((first) => first > edge) - 1;
  return { states: lists.length, first: (s) => firsts[s]!, end: (e) => ends[e]!, startOf };
}

const always = () => true;

function componentsOf(
  graph: NumberedGraph,
  isInside: (state: number) => boolean = always,
  isKept: (edge: number) => boolean = always,
): readonly (readonly number[])[] {
  const found: number[][] = [];
  forEachComponent(graph, isInside, isKept, (states) => found.push([...states].sort(ascending)));
  return found;
}

const ascending = (a: number, b: number) => a - b;

describe('the strongly connected components', () => {
  it('of a random graph are the states that reach each other, 500 times', () => {
    const anyGraph = fc.integer({ min: 1, max: 12 }).chain((states) =>
      fc.tuple(
        fc.array(fc.array(fc.nat(states - 1), { maxLength: 3 }), {
          minLength: states,
          maxLength: states,
        }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: states, maxLength: states }),
        fc.nat(4),
      ),
    );
    fc.assert(
      fc.property(anyGraph, ([lists, marks, dropped]) => {
        const graph = graphOf(lists);
        const isInside = (state: number) => marks[state] !== 0;
        const isKept = (edge: number) => edge % 5 !== dropped;
        const reaches = lists.map((_, from) => {
          const seen = new Set(isInside(from) ? [from] : []);
          for (const state of seen)
            for (let edge = graph.first(state); edge < graph.first(state + 1); edge += 1)
              if (isKept(edge) && isInside(graph.end(edge))) seen.add(graph.end(edge));
          return seen;
        });
        const mutual = [...lists.keys()].filter(isInside).map((state) =>
          [...reaches[state]!]
            .filter((other) => reaches[other]!.has(state))
            .sort(ascending)
            .join(),
        );
        const found = componentsOf(graph, isInside, isKept).map((states) => states.join());
        expect(new Set(found).size).toBe(found.length);
        expect([...found].sort()).toEqual([...new Set(mutual)].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('come after those to which they lead', () => {
    expect(componentsOf(graphOf([[1], [2, 0], [3], [2]]))).toEqual([
      [2, 3],
      [0, 1],
    ]);
  });

  it('are found on a way of a million states, without recursion', () => {
    const states = 1_000_000;
    const circle: NumberedGraph = {
      states,
      first: (state) => state,
      end: (edge) => (edge + 1) % states,
    };
    let [count, largest] = [0, 0];
    const visit = (component: Int32Array) => {
      count += 1;
      largest = Math.max(largest, component.length);
    };
    forEachComponent(circle, always, always, visit);
    expect([count, largest]).toEqual([1, states]);
    [count, largest] = [0, 0];
    forEachComponent(circle, always, (edge) => edge !== states - 1, visit);
    expect([count, largest]).toEqual([states, 1]);
  });
});
