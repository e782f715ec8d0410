/**
 * The matches of the bench, each with the ratio that our side shall reach. The contestants of a
 * match do the same work, and take their rounds in turn.
 */

import { SYSTEMS, type SystemKey } from './bench-systems.ts';
import {
  BATCH,
  COMPILED,
  COMPILING,
  catalogue,
  VERDICTS_COUNT,
} from './contestants/catalogue-contest.ts';
import { GRAPH, grapher } from './contestants/graph.ts';
import { explorer, OURS } from './contestants/ours.ts';
import { GENERATED, TABLES, TRANSITION, walkers } from './contestants/sequences-contest.ts';
import {
  BREADTH,
  COMPRESSED,
  DEPTH,
  type SpinSearch,
  verifying,
} from './contestants/spin-contest.ts';
import type { Prepared } from './measure/alternate.ts';
import type { RowHead } from './report/results.ts';

/** A row, with the names of its two sides. */
export type Comparison = Omit<RowHead, 'against'> & {
  readonly ours: string;
  readonly theirs: string;
};

export type Match = {
  readonly name: string;
  readonly needsSpin: boolean;
  readonly isQuick: boolean; // part of `--quick`
  readonly comparisons: readonly Comparison[];
  /** @param wanted - the names of the contestants that are needed. */
  readonly prepare: (wanted: ReadonlySet<string>, isQuick: boolean) => Promise<Prepared>;
};

type Terms = Pick<Comparison, 'id' | 'measure' | 'target'>;

const graph = (key: SystemKey, roundsMax: number, isQuick: boolean, target: number): Match => ({
  name: `xstate/graph, ${SYSTEMS[key].name}`,
  needsSpin: false,
  isQuick,
  comparisons: [
    {
      id: `graph-${key}`,
      what: SYSTEMS[key].name,
      measure: 'time',
      unit: 'states',
      target,
      ours: OURS,
      theirs: GRAPH,
    },
  ],
  // One round of it takes longer than the rest of `--quick`.
  prepare: async (_, takesQuick) => ({
    contestants: [explorer(key), grapher(key, takesQuick ? 1 : roundsMax)],
    dispose: () => {},
  }),
});

const spin = (
  key: SystemKey,
  isQuick: boolean,
  ...against: readonly (Terms & { readonly kind: SpinSearch })[]
): Match => ({
  name: `SPIN, ${SYSTEMS[key].name}`,
  needsSpin: true,
  isQuick,
  comparisons: against.map(({ kind, ...terms }) => ({
    ...terms,
    what: SYSTEMS[key].name,
    unit: 'states',
    ours: OURS,
    theirs: kind,
  })),
  async prepare(wanted) {
    const kinds = [...new Set(against.map(({ kind }) => kind))].filter((kind) => wanted.has(kind));
    const { contestants, dispose } = await verifying(key, kinds);
    return { contestants: [explorer(key), ...contestants], dispose };
  },
});

const SEQUENCES: Match = {
  name: 'hop sequences',
  needsSpin: false,
  isQuick: false,
  comparisons: [
    {
      id: 'sequences',
      what: 'hop sequences of 30 choices by fast-check',
      measure: 'rate',
      unit: 'sequences',
      target: 200,
      ours: TABLES,
      theirs: TRANSITION,
    },
    {
      id: 'sequences-generated',
      what: 'hop sequences of 30 choices by fast-check',
      measure: 'rate',
      unit: 'sequences',
      target: null,
      ours: TABLES,
      theirs: GENERATED,
    },
  ],
  prepare: async () => ({ contestants: walkers(), dispose: () => {} }),
};

const CATALOGUE: Match = {
  name: 'default catalogue',
  needsSpin: true,
  isQuick: false,
  comparisons: [
    { id: 'catalogue', target: 5, theirs: COMPILING },
    { id: 'catalogue-compiled', target: null, theirs: COMPILED },
    { id: 'catalogue-one-compile', target: null, theirs: BATCH },
  ].map((terms) => ({
    ...terms,
    what: `the default catalogue, ${VERDICTS_COUNT} verdicts`,
    measure: 'time',
    unit: 'verdicts',
    ours: OURS,
  })),
  prepare: catalogue,
};

export const MATCHES: readonly Match[] = [
  spin('1M', true, { id: 'depth-first-1M', kind: DEPTH, measure: 'time', target: 2 }),
  spin(
    '4M',
    false,
    { id: 'depth-first-4M', kind: DEPTH, measure: 'time', target: 3 },
    { id: 'breadth-first-4M', kind: BREADTH, measure: 'time', target: 6 },
  ),
  spin(
    '4M-confinement',
    false,
    { id: 'depth-first-4M-judged', kind: DEPTH, measure: 'time', target: 3 },
    { id: 'breadth-first-4M-judged', kind: BREADTH, measure: 'time', target: 6 },
  ),
  spin(
    '16M',
    false,
    { id: 'depth-first-16M', kind: DEPTH, measure: 'time', target: 5 },
    { id: 'memory-16M', kind: DEPTH, measure: 'memory', target: 2 },
    { id: 'memory-16M-compressed', kind: COMPRESSED, measure: 'memory', target: null },
  ),
  CATALOGUE,
  graph('63k', 3, true, 25),
  graph('287k', 1, false, 200),
  SEQUENCES,
];
