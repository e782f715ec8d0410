/** The states a search has found, in the order found, each with the step that found it. */

/**
 * Reports a need for memory, and throws if the limit does not allow it.
 *
 * @param more - bytes. Infinite: the platform refused to allocate them.
 */
export type Room = (more: number) => void;

const CAPACITY = 1024; // states before the arrays first grow

/**
 * Rows of integers, end to end in one array, and a hash set of their numbers: open addressing,
 * linear probing, at most half full. The set is exact: no state is an object, and none is dropped.
 */
export class Reached {
  rows: Int32Array;
  count = 0;
  readonly #width: number;
  #parents = new Int32Array(CAPACITY);
  #offers = new Int32Array(CAPACITY);
  #slots = new Int32Array(2 * CAPACITY); // a state's number plus one; 0 is an empty slot

  readonly #room: Room;

  constructor(width: number, room: Room) {
    this.#width = width;
    this.#room = room;
    this.rows = new Int32Array(width * CAPACITY);
  }

  get bytes(): number {
    const arrays = [this.rows, this.#parents, this.#offers, this.#slots];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** The number of the state `row`; for a new state, the value of `count` before the call. */
  add(row: Int32Array, parent: number, offer: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(row, 0, this.#width) & mask;
    for (let held = this.#slots[slot]!; held !== 0; held = this.#slots[slot]!) {
      if (this.#equals(held - 1, row)) return held - 1;
      slot = (slot + 1) & mask;
    }
    const state = this.count;
    if (state === this.#parents.length) {
      this.#grow();
      return this.add(row, parent, offer);
    }
    this.rows.set(row, state * this.#width);
    this.#parents[state] = parent;
    this.#offers[state] = offer;
    this.#slots[slot] = state + 1;
    this.count += 1;
    return state;
  }

  /** The offers that lead from the initial state, numbered 0, to this one. */
  offersTo(state: number): readonly number[] {
    const offers: number[] = [];
    for (let at = state; at !== 0; at = this.#parents[at]!) offers.push(this.#offers[at]!);
    return offers.reverse();
  }

  #equals(state: number, row: Int32Array): boolean {
    const at = state * this.#width;
    for (let i = 0; i < this.#width; i += 1) if (this.rows[at + i] !== row[i]) return false;
    return true;
  }

  #grow(): void {
    this.#room(this.bytes);
    this.rows = enlarged(this.rows);
    this.#parents = enlarged(this.#parents);
    this.#offers = enlarged(this.#offers);
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let state = 0; state < this.count; state += 1) {
      let slot = hash(this.rows, state * this.#width, this.#width) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = state + 1;
    }
    this.#slots = slots;
  }
}

/** A copy of twice the length. */
export function enlarged(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

function hash(rows: Int32Array, at: number, width: number): number {
  let mixed = width;
  for (let i = at; i < at + width; i += 1) {
    mixed = Math.imul(mixed ^ rows[i]!, 0x9e3779b1);
    mixed ^= mixed >>> 15;
  }
  mixed = Math.imul(mixed, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
