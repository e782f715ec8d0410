/** Properties to check in every state of an orbit, given its least state. */
import type { CheckedProperty } from '../explore/checked-property.ts';
import type { System } from '../model/system.ts';
import type { Orbits } from '../quotient/quotient-orbits.ts';
import type { DecidableProperty } from './property-trees.ts';

/** A property of the image of a state under an element of the group. */
export type View = DecidableProperty & {
  readonly property: CheckedProperty;
  readonly element: number;
};

/**
 * One view for each property and element. A monitor needs only one: it is violated in a state
 * exactly when its image, which has a view of its own, is violated in the image of the state.
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
  // It must hold in all states of the orbit, or in none.
  return {
    property,
    element,
    kind: 'always',
    reads: [...new Set([...property.reads, ...sources])],
    holds: (rows, at) => ofMember(rows, at) === property.holds(rows, at),
  };
}
