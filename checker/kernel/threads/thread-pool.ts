/** The worker threads of a search: calls them, halts them and serves what they ask for. */

import { startThread } from '../native/threads.ts';
import type { Board } from './board.ts';
import { ASK, type Ask, COMMON, FAILURE, OWN, STATE } from './shared.ts';

const PAUSE = 20; // ms between two looks at the clock while waiting

export class ThreadPool {
  readonly #board: Board;
  readonly #bases: readonly number[]; // addresses of their headers

  /** Starts the threads. A call before a thread has started has no effect on it. */
  constructor(board: Board, memory: WebAssembly.Memory, bases: readonly number[]) {
    this.#board = board;
    this.#bases = bases;
    for (const base of bases) startThread({ memory, base });
  }

  /** Whether some thread works, or waits for an answer. */
  get areBusy(): boolean {
    return this.#bases.some((base) => {
      const state = this.#stateOf(base);
      return state === STATE.works || (state === STATE.rests && this.#askOf(base) !== ASK.nothing);
    });
  }

  /** Calls the threads that rest and ask for nothing. */
  wake(): void {
    for (const base of this.#bases) {
      const rests = this.#stateOf(base) === STATE.rests;
      if (rests && this.#askOf(base) === ASK.nothing) this.#tell(base, STATE.works);
    }
  }

  /** Answers the threads that ask for something, and calls them. */
  serve(answer: (base: number, ask: Ask) => void): void {
    for (const base of this.#bases) {
      if (this.#stateOf(base) !== STATE.rests) continue;
      const ask = this.#askOf(base);
      if (ask === ASK.nothing) continue;
      if (ask === ASK.failed) throw new Error(`a thread of the search: ${this.#textOf(base)}`);
      this.#board.set(base + OWN.ask, ASK.nothing);
      answer(base, ask);
      if (this.#stateOf(base) === STATE.rests) this.#tell(base, STATE.works);
    }
  }

  /** Drops all questions of this kind. */
  drop(ask: Ask): void {
    for (const base of this.#bases)
      if (this.#askOf(base) === ask) this.#board.set(base + OWN.ask, ASK.nothing);
  }

  /**
   * Waits a moment for the bell.
   *
   * @param heard - the value of the bell before the caller looked at the threads.
   */
  listen(heard: number): void {
    this.#board.wait(COMMON.bell, heard, PAUSE);
  }

  get bell(): number {
    return this.#board.load(COMMON.bell);
  }

  /** Waits until all threads rest, each after its batch. */
  halt(watch: () => void): void {
    this.#board.store(COMMON.stop, 1);
    this.waitForAll(watch);
  }

  /** Ends a halt. */
  resume(): void {
    this.#board.store(COMMON.stop, 0);
    this.wake();
  }

  /** @param watch - called from time to time. */
  waitForAll(watch: () => void): void {
    for (;;) {
      const heard = this.bell;
      if (!this.#bases.some((base) => this.#stateOf(base) === STATE.works)) return;
      this.listen(heard);
      watch();
    }
  }

  /** Ends the threads. */
  dismiss(): void {
    this.#board.store(COMMON.stop, 1);
    for (const base of this.#bases) this.#tell(base, STATE.leaves);
  }

  #tell(base: number, state: number): void {
    this.#board.store(base + OWN.state, state);
    this.#board.call(base + OWN.state);
  }

  #stateOf(base: number): number {
    return this.#board.load(base + OWN.state);
  }

  #askOf(base: number): Ask {
    return this.#board.get(base + OWN.ask) as Ask;
  }

  #textOf(base: number): string {
    const at = base + FAILURE.address;
    const character = (_: unknown, i: number) => this.#board.get(at + 4 + 4 * i);
    return String.fromCharCode(...Array.from({ length: this.#board.get(at) }, character));
  }
}
