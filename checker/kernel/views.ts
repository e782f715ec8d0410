/** Properties of a state, asked of every state that it stands for. */
import type { Evaluated } from '../explore/evaluation.ts';
import type { System } from '../model/system.ts';
import type { Orbits } from '../quotient/quotient-orbits.ts';
import type { Evaluating } from './decision-trees.ts';

/** A property as it is of the state that an element of the group makes. */
export type View = Evaluating & { readonly evaluated: Evaluated; readonly element: number };

/**
 * One view for each property and element. Of a monitor one is enough: it is violated in a state
 * just if what it becomes is violated in what that becomes, and is asked about itself.
 */
export function viewsOf(evaluated: readonly Evaluated[], orbits: Orbits, system: System): View[] {
  return evaluated.flatMap((one) =>
    Array.from({ length: isMonitor(one, system) ? 1 : orbits.order }, (_, element) =>
      viewOf(one, element, orbits, system.length),
    ),
  );
}

export const isMonitor = ({ kind, name, reads }: Evaluated, system: System): boolean =>
  kind === 'always' &&
  reads.length === 1 &&
  system[reads[0]!]!.monitor &&
  system[reads[0]!]!.name === name;

function viewOf(evaluated: Evaluated, element: number, orbits: Orbits, components: number): View {
  const { to, image } = orbits.element(element);
  const from = new Int32Array(components);
  to.forEach((other, component) => {
    from[other] = component;
  });
  const row = new Int32Array(components);
  const ofMember = (rows: Int32Array, at: number) => {
    for (const read of evaluated.reads) row[read] = image(from[read]!, rows[at + from[read]!]!);
    return evaluated.holds(row, 0);
  };
  const sources = evaluated.reads.map((read) => from[read]!);
  if (evaluated.kind !== 'reachable')
    return { evaluated, element, kind: evaluated.kind, reads: sources, holds: ofMember };
  // It is to hold of all that the state stands for, or of none.
  return {
    evaluated,
    element,
    kind: 'always',
    reads: [...new Set([...evaluated.reads, ...sources])],
    holds: (rows, at) => ofMember(rows, at) === evaluated.holds(rows, at),
  };
}
