/** The layout of the linear memory, and the functions that read and write it. */

/** Bytes of a key: 4, or a multiple of 8. The build compiles this file once for each. */
export const KEY: usize = 8;
/** The address of this thread's header. Each thread has its own. */
export const BASE: usize = 0;
export const RECORD: usize = KEY + 16; // key, parent, label, slot, number

// The header: see `checker/kernel/memory/header.ts`.
export const PROGRAMME: usize = 64;
export const BUFFER: usize = 68;
export const CAPACITY: usize = 72;
export const USED: usize = 76;
export const TABLE: usize = 80;
const SHIFT: usize = 84;
export const SLOTS: usize = 88;
export const COUNT: usize = 92;
const DIRECTORY: usize = 96;
export const INDEX: usize = 100;
export const DEADLOCK: usize = 104;
const MISSED: usize = 108;
const VALUE: usize = 112;
export const BAD: usize = 116;
export const CHECKS: usize = 120;
export const FANOUT: usize = 124;
const SINK: usize = 128;
export const STACK: usize = 256;

export const CHUNK_BITS: i32 = 13; // of states: keys, then parents, then labels of two bytes
export const CHUNK: i32 = 1 << CHUNK_BITS;

@inline
export function word(address: usize): u32 {
  return load<u32>(address);
}

/** The address of a word in this thread's header. */
@inline
export function own(field: usize): usize {
  return BASE + field;
}

@inline
export function chunkOf(state: i32): usize {
  return word(word(DIRECTORY) + ((state >>> CHUNK_BITS) << 2));
}

@inline
export function keyOf(state: i32): usize {
  return chunkOf(state) + ((state & (CHUNK - 1)) as usize) * KEY;
}

@inline
export function isSame(a: usize, b: usize): bool {
  if (KEY == 4) return load<u32>(a) == load<u32>(b);
  for (let i: usize = 0; i < KEY; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return true;
}

@inline
export function copy(from: usize, to: usize): void {
  if (KEY == 4) store<u32>(to, load<u32>(from));
  else for (let i: usize = 0; i < KEY; i += 8) store<u64>(to + i, load<u64>(from + i));
}

/** The upper bits choose the slot, so that a table of twice the size has the same order. */
@inline
function hash(key: usize): u64 {
  if (KEY == 4) {
    const h = (load<u32>(key) as u64) * 0x9e3779b97f4a7c15;
    return (h ^ (h >>> 32)) * 0xd6e8feb86659fd93;
  }
  let h: u64 = 0;
  for (let i: usize = 0; i < KEY; i += 8) {
    h = (h ^ load<u64>(key + i)) * 0x9e3779b97f4a7c15;
    h ^= h >>> 32;
  }
  return h * 0xd6e8feb86659fd93;
}

@inline
export function slotOf(key: usize): usize {
  return word(TABLE) + ((hash(key) >>> word(SHIFT)) as usize) * KEY;
}

@inline
export function isFree(slot: usize): bool {
  return load<u32>(slot) == 0;
}

@inline
export function miss(item: usize, value: u32): void {
  store<u32>(own(MISSED), item as u32);
  store<u32>(own(VALUE), value);
}

/** Reads the slot of each of these records, so that cache misses overlap. */
@inline
export function touch(first: usize, last: usize): void {
  let sink: u32 = 0;
  for (let record = first; record < last; record += RECORD) {
    const slot = slotOf(record);
    store<u32>(record + KEY + 8, slot as u32);
    sink ^= load<u32>(slot);
  }
  store<u32>(own(SINK), sink);
}

/** Writes a record to a chunk, as the state with this number. */
@inline
export function append(record: usize, chunk: usize, state: i32): void {
  const at = (state & (CHUNK - 1)) as usize;
  copy(record, chunk + at * KEY);
  store<u32>(chunk + (CHUNK as usize) * KEY + (at << 2), word(record + KEY));
  store<u16>(chunk + (CHUNK as usize) * (KEY + 4) + (at << 1), word(record + KEY + 4) as u16);
}
