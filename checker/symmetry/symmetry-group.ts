/** The group that some symmetries generate, each of its elements as it acts on rows of numbers. */
import { type Automorphism, type Generator, memoized } from './symmetry.ts';

/** The identity is made of no generator. */
export type Element = Automorphism & { readonly last: Generator | null };

/** More elements than this cost more than they save: then the last generators are left out. */
const ORDER_MAX = 1000;

type Named = { readonly element: Element; readonly names: ReadonlyMap<string, string> };

/**
 * The identity, and then each other element once, as the product of `last` and an element that
 * comes before it. Elements are the same where they exchange the same names.
 *
 * @param components - how many there are, as `offers`.
 * @returns besides, the generators that would have made it too large, and that nothing is made of.
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

/** Breadth-first from the identity. Null: it has too many elements. */
function closure(identity: Named, generators: readonly Generator[]): readonly Named[] | null {
  const found = new Map([[keyOf(identity.names), identity]]);
  for (const before of found.values()) // also those that are found meanwhile
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

/** First `first`, then `last`, without the names that stay as they are. */
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
