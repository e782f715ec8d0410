/** The part of a search that a kernel does; `native/assembly/kernel.ts` describes the memory. */
import type { Memory } from './memory/memory.ts';

export type Kernel = {
  /** Appends successors of the states `from` up to `to` to the buffer. @returns the first left. */
  readonly expand: (from: number, to: number) => number;
  /** Adds the records in the buffer to the states. @returns the number of states. */
  readonly insert: () => number;
  /** The first bad state from `from` up to `to`, or the first that meets an unknown entry. */
  readonly check: (from: number, to: number) => number;
  /** Fills an empty table with these states. */
  readonly refill: (from: number, to: number) => void;
  /** Moves all keys from a table of half the size. */
  readonly rehash: (old: number, oldIndex: number) => void;
};

/** A kernel that searches up to symmetry. */
export type OrbitsKernel = Kernel & {
  /** Replaces records by the least states of their orbits. @returns the first not replaced. */
  readonly canonize: (from: number) => number;
  /** Adds up the sizes of the states' orbits. @returns the first state not weighed. */
  readonly weigh: (from: number, to: number) => number;
};

/** A kernel for several threads. */
export type SharedKernel = Kernel & {
  /** Adds the records from `first` on until the chunk is full. @returns the first not added. */
  readonly share: (first: number) => number;
  /** `rehash` for the slots `from` up to `to` of the old table; other threads move the others. */
  readonly move: (old: number, from: number, to: number) => void;
};

/** A memory and its kernels. All engines use the memory in the same way. */
export type Engine = {
  readonly memory: Memory;
  readonly kernelFor: (keyBytes: number) => Kernel;
  /** Moves all data to a memory that threads can share. Null: the engine cannot. */
  readonly share: (() => WebAssembly.Memory) | null;
};
