/** What both kernels do; `native/assembly/kernel.ts` says how, and what they find in the memory. */
import type { Memory } from './memory/memory.ts';

export type Kernel = {
  /** Appends successors of the states `from` up to `to` to the buffer: the first not expanded. */
  readonly expand: (from: number, to: number) => number;
  /** Adds what is in the buffer to the states: how many there are. */
  readonly insert: () => number;
  /** The first of the states `from` up to `to` that is bad, or of which too little is known. */
  readonly check: (from: number, to: number) => number;
  /** Fills an empty table with these states. */
  readonly refill: (from: number, to: number) => void;
  /** Moves all from a table of half the size. */
  readonly rehash: (old: number, oldIndex: number) => void;
};

/** Of a kernel that goes through states up to symmetry. */
export type OrbitsKernel = Kernel & {
  /** Replaces records from this number on by what stands for them: the first not replaced. */
  readonly canonize: (from: number) => number;
  /** Adds up what the states `from` up to `to` stand for: the first not weighed. */
  readonly weigh: (from: number, to: number) => number;
};

/** Of a kernel for several threads. */
export type SharedKernel = Kernel & {
  /** Adds the records from number `first` on, as far as the chunk goes: the first not added. */
  readonly share: (first: number) => number;
  /** `rehash` for the slots `from` up to `to` of the old table, while others do their part. */
  readonly move: (old: number, from: number, to: number) => void;
};

/** Both kernels work on the same memory in the same way. */
export type Engine = {
  readonly memory: Memory;
  readonly kernelFor: (keyBytes: number) => Kernel;
  /** Moves all to a memory that other threads can share; null: there is none. */
  readonly share: (() => WebAssembly.Memory) | null;
};
