/**
 * The kernel for several threads on one memory. Each thread writes to its own buffer and chunks.
 * They share the table, to which they add keys by compare-and-swap.
 */
import {
  BUFFER,
  CHUNK_BITS,
  KEY,
  RECORD,
  SLOTS,
  TABLE,
  USED,
  append,
  chunkOf,
  isFree,
  isSame,
  own,
  slotOf,
  touch,
  word,
} from './words';

export { check, expand, insert, refill, rehash } from './kernel';

// The header: see `checker/kernel/threads/shared.ts`.
const FILLS: usize = 176;
const NEXT: usize = 208;
const END: usize = 212;

/** No key: the slot is taken, and a thread is writing its key. */
const BUSY: u64 = 1;

const ADDED = 0;
const FOUND = 1;
const OTHER = 2;

/** Puts the key into the slot if the slot is free. */
@inline
function claim(slot: usize, key: usize): i32 {
  if (KEY == 4) {
    const mine = load<u32>(key);
    let there = atomic.load<u32>(slot);
    if (there == 0) {
      there = atomic.cmpxchg<u32>(slot, 0, mine);
      if (there == 0) return ADDED;
    }
    return there == mine ? FOUND : OTHER;
  }
  const mine = load<u64>(key);
  let there = atomic.load<u64>(slot);
  if (KEY == 8) {
    if (there == 0) {
      there = atomic.cmpxchg<u64>(slot, 0, mine);
      if (there == 0) return ADDED;
    }
    return there == mine ? FOUND : OTHER;
  }
  if (there == 0) {
    there = atomic.cmpxchg<u64>(slot, 0, BUSY);
    if (there == 0) {
      for (let i: usize = 8; i < KEY; i += 8) store<u64>(slot + i, load<u64>(key + i));
      atomic.store<u64>(slot, mine); // after the rest, because other threads wait for it below
      return ADDED;
    }
  }
  while (there == BUSY) there = atomic.load<u64>(slot);
  return there == mine && isSame(slot, key) ? FOUND : OTHER;
}

/**
 * Adds the records in the buffer, from `first` on, to the table and the new ones to the chunk of
 * this thread. There must be room in the table.
 *
 * @returns the first record that was not added because the chunk is full; or their number.
 */
export function share(first: i32): i32 {
  const used = word(own(USED)) as i32;
  const table = word(TABLE) as usize;
  const end = table + (word(SLOTS) as usize) * KEY;
  const full = word(own(END)) as i32;
  let next = word(own(NEXT)) as i32;
  if (next == full) return first;
  const chunk = chunkOf(next);
  const buffer = word(own(BUFFER)) as usize;
  const last = buffer + (used as usize) * RECORD;
  let record = buffer + (first as usize) * RECORD;
  touch(record, last);
  for (; record < last && next < full; record += RECORD) {
    let slot = word(record + KEY + 8) as usize;
    let outcome = claim(slot, record);
    while (outcome == OTHER) {
      slot += KEY;
      if (slot == end) slot = table;
      outcome = claim(slot, record);
    }
    if (outcome == FOUND) continue;
    append(record, chunk, next);
    next += 1;
  }
  const number = (full - 1) >>> CHUNK_BITS;
  store<u32>(word(FILLS) + (number << 2), (next - (number << CHUNK_BITS)) as u32);
  store<i32>(own(NEXT), next);
  return ((record - buffer) / RECORD) as i32;
}

/**
 * Moves the keys in the slots `from` up to `to` of the table at `old` to the present one, which is
 * twice as long: `rehash` for one of several threads.
 */
export function move(old: u32, from: u32, to: u32): void {
  const table = word(TABLE) as usize;
  const end = table + (word(SLOTS) as usize) * KEY;
  const last = (old as usize) + (to as usize) * KEY;
  for (let key = (old as usize) + (from as usize) * KEY; key < last; key += KEY) {
    if (isFree(key)) continue;
    let slot = slotOf(key);
    while (claim(slot, key) == OTHER) {
      slot += KEY;
      if (slot == end) slot = table;
    }
  }
}
