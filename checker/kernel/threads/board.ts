/** Words of a memory that threads share, by address: those that order others, and the others. */

export class Board {
  readonly #memory: { readonly words: Int32Array };

  /** @param memory - its words may become another array over the same memory. */
  constructor(memory: { readonly words: Int32Array }) {
    this.#memory = memory;
  }

  /** What is written before `store` is seen by whoever has seen this by `load`. */
  load(address: number): number {
    return Atomics.load(this.#memory.words, address >>> 2);
  }

  store(address: number, value: number): void {
    Atomics.store(this.#memory.words, address >>> 2, value);
  }

  /** @returns what it was. */
  add(address: number, more: number): number {
    return Atomics.add(this.#memory.words, address >>> 2, more);
  }

  /** @returns whether it was `before`, and is `after` now. */
  swap(address: number, before: number, after: number): boolean {
    return Atomics.compareExchange(this.#memory.words, address >>> 2, before, after) === before;
  }

  /** Waits, for some milliseconds or until it is called, while the word has this value. */
  wait(address: number, value: number, milliseconds?: number): void {
    Atomics.wait(this.#memory.words, address >>> 2, value, milliseconds);
  }

  call(address: number): void {
    Atomics.notify(this.#memory.words, address >>> 2);
  }

  /** A word that nobody else writes meanwhile. */
  get(address: number): number {
    return this.#memory.words[address >>> 2]!;
  }

  set(address: number, ...values: readonly number[]): void {
    this.#memory.words.set(values, address >>> 2);
  }
}
