/** Lists in memory, as the kernels read them. A part is written when a search first needs it. */
import type { Fields } from './fields.ts';
import { EMPTY, OP } from './header.ts';
import type { FieldPlace, Layout } from './layout.ts';
import type { Image, Item, Leaf, List, ReadItem, Tail } from './lists.ts';
import type { Memory } from './memory.ts';

const SEGMENT = 2 ** 16; // bytes asked for at once
const IMAGE = 20; // bytes of what one field becomes
const TAILS_MAX = 63; // a leaf has six bits for their number

/** An item, or a tail of one, with a table that has an entry for each value of its field. */
type Fork = { readonly what: ReadItem | Tail; readonly table: number };

/** The lists for one layout. A change of layout takes a new arena. */
export class Arena {
  readonly #memory: Memory;
  readonly #layout: Layout;
  readonly #fields: Fields;
  readonly #written = new Map<List, number>();
  readonly #forks = new Map<number, Fork>(); // by address
  readonly #tables = new Map<Tail, number>();
  readonly #segments: { readonly address: number; readonly bytes: number }[] = [];
  #at = 0;
  #end = 0;

  constructor(memory: Memory, layout: Layout, fields: Fields) {
    this.#memory = memory;
    this.#layout = layout;
    this.#fields = fields;
  }

  /** @returns its address. */
  write(list: List): number {
    if (list.length === 0) return EMPTY;
    const known = this.#written.get(list);
    if (known !== undefined) return known;
    const bytes = list.reduce((sum, item) => sum + this.#bytesOf(item), 4); // a word for the end
    const address = this.#allocate(bytes);
    this.#written.set(list, address);
    list.reduce((at, item) => at + this.#put(item, at), address);
    return address;
  }

  /**
   * Writes the action of a group on states, as `orbits.ts` reads it.
   *
   * @param elements - for each element except the identity: the images of the fields.
   * @returns the address.
   */
  writeElements(elements: readonly (readonly Image[])[]): number {
    const fields = this.#layout.places.length;
    const address = this.#allocate(8 + elements.length * fields * IMAGE);
    this.#set(address, elements.length, fields);
    elements.flat().forEach(({ tail, to }, i) => {
      const at = address + 8 + i * IMAGE;
      this.#fork(at, tail, this.#table(tail.field));
      const [from, own] = [this.#where(tail.field), this.#where(to)];
      this.#set(at, from.offset | (from.shift << 16), from.mask);
      this.#set(at + 12, own.offset | (own.shift << 16), own.mask);
    });
    return address;
  }

  /**
   * Computes an entry that a kernel needs and does not know yet.
   *
   * @returns false if the layout has no room for the result: the entry is then not written.
   */
  learn(address: number, value: number): boolean {
    const { what, table } = this.#forks.get(address)!;
    const answer = 'kind' in what ? what.list(value) : what.next(value) + 1;
    if (!this.fits()) return false;
    const entry = typeof answer === 'number' ? answer : this.write(answer);
    // Other threads may follow the entry at once, so its list must be written before it.
    Atomics.store(this.#memory.words, (table >>> 2) + value, entry);
    return true;
  }

  /** Whether the layout has enough bits for all values that the fields have had. */
  fits(): boolean {
    return this.#layout.places.every(({ width }, field) => this.#fields.count(field) <= 2 ** width);
  }

  release(): void {
    for (const { address, bytes } of this.#segments) this.#memory.release(address, bytes);
  }

  #bytesOf(item: Item): number {
    if (item.kind === 'bad') return 4;
    return item.kind === 'read' ? 12 : 4 + this.#layout.keyBytes + 12 * item.tails.length;
  }

  /** @returns how many bytes the item takes. */
  #put(item: Item, address: number): number {
    if (item.kind === 'bad') this.#set(address, OP.bad | (item.property << 2));
    else if (item.kind === 'leaf') this.#putLeaf(item, address);
    else {
      const { offset, shift, mask } = this.#where(item.field);
      this.#fork(address, item, this.#table(item.field));
      this.#set(address, OP.read | (offset << 2) | (shift << 16), mask);
    }
    return this.#bytesOf(item);
  }

  #putLeaf({ offer, changes, tails }: Leaf, address: number): void {
    if (tails.length > TAILS_MAX) throw new RangeError(`a step with more than ${TAILS_MAX} tails`);
    const { keyBytes, places } = this.#layout;
    this.#set(address, OP.leaf | (tails.length << 2) | (offer << 8));
    const { words } = this.#memory;
    for (const { field, from, to } of changes) {
      const { word, shift } = places[field]!;
      words[(address >>> 2) + 1 + word]! ^= (from ^ to) << shift;
    }
    tails.forEach((tail, i) => {
      const at = address + 4 + keyBytes + 12 * i;
      const table = this.#tables.get(tail) ?? this.#table(tail.field);
      this.#tables.set(tail, table);
      const { offset, shift, mask } = this.#where(tail.field);
      this.#fork(at, tail, table);
      this.#set(at, offset | (shift << 16), mask);
    });
  }

  #fork(address: number, what: ReadItem | Tail, table: number): void {
    this.#forks.set(address, { what, table });
    this.#memory.words[(address >>> 2) + 2] = table;
  }

  /** A table with an entry for each value of the field. */
  #table(field: number): number {
    return this.#allocate(4 * 2 ** this.#layout.places[field]!.width);
  }

  #where(field: number): { offset: number; shift: number; mask: number } {
    const { word, shift, width }: FieldPlace = this.#layout.places[field]!;
    return { offset: 4 * word, shift, mask: 2 ** width - 1 };
  }

  #set(address: number, ...values: readonly number[]): void {
    this.#memory.words.set(values, address >>> 2);
  }

  #allocate(bytes: number): number {
    if (this.#at + bytes > this.#end) {
      const size = Math.max(bytes, SEGMENT);
      this.#at = this.#memory.allocate(size);
      this.#end = this.#at + size;
      this.#segments.push({ address: this.#at, bytes: size });
    }
    const address = this.#at;
    this.#at += bytes;
    return address;
  }
}
