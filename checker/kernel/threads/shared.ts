/**
 * The words of the shared memory by which the threads of a search communicate. They follow the
 * words of `header.ts`; `native/assembly/threads.ts` has some of the same numbers.
 */

/** From the coordinating thread to all, in the header at the start of the memory. */
export const COMMON = {
  stop: 160, // 1: each worker rests when its batch is done
  cursor: 164, // the first slice that is not taken
  length: 168, // of `ranges`
  ranges: 172, // address of pairs: the first state of a range, and the one after its last
  fills: 176, // address of the number of states of each chunk
  pool: 180, // the first chunk that is not taken
  poolEnd: 184, // the number of chunks
  bell: 188, // incremented by each worker that rests
  version: 192, // of the layout of keys
  keyBytes: 196,
  old: 232, // address of a table of half the size to move, or 0
  slice: 236, // states that a thread takes at once; a divisor of a chunk
} as const;

/** From each thread, in its header. */
export const OWN = {
  state: 200, // see STATE
  ask: 204, // see ASK
  next: 208, // the number of the next state that it adds
  end: 212, // the number after the last one of its chunk
  steps: 216, // in this level
  expanded: 220, // states, in this level
  found: 224, // states, in this level
  subject: 228, // the state that decides a property
} as const;

/** The states of a worker. */
export const STATE = { absent: 0, rests: 1, works: 2, leaves: 3 } as const;

/** What a thread needs from the coordinator to continue. */
export const ASK = {
  nothing: 0,
  entry: 1, // of a table: `missed` and `value` say which
  chunk: 2,
  verdict: 3, // `subject` decides the property `bad`
  failed: 4, // an error, with its text at FAILURE
} as const;

export type Ask = (typeof ASK)[keyof typeof ASK];

/** The error of a worker, in place of its stack: the number of characters, then each. */
export const FAILURE = { address: 256, charactersMax: 400 } as const;

/** Bytes of a header, with the stack of items at its end. */
export const BLOCK = 4096;

/** The slots of a table that a thread moves at once. */
export const MOVED = 2 ** 14;
