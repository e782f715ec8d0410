/** The group that symmetries generate, with the action of each element on rows of numbers. */
import { type Automorphism, type Generator, memoized } from './symmetry.ts';

/** `last` is null for the identity, which is the product of no generators. */
export type Element = Automorphism & { readonly last: Generator | null };

/** A larger group costs more than it saves; the generators that lead beyond are left out. */
const ORDER_MAX = 1000;

type Named = { readonly element: Element; readonly names: ReadonlyMap<string, string> };

/**
 * The identity, then each other element once, as the product of `last` and an earlier element.
 * Elements are equal if they exchange the same names.
 *
 * @param components - the number of components; `offers`: the number of offers.
 * @returns the elements, and the generators that are left out because of the group's size.
 */
export function groupOf(
  generators: readonly Generator[],
  components: number,
  offers: number,
): { readonly elements: readonly Element[]; readonly beyond: readonly Generator[] } {
  let group: readonly Named[] = [identityOf(components, offers)];
  const taken: Generator[] = [];
  const beyond: Generator[] = [];
  for (const generator of generators) {
    const larger = closure(group[0]!, [...taken, generator]);
    if (larger === null) {
      beyond.push(generator);
      continue;
    }
    taken.push(generator);
    group = larger;
  }
  return { elements: group.map(({ element }) => element), beyond };
}

/** All products, breadth-first from the identity. Null: too many elements. */
function closure(identity: Named, generators: readonly Generator[]): readonly Named[] | null {
  const found = new Map([[keyOf(identity.names), identity]]);
  for (const before of found.values()) // including elements added by this loop
    for (const generator of generators) {
      const names = productOf(generator.renaming.of, before.names);
      const key = keyOf(names);
      if (found.has(key)) continue;
      if (found.size === ORDER_MAX) return null;
      found.set(key, { names, element: after(before.element, generator) });
    }
  return [...found.values()];
}

const identityOf = (components: number, offers: number): Named => ({
  names: new Map(),
  element: {
    last: null,
    to: Int32Array.from({ length: components }, (_, i) => i),
    offers: Int32Array.from({ length: offers }, (_, i) => i),
    image: (_, state) => state,
  },
});

const after = (first: Element, last: Generator): Element => ({
  last,
  to: first.to.map((component) => last.to[component]!),
  offers: first.offers.map((offer) => last.offers[offer]!),
  image: memoized((component, state) =>
    last.image(first.to[component]!, first.image(component, state)),
  ),
});

/** `first` followed by `last`, without the names that do not change. */
function productOf(
  last: ReadonlyMap<string, string>,
  first: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = [...new Set([...first.keys(), ...last.keys()])];
  const moved = names.map((name): [string, string] => {
    const between = first.get(name) ?? name;
    return [name, last.get(between) ?? between];
  });
  return new Map(moved.filter(([from, to]) => from !== to));
}

const keyOf = (names: ReadonlyMap<string, string>): string =>
  JSON.stringify([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
