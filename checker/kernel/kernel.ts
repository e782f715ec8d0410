/** What both kernels do; `kernel/assembly/kernel.ts` says how, and what they find in the memory. */
import type { Memory } from './memory.ts';

export type Kernel = {
  /** Appends successors of the states `from` up to `to` to the buffer: the first not expanded. */
  readonly expand: (from: number, to: number) => number;
  /** Adds what is in the buffer to the states: how many there are. */
  readonly insert: () => number;
  /** The first of the states `from` up to `to` that is bad, or of which too little is known. */
  readonly judge: (from: number, to: number) => number;
  /** Fills an empty table with these states. */
  readonly refill: (from: number, to: number) => void;
  /** Moves all from a table of half the size. */
  readonly rehash: (old: number, oldIndex: number) => void;
};

/** Both kernels work on the same memory in the same way. */
export type Engine = {
  readonly memory: Memory;
  readonly kernelFor: (keyBytes: number) => Kernel;
};
