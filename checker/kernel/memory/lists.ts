/**
 * Decision trees over the fields of a state. A kernel goes through a list of items in order; an
 * item that reads a field leads to another list, and then back.
 */

/** An enabled step. */
export type Leaf = {
  readonly kind: 'leaf';
  readonly offer: number;
  readonly changes: readonly FieldChange[];
  readonly tails: readonly Tail[];
};

/** A change of a field that was read before. */
export type FieldChange = { readonly field: number; readonly from: number; readonly to: number };

/** A change of a field that was not read. Equal changes share one object. */
export type Tail = { readonly field: number; readonly next: (value: number) => number };

export type ReadItem = { readonly kind: 'read'; readonly field: number; readonly list: Branch };

/** By the value of the field that is read. */
export type Branch = (value: number) => List;

/** The state violates the property, or witnesses it. */
export type Bad = { readonly kind: 'bad'; readonly property: number };

export type Item = Leaf | ReadItem | Bad;

/** Each list is one object, so that it is written to memory once. */
export type List = readonly Item[];

export function remembered<Result>(answer: (value: number) => Result): (value: number) => Result {
  const known = new Map<number, Result>();
  return (value) => {
    const found = known.get(value) ?? answer(value);
    known.set(value, found);
    return found;
  };
}

/** The image of a field under an exchange of names: the tail's field maps to the field `to`. */
export type Image = { readonly tail: Tail; readonly to: number };
