/**
 * The header of the memory: byte addresses of words at its start.
 * `checker/kernel/native/assembly/words.ts` has the same numbers.
 */
export const HEADER = {
  programme: 64, // the list of the successors of a state
  buffer: 68, // records of successors
  capacity: 72, // records
  used: 76, // records
  table: 80, // keys, by hash
  shift: 84, // of the hash: 64 less the logarithm of the slots
  slots: 88,
  count: 92, // states
  directory: 96, // addresses of chunks of states
  index: 100, // numbers of states, by slot; 0: not kept
  deadlock: 104, // the first state without a successor, or -1
  missed: 108, // the item that met an unknown entry, or 0
  value: 112, // of the field that was read there
  bad: 116, // the property that the bad state decides
  checks: 120, // the list that finds bad states
  fanout: 124, // the most successors that a state can have
  elements: 136, // of a group: their actions on the fields
  weighed: 140, // records of weighed states
  scratch: 144, // two sums, and room for two keys
} as const;

/** The stack of items to return to. */
export const STACK = 256;

/** The empty list. */
export const EMPTY = 8;

/** Start of the memory that `Memory` allocates. */
export const HEAP = 4096;

/** Items of lists, by the lowest two bits of their first word. */
export const OP = { end: 0, leaf: 1, read: 2, bad: 3 } as const;

export const CHUNK_BITS = 13;
export const CHUNK = 1 << CHUNK_BITS; // states: their keys, then parents, then labels of two bytes

/** Bytes after the key in a record: its parent, its label, its slot, its number. */
export const RECORD_TAIL = 16;

/** Bytes of a key: the kernel is compiled once for each. */
export const KEY_SIZES = [4, 8, 16, 24, 32, 64, 128] as const;

/** A bit that is set in each key and that fields do not use, so that no key is 0. */
export const FLAG = 0x8000_0000;
