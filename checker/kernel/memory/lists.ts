/**
 * Decision trees over the fields of a state: lists of items, one after the other, in which reading
 * a field leads to another list, and back.
 */

/** A step that can be taken. */
export type Leaf = {
  readonly kind: 'leaf';
  readonly offer: number;
  readonly changes: readonly FieldChange[];
  readonly tails: readonly Tail[];
};

/** Of a field that was read on the way here. */
export type FieldChange = { readonly field: number; readonly from: number; readonly to: number };

/** A field that changes by itself, whatever it is. One object for what is the same change. */
export type Tail = { readonly field: number; readonly next: (value: number) => number };

export type ReadItem = { readonly kind: 'read'; readonly field: number; readonly list: Branch };

/** By the value of the field that is read. */
export type Branch = (value: number) => List;

/** The state breaks the property, or bears witness. */
export type Bad = { readonly kind: 'bad'; readonly property: number };

export type Item = Leaf | ReadItem | Bad;

/** One object for one list, so that it is written to memory once. */
export type List = readonly Item[];

export function remembered<Result>(answer: (value: number) => Result): (value: number) => Result {
  const known = new Map<number, Result>();
  return (value) => {
    const found = known.get(value) ?? answer(value);
    known.set(value, found);
    return found;
  };
}

/** What a field becomes where names are exchanged: the tail's field becomes the field `to`. */
export type Image = { readonly tail: Tail; readonly to: number };
