/**
 * What the threads of one search say to each other, as words of the memory that they share. They
 * follow the words of `header.ts`; `threads.ts` has some of the numbers.
 */
/** Said by the thread that coordinates, to all, in its header at the start of the memory. */
export const COMMON = {
  stop: 160, // 1: let each worker rest when its batch is done
  cursor: 164, // the first slice that nobody has taken
  length: 168, // of `ranges`
  ranges: 172, // address of pairs: the first state of a range, and the one after its last
  fills: 176, // address of numbers of states, by chunk
  pool: 180, // the first chunk that nobody has taken
  poolEnd: 184, // the first chunk that there is not
  bell: 188, // rung by each worker that rests
  version: 192, // of the layout of keys
  keyBytes: 196,
  old: 232, // address of a table of half the size that is to be moved, or 0
  slice: 236, // states that a thread takes at once; a divisor of a chunk
} as const;

/** Said by each thread, in its header. */
export const OWN = {
  state: 200, // see STATE
  ask: 204, // see ASK
  next: 208, // the number of the next state that it finds
  end: 212, // the first number that is not in its chunk any more
  steps: 216, // in this level
  expanded: 220, // states, in this level
  found: 224, // states, in this level
  subject: 228, // the state that is asked about
} as const;

/** What a worker does. */
export const STATE = { absent: 0, rests: 1, works: 2, leaves: 3 } as const;

/** What a thread cannot go on without. */
export const ASK = {
  nothing: 0,
  entry: 1, // of a table: `missed` and `value` say which
  chunk: 2,
  verdict: 3, // `subject` decides the property `bad`
  failed: 4, // it has come to an error, whose text is at FAILURE
} as const;

export type Ask = (typeof ASK)[keyof typeof ASK];

/** An error of a worker, where its stack of items was: the number of characters, and each. */
export const FAILURE = { address: 256, charactersMax: 400 } as const;

/** Bytes of a header, with the stack of items at its end. */
export const BLOCK = 4096;

/** Slots of a table that a thread moves at once. */
export const MOVED = 2 ** 14;
