/**
 * The one place where names are compared. Machines use a name in no other way, so that what they do
 * depends on which names are equal, and never on which names there are (data independence).
 *
 * A name is a string or a number, as in every run, or an opaque object that decides itself whether
 * another is the same: so a machine can be asked what it does for all names at once.
 *
 * @source Wolper, Expressing Interesting Properties of Programs in Propositional Temporal Logic,
 *   1986 (data independence)
 */
export const SAME: unique symbol = Symbol.for('double-hop.same') as never;
export const NEXT: unique symbol = Symbol.for('double-hop.next') as never;

type Name = string | number | boolean | null | undefined;
type Opaque = { readonly [SAME]: (other: unknown) => boolean; readonly [NEXT]: () => number };

const isOpaque = (name: unknown): name is Opaque => typeof name === 'object' && name !== null;

/** Whether two names are one. Null and undefined are no names, and the same as themselves alone. */
export function same(one: Name, other: Name): boolean {
  if (isOpaque(one)) return one[SAME](other);
  return isOpaque(other) ? (other as Opaque)[SAME](one) : one === other;
}

/** The serial after `serial`. They are numbers from 0, and repeat after `max` of them. */
export const following = (serial: number, max: number): number =>
  isOpaque(serial) ? (serial as Opaque)[NEXT]() : (serial + 1) % max;
