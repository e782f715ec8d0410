/** The report of a search up to symmetry. */

import type { CheckedProperty } from '../explore/checked-property.ts';
import type { Progress } from '../explore/limits.ts';
import type { Edges } from '../liveness/edges.ts';
import type { Trace } from '../model/system.ts';
import { confirmedTrace } from '../replay/confirm.ts';
import type { SearchResult } from '../search.ts';
import type { SymmetricComposition } from '../symmetry/symmetry-cells.ts';
import { lifted } from './quotient-lift.ts';
import type { Orbits } from './quotient-orbits.ts';

/** The search's own counts are of visited states; `whole` counts all states of their orbits. */
export type ReducedResult = SearchResult & {
  readonly whole: { readonly states: number; readonly transitions: number };
  readonly order: number; // elements of the group; 1: no names were exchanged
  readonly leftOut: readonly string[]; // unused renamings, each with its reason
};

/** A state of an orbit: the visited state, and the element of the group that maps it there. */
export type OrbitMember = { readonly state: number; readonly element: number };

/** The result of a sweep, for any engine. */
export type ReducedExplored = {
  readonly orbits: Orbits;
  /** Each violated `always` and witnessed `sometimes`. */
  readonly found: ReadonlyMap<CheckedProperty, OrbitMember>;
  readonly deadlock: number; // the first state in which no offer is enabled, or -1
  readonly edges: Edges | null; // null: no property needs them
  readonly whole: ReducedResult['whole'];
  readonly progress: () => Progress;
  readonly offersTo: (state: number) => readonly number[];
  /** By state visited: 1 where it holds, else 0. */
  readonly holding: (property: CheckedProperty) => Uint8Array;
};

export function reducedFindings(
  composition: SymmetricComposition,
  properties: readonly CheckedProperty[],
  explored: ReducedExplored,
): Omit<ReducedResult, 'evaluations' | 'leftOut'> {
  const { orbits, edges, found } = explored;
  const traceTo = ({ state, element }: OrbitMember): Trace =>
    confirmedTrace(composition, lifted(composition, orbits, explored.offersTo(state), element));
  const traces = (of: readonly (readonly [CheckedProperty, OrbitMember])[]) =>
    new Map(of.map(([{ name }, where]): [string, Trace] => [name, traceTo(where)]));
  const astray = properties.flatMap((one): (readonly [CheckedProperty, OrbitMember])[] => {
    if (!edges || one.kind !== 'reachable') return [];
    const state = edges.firstAstray(explored.holding(one));
    return state < 0 ? [] : [[one, { state, element: 0 }]];
  });
  const broken = [...found].filter(([{ kind }]) => kind === 'always');
  const sometimes = properties.filter(({ kind }) => kind === 'sometimes');
  return {
    ...explored.progress(),
    exhausted: true,
    violated: traces([...broken, ...astray]),
    loops: new Map(),
    witnessed: traces([...found].filter(([{ kind }]) => kind === 'sometimes')),
    unwitnessed: sometimes.filter((one) => !found.has(one)).map(({ name }) => name),
    deadlock: explored.deadlock < 0 ? null : traceTo({ state: explored.deadlock, element: 0 }),
    refusals: composition.refusals,
    neverAccepted: composition.neverAccepted,
    order: orbits.order,
    whole: explored.whole,
  };
}
