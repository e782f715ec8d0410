/** The states found, in memory: in chunks in the order found, and in a hash table. */

import type { Engine, Kernel } from '../kernel.ts';
import { CHUNK, CHUNK_BITS, FLAG, HEADER, KEY_SIZES, RECORD_TAIL } from './header.ts';
import { type Layout, rewriteKeys, valueIn } from './layout.ts';
import type { Memory } from './memory.ts';

const BATCH = 1024; // records looked up together, so that cache misses overlap
const SLOTS = 2 ** 16; // at first
const LOAD_MAX = 0.7;

export class States {
  layout: Layout;
  kernel: Kernel;
  readonly #engine: Engine;
  readonly #memory: Memory;
  readonly #isNumbered: boolean;
  readonly #fanout: number;
  readonly #chunksMax: number;
  #chunks: number[] = []; // addresses
  #fills = 0; // address of the number of states of each chunk; 0: only the last chunk is not full

  /**
   * @param fanout - the most successors that a state can have.
   * @param isNumbered - whether each record gets the number of its state.
   * @param bytesMax - for all of the memory.
   */
  constructor(
    engine: Engine,
    layout: Layout,
    fanout: number,
    isNumbered: boolean,
    bytesMax: number,
  ) {
    this.#engine = engine;
    this.#memory = engine.memory;
    this.#isNumbered = isNumbered;
    this.#fanout = fanout;
    this.layout = layout;
    this.kernel = engine.kernelFor(layout.keyBytes);
    this.#chunksMax = Math.ceil(bytesMax / chunkBytes(KEY_SIZES[0]));
    this.set('directory', this.#memory.allocate(4 * this.#chunksMax));
    this.set('fanout', fanout);
    this.set('deadlock', -1);
    this.#allocate(SLOTS);
  }

  get(name: keyof typeof HEADER): number {
    return this.#memory.words[HEADER[name] / 4]!;
  }

  set(name: keyof typeof HEADER, value: number): void {
    this.#memory.words[HEADER[name] / 4] = value;
  }

  get count(): number {
    return this.get('count');
  }

  parent(state: number): number {
    return this.#memory.words[this.#chunk(state) + CHUNK * this.#size + (state & (CHUNK - 1))]!;
  }

  /** The offers that lead from the initial state to this one. */
  offersTo(state: number): readonly number[] {
    const offers: number[] = [];
    for (let at = state; at !== 0; at = this.parent(at)) offers.push(this.#label(at));
    return offers.reverse();
  }

  value(state: number, field: number): number {
    return valueIn(this.#memory.words, this.#keyAt(state), this.layout.places[field]!);
  }

  /** The parent, the label and the number of a record of the buffer. */
  record(index: number): { readonly parent: number; readonly label: number; readonly end: number } {
    const at = (this.get('buffer') >>> 2) + index * this.#recordSize + this.#size;
    const { words } = this.#memory;
    return { parent: words[at]!, label: words[at + 1]!, end: words[at + 3]! };
  }

  /** Puts the initial state, in which each field has its first value, into the buffer. */
  begin(): void {
    const at = this.get('buffer') >>> 2;
    const { words } = this.#memory;
    words.fill(0, at, at + this.#recordSize);
    words[at] = FLAG;
    this.set('used', 1);
  }

  /** Adds the records in the buffer. @returns the number of states. */
  insert(): number {
    const count = this.count + this.get('used');
    while (!this.hasSlotsFor(count)) this.double();
    while (count > this.#chunks.length * CHUNK) this.addChunk();
    return this.kernel.insert();
  }

  /** The maximum number of chunks. */
  get chunksMax(): number {
    return this.#chunksMax;
  }

  /** The number of states in each chunk. */
  get fills(): readonly number[] {
    return this.#chunks.map((_, chunk) => this.#fill(chunk));
  }

  /** Lets threads fill several chunks at once. They keep the chunks' fills at this address. */
  fillAt(fills: number): void {
    this.#memory.words.set(this.fills, fills / 4);
    this.#fills = fills;
    this.kernel = this.#engine.kernelFor(this.layout.keyBytes);
  }

  hasSlotsFor(states: number): boolean {
    return states <= LOAD_MAX * this.get('slots');
  }

  /** Rewrites all states in another layout. Empties the buffer. */
  rewrite(layout: Layout): void {
    const [old, chunks, fills, slots] = [this.layout, this.#chunks, this.fills, this.get('slots')];
    this.#releaseTables();
    this.layout = layout;
    this.#chunks = [];
    for (const [i, states] of fills.entries()) {
      this.addChunk();
      this.#rewriteChunk(chunks[i]!, old, i, states);
    }
    for (const address of chunks) this.#memory.release(address, chunkBytes(old.keyBytes));
    this.kernel = this.#engine.kernelFor(layout.keyBytes);
    this.#allocate(slots);
    for (const [i, states] of fills.entries()) this.kernel.refill(i * CHUNK, i * CHUNK + states);
  }

  #fill(chunk: number): number {
    if (this.#fills !== 0) return this.#memory.words[this.#fills / 4 + chunk]!;
    return Math.max(0, Math.min(CHUNK, this.count - chunk * CHUNK));
  }

  get #size(): number {
    return this.layout.keyBytes / 4;
  }

  get #recordSize(): number {
    return this.#size + RECORD_TAIL / 4;
  }

  #chunk(state: number): number {
    return this.#chunks[state >>> CHUNK_BITS]! / 4;
  }

  #keyAt(state: number): number {
    return this.#chunk(state) + (state & (CHUNK - 1)) * this.#size;
  }

  #label(state: number): number {
    const place = state & (CHUNK - 1);
    const pair = this.#memory.words[this.#chunk(state) + CHUNK * (this.#size + 1) + (place >>> 1)]!;
    return (pair >>> (16 * (place & 1))) & 0xffff;
  }

  addChunk(): void {
    const address = this.#memory.allocate(chunkBytes(this.layout.keyBytes));
    this.#memory.words[(this.get('directory') >>> 2) + this.#chunks.length] = address;
    this.#chunks.push(address);
  }

  #rewriteChunk(from: number, old: Layout, chunk: number, states: number): void {
    const { words } = this.#memory;
    const [oldSize, size] = [old.keyBytes / 4, this.#size];
    const [source, target] = [from / 4, this.#chunks[chunk]! / 4];
    rewriteKeys(words, old, this.layout, { source, target, states });
    const rest = source + CHUNK * oldSize; // parents and labels
    words.copyWithin(target + CHUNK * size, rest, rest + CHUNK + CHUNK / 2);
  }

  /** A table, its index and a buffer. */
  #allocate(slots: number): void {
    const capacity = BATCH + this.#fanout;
    this.set('buffer', this.#memory.allocate(capacity * this.#recordSize * 4));
    this.set('capacity', capacity);
    this.set('used', 0);
    this.#allocateTable(slots);
  }

  #allocateTable(slots: number): void {
    const table = this.#memory.allocate(slots * this.layout.keyBytes);
    const index = this.#isNumbered ? this.#memory.allocate(slots * 4) : 0;
    this.set('table', table);
    this.set('index', index);
    this.set('slots', slots);
    this.set('shift', 64 - Math.log2(slots));
  }

  /**
   * Makes the table twice as long.
   *
   * @param move - moves all keys from the old table and the old index.
   */
  double(move = (old: number, oldIndex: number) => this.kernel.rehash(old, oldIndex)): void {
    const [table, index, slots] = [this.get('table'), this.get('index'), this.get('slots')];
    this.#allocateTable(2 * slots);
    move(table, index);
    this.#releaseTable(table, index, slots);
  }

  #releaseTable(table: number, index: number, slots: number): void {
    this.#memory.release(table >>> 0, slots * this.layout.keyBytes);
    if (index !== 0) this.#memory.release(index >>> 0, slots * 4);
  }

  #releaseTables(): void {
    this.#releaseTable(this.get('table'), this.get('index'), this.get('slots'));
    const bytes = this.get('capacity') * this.#recordSize * 4;
    this.#memory.release(this.get('buffer') >>> 0, bytes);
  }
}

/** Keys, parents, labels. */
const chunkBytes = (keyBytes: number): number => CHUNK * (keyBytes + 4 + 2);
