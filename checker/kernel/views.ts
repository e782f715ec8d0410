/** Properties of a state, asked of every state that it stands for. */
import type { CheckedProperty } from '../explore/checked-property.ts';
import type { System } from '../model/system.ts';
import type { Orbits } from '../quotient/quotient-orbits.ts';
import type { DecidableProperty } from './property-trees.ts';

/** A property as it is of the state that an element of the group makes. */
export type View = DecidableProperty & {
  readonly property: CheckedProperty;
  readonly element: number;
};

/**
 * One view for each property and element. Of a monitor one is enough: it is violated in a state
 * just if what it becomes is violated in what that becomes, and is asked about itself.
 */
export function viewsOf(
  properties: readonly CheckedProperty[],
  orbits: Orbits,
  system: System,
): View[] {
  return properties.flatMap((one) =>
    Array.from({ length: isMonitor(one, system) ? 1 : orbits.order }, (_, element) =>
      viewOf(one, element, orbits, system.length),
    ),
  );
}

export const isMonitor = ({ kind, name, reads }: CheckedProperty, system: System): boolean =>
  kind === 'always' &&
  reads.length === 1 &&
  system[reads[0]!]!.monitor &&
  system[reads[0]!]!.name === name;

function viewOf(
  property: CheckedProperty,
  element: number,
  orbits: Orbits,
  components: number,
): View {
  const { to, image } = orbits.element(element);
  const from = new Int32Array(components);
  to.forEach((other, component) => {
    from[other] = component;
  });
  const row = new Int32Array(components);
  const ofMember = (rows: Int32Array, at: number) => {
    for (const read of property.reads) row[read] = image(from[read]!, rows[at + from[read]!]!);
    return property.holds(row, 0);
  };
  const sources = property.reads.map((read) => from[read]!);
  if (property.kind !== 'reachable')
    return { property, element, kind: property.kind, reads: sources, holds: ofMember };
  // It is to hold of all that the state stands for, or of none.
  return {
    property,
    element,
    kind: 'always',
    reads: [...new Set([...property.reads, ...sources])],
    holds: (rows, at) => ofMember(rows, at) === property.holds(rows, at),
  };
}
