/** Words of a memory that threads share: atomic ones, and ones with a single writer. */

export class Board {
  readonly #memory: { readonly words: Int32Array };

  /** @param memory - its words may become another array over the same memory. */
  constructor(memory: { readonly words: Int32Array }) {
    this.#memory = memory;
  }

  /** A thread that loads a stored value also sees all writes made before that `store`. */
  load(address: number): number {
    return Atomics.load(this.#memory.words, address >>> 2);
  }

  store(address: number, value: number): void {
    Atomics.store(this.#memory.words, address >>> 2, value);
  }

  /** @returns the value before. */
  add(address: number, more: number): number {
    return Atomics.add(this.#memory.words, address >>> 2, more);
  }

  /** @returns whether the value was `before`; it is then `after`. */
  swap(address: number, before: number, after: number): boolean {
    return Atomics.compareExchange(this.#memory.words, address >>> 2, before, after) === before;
  }

  /** Waits until `call` or for the given time, if the word has this value. */
  wait(address: number, value: number, milliseconds?: number): void {
    Atomics.wait(this.#memory.words, address >>> 2, value, milliseconds);
  }

  call(address: number): void {
    Atomics.notify(this.#memory.words, address >>> 2);
  }

  /** Reads a word that no other thread writes at the time. */
  get(address: number): number {
    return this.#memory.words[address >>> 2]!;
  }

  set(address: number, ...values: readonly number[]): void {
    this.#memory.words.set(values, address >>> 2);
  }
}
