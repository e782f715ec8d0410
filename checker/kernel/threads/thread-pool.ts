/** The threads that help with a search: to call them, to halt them, to hear what they ask for. */

import { startThread } from '../native/threads.ts';
import type { Board } from './board.ts';
import { ASK, type Ask, COMMON, FAILURE, OWN, STATE } from './shared.ts';

const PAUSE = 20; // ms: how long to wait for them before one looks at the clock

export class ThreadPool {
  readonly #board: Board;
  readonly #bases: readonly number[]; // addresses of their headers

  /** Starts them. What is called before they are there, goes without them. */
  constructor(board: Board, memory: WebAssembly.Memory, bases: readonly number[]) {
    this.#board = board;
    this.#bases = bases;
    for (const base of bases) startThread({ memory, base });
  }

  /** Some work, or want something that they have not been given. */
  get areBusy(): boolean {
    return this.#bases.some((base) => {
      const state = this.#stateOf(base);
      return state === STATE.works || (state === STATE.rests && this.#askOf(base) !== ASK.nothing);
    });
  }

  /** Calls those that rest, and want nothing. */
  wake(): void {
    for (const base of this.#bases) {
      const rests = this.#stateOf(base) === STATE.rests;
      if (rests && this.#askOf(base) === ASK.nothing) this.#tell(base, STATE.works);
    }
  }

  /** Gives those that rest what they ask for, and calls them. */
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

  /** What they have asked for of this kind is not wanted any more. */
  drop(ask: Ask): void {
    for (const base of this.#bases)
      if (this.#askOf(base) === ask) this.#board.set(base + OWN.ask, ASK.nothing);
  }

  /**
   * Waits a moment for something to happen.
   *
   * @param heard - the bell, as it was before the caller has looked at anything.
   */
  listen(heard: number): void {
    this.#board.wait(COMMON.bell, heard, PAUSE);
  }

  get bell(): number {
    return this.#board.load(COMMON.bell);
  }

  /** Lets all rest, once each is done with its batch. */
  halt(watch: () => void): void {
    this.#board.store(COMMON.stop, 1);
    this.waitForAll(watch);
  }

  /** Ends a halt. */
  resume(): void {
    this.#board.store(COMMON.stop, 0);
    this.wake();
  }

  /** @param watch - is called from time to time. */
  waitForAll(watch: () => void): void {
    for (;;) {
      const heard = this.bell;
      if (!this.#bases.some((base) => this.#stateOf(base) === STATE.works)) return;
      this.listen(heard);
      watch();
    }
  }

  /** Lets them end. */
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
