/** The work of each thread: it takes slices of a level, expands them, adds and checks states. */

import type { SharedKernel } from '../kernel.ts';
import { CHUNK, HEADER } from '../memory/header.ts';
import type { Board } from './board.ts';
import { ASK, type Ask, COMMON, MOVED, OWN } from './shared.ts';

export class Expander {
  readonly #board: Board;
  readonly #base: number;
  readonly #kernelFor: (keyBytes: number) => SharedKernel;
  #kernel: SharedKernel;
  #version: number;
  #from = 0; // the first state of the batch
  #reached = 0; // the first that has not been expanded
  #to = 0; // the end of the slice
  #added = 0; // records of the buffer
  #checked: number; // the first new state that has not been checked

  /** @param base - the address of this thread's header. */
  constructor(board: Board, base: number, kernelFor: (keyBytes: number) => SharedKernel) {
    this.#board = board;
    this.#base = base;
    this.#kernelFor = kernelFor;
    this.#version = board.load(COMMON.version);
    this.#kernel = kernelFor(board.load(COMMON.keyBytes));
    this.#checked = this.#get(OWN.next);
    this.#forget();
  }

  /**
   * Expands one batch, or the rest of one.
   *
   * @returns what the thread needs to continue, or how the batch ended.
   */
  batch(): Ask | 'done' | 'nothing left' {
    if (this.#version !== this.#board.load(COMMON.version)) this.#followLayout();
    if (this.#board.load(COMMON.old) !== 0) return this.#move() ? 'done' : 'nothing left';
    const late = this.#settle();
    if (late !== ASK.nothing) return late;
    if (this.#from === this.#to && !this.#take()) return 'nothing left';
    this.#reached = this.#kernel.expand(this.#from, this.#to);
    if (this.#isMissing) return ASK.entry;
    const ask = this.#settle();
    return ask === ASK.nothing ? 'done' : ask;
  }

  /** Adds the states in the buffer, and checks new states. */
  #settle(): Ask {
    const used = this.#get(HEADER.used);
    for (;;) {
      const next = this.#get(OWN.next);
      if (this.#checked < next) {
        this.#checked = this.#kernel.check(this.#checked, next);
        if (this.#checked < next) return this.#askAbout(this.#checked);
      }
      if (this.#added === used) break;
      if (next === this.#get(OWN.end) && !this.#openChunk()) return ASK.chunk;
      const first = this.#get(OWN.next);
      this.#added = this.#kernel.share(this.#added);
      this.#increase(OWN.found, this.#get(OWN.next) - first);
    }
    this.#increase(OWN.steps, used);
    this.#increase(OWN.expanded, this.#reached - this.#from);
    this.#from = this.#reached;
    this.#forget();
    return ASK.nothing;
  }

  #askAbout(state: number): Ask {
    if (this.#isMissing) return ASK.entry;
    this.#set(OWN.subject, state);
    return ASK.verdict;
  }

  get #isMissing(): boolean {
    return this.#get(HEADER.missed) !== 0;
  }

  /** Expands the batch again, because its successors are in the old layout. */
  #followLayout(): void {
    this.#version = this.#board.load(COMMON.version);
    this.#kernel = this.#kernelFor(this.#board.load(COMMON.keyBytes));
    this.#reached = this.#from;
    this.#forget();
  }

  #forget(): void {
    this.#set(HEADER.used, 0);
    this.#added = 0;
  }

  /** Takes a slice that has states. False: all slices are taken. */
  #take(): boolean {
    const board = this.#board;
    const states = board.load(COMMON.slice);
    const slices = CHUNK / states; // of a range, which is within a chunk
    for (;;) {
      const slice = board.add(COMMON.cursor, 1);
      if (slice >= board.load(COMMON.length) * slices) return false;
      const range = (board.load(COMMON.ranges) >>> 0) + 8 * Math.floor(slice / slices);
      const [first, end] = [board.get(range), board.get(range + 4)];
      const start = (first & -CHUNK) + (slice % slices) * states;
      const [from, to] = [Math.max(first, start), Math.min(end, start + states)];
      if (from >= to) continue;
      this.#from = from;
      this.#reached = from;
      this.#to = to;
      return true;
    }
  }

  /** Moves some slots of a table that was doubled. False: none is left. */
  #move(): boolean {
    const board = this.#board;
    const slots = board.load(HEADER.slots) / 2; // of the old one
    const from = board.add(COMMON.cursor, 1) * MOVED;
    if (from >= slots) return false;
    this.#kernel.move(board.load(COMMON.old), from, Math.min(from + MOVED, slots));
    return true;
  }

  #openChunk(): boolean {
    const board = this.#board;
    for (;;) {
      const chunk = board.load(COMMON.pool);
      if (chunk === board.load(COMMON.poolEnd)) return false;
      if (!board.swap(COMMON.pool, chunk, chunk + 1)) continue;
      this.#checked = chunk * CHUNK;
      this.#set(OWN.next, chunk * CHUNK);
      this.#set(OWN.end, (chunk + 1) * CHUNK);
      return true;
    }
  }

  #get(address: number): number {
    return this.#board.get(this.#base + address);
  }

  #set(address: number, value: number): void {
    this.#board.set(this.#base + address, value);
  }

  #increase(address: number, more: number): void {
    this.#set(address, this.#get(address) + more);
  }
}
