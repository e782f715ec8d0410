/**
 * The inner loops of a search, over one linear memory that TypeScript lays out (`checker/kernel/`).
 *
 * A state is a key of KEY bytes in which bit 31 is set, so that no key is 0. What its successors
 * are is a programme, a list of items:
 *
 *     END   0
 *     LEAF  1 | tails << 2 | label << 8, the KEY bytes to XOR, then each tail as three words
 *     READ  2 | offset << 2 | shift << 16, mask, the table of lists by what is read
 *     BAD   3 | property << 2
 *
 * A tail is a field that changes by itself: offset | shift << 16, mask, the table of what it
 * becomes, plus one. A table's entry is 0 where nobody has asked yet; then `MISSED` names it.
 */

/** Bytes of a key: 4, or a multiple of 8. The build compiles this file once for each. */
export const KEY: usize = 8;
/** Where the header of this thread is. Where there are several, each has its own. */
export const BASE: usize = 0;
export const RECORD: usize = KEY + 16; // key, parent, label, slot, number

// The header: see `checker/kernel/memory/header.ts`.
const PROGRAMME: usize = 64;
export const BUFFER: usize = 68;
const CAPACITY: usize = 72;
export const USED: usize = 76;
export const TABLE: usize = 80;
const SHIFT: usize = 84;
export const SLOTS: usize = 88;
const COUNT: usize = 92;
export const DIRECTORY: usize = 96;
const INDEX: usize = 100;
const DEADLOCK: usize = 104;
const MISSED: usize = 108;
const VALUE: usize = 112;
const BAD: usize = 116;
const JUDGEMENT: usize = 120;
const FANOUT: usize = 124;
export const SINK: usize = 128;
const STACK: usize = 256;

export const CHUNK_BITS: i32 = 13; // states in a chunk: keys, then parents, then labels of two bytes
export const CHUNK: i32 = 1 << CHUNK_BITS;

@inline
export function word(address: usize): u32 {
  return load<u32>(address);
}

/** A word of the header that each thread has for itself. */
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

/** The upper bits matter: a table that doubles keeps its order, so that it can be read in order. */
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

/** Writes a successor. False: what a tail becomes is not known. */
@inline
function emit(item: usize, head: u32, key: usize, to: usize): bool {
  if (KEY == 4) store<u32>(to, load<u32>(key) ^ load<u32>(item + 4));
  else {
    for (let i: usize = 0; i < KEY; i += 8) {
      store<u64>(to + i, load<u64>(key + i) ^ load<u64>(item + 4 + i));
    }
  }
  let tail = item + 4 + KEY;
  for (let left = (head >>> 2) & 63; left != 0; left -= 1) {
    const place = word(tail);
    const offset = (place & 0xffff) as usize;
    const shift = place >>> 16;
    const value = (word(key + offset) >>> shift) & word(tail + 4);
    const next = word(word(tail + 8) + (value << 2));
    if (next == 0) {
      miss(tail, value);
      return false;
    }
    store<u32>(to + offset, word(to + offset) ^ ((value ^ (next - 1)) << shift));
    tail += 12;
  }
  return true;
}

/**
 * Appends the successors of the states `from` up to `to` to the buffer, in order.
 *
 * @returns the first state that was not expanded: `to`, or earlier where the buffer is full or,
 *   with MISSED set, an entry is not known. Then nothing of that state is in the buffer.
 */
export function expand(from: i32, to: i32): i32 {
  const programme = word(PROGRAMME) as usize;
  const buffer = word(own(BUFFER)) as usize;
  const room = (word(CAPACITY) - word(FANOUT)) as i32;
  const bottom = own(STACK);
  let used = word(own(USED)) as i32;
  for (let state = from; state < to; state += 1) {
    if (used > room) {
      store<u32>(own(USED), used);
      return state;
    }
    const before = used;
    const key = keyOf(state);
    let record = buffer + (used as usize) * RECORD;
    let stack = bottom;
    let item = programme;
    for (;;) {
      const head = word(item);
      const op = head & 3;
      if (op == 1) {
        if (!emit(item, head, key, record)) {
          store<u32>(own(USED), before);
          return state;
        }
        store<u32>(record + KEY, state as u32);
        store<u32>(record + KEY + 4, head >>> 8);
        record += RECORD;
        used += 1;
        item += 4 + KEY + (((head >>> 2) & 63) as usize) * 12;
      } else if (op == 2) {
        const value = (word(key + ((head & 0xffff) >>> 2)) >>> (head >>> 16)) & word(item + 4);
        const list = word(word(item + 8) + (value << 2)) as usize;
        if (list == 0) {
          miss(item, value);
          store<u32>(own(USED), before);
          return state;
        }
        item += 12;
        store<u32>(stack, item as u32);
        stack += 4;
        item = list;
      } else {
        if (stack == bottom) break;
        stack -= 4;
        item = word(stack);
      }
    }
    if (used == before && load<i32>(own(DEADLOCK)) < 0) store<i32>(own(DEADLOCK), state);
  }
  store<u32>(own(USED), used);
  return to;
}

/** Looks at the slot of each of these records, so that cache misses overlap. */
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

/** Writes a record to a chunk, as the state of this number. */
@inline
export function append(record: usize, chunk: usize, state: i32): void {
  const at = (state & (CHUNK - 1)) as usize;
  copy(record, chunk + at * KEY);
  store<u32>(chunk + (CHUNK as usize) * KEY + (at << 2), word(record + KEY));
  store<u16>(chunk + (CHUNK as usize) * (KEY + 4) + (at << 1), word(record + KEY + 4) as u16);
}

/**
 * Adds what is in the buffer to the table and, where it is new, to the states. There must be room.
 *
 * @returns the number of states.
 */
export function insert(): i32 {
  const used = word(own(USED)) as i32;
  const table = word(TABLE) as usize;
  const end = table + (word(SLOTS) as usize) * KEY;
  const index = word(INDEX) as usize;
  let count = word(COUNT) as i32;
  let record = word(own(BUFFER)) as usize;
  const last = record + (used as usize) * RECORD;
  touch(record, last);
  for (; record < last; record += RECORD) {
    let slot = word(record + KEY + 8) as usize;
    while (!isFree(slot) && !isSame(slot, record)) {
      slot += KEY;
      if (slot == end) slot = table;
    }
    if (isFree(slot)) {
      copy(record, slot);
      append(record, chunkOf(count), count);
      if (index != 0) store<u32>(index + ((slot - table) / KEY) * 4, count as u32);
      count += 1;
    }
    if (index != 0) store<u32>(record + KEY + 12, word(index + ((slot - table) / KEY) * 4));
  }
  store<u32>(COUNT, count as u32);
  return count;
}

/**
 * Runs the judgement on the states `from` up to `to`.
 *
 * @returns the first state that it calls BAD, or that meets an entry that is not known (MISSED is
 *   set then); `to` where there is none.
 */
export function judge(from: i32, to: i32): i32 {
  const judgement = word(JUDGEMENT) as usize;
  const bottom = own(STACK);
  for (let state = from; state < to; state += 1) {
    const key = keyOf(state);
    let stack = bottom;
    let item = judgement;
    for (;;) {
      const head = word(item);
      const op = head & 3;
      if (op == 2) {
        const value = (word(key + ((head & 0xffff) >>> 2)) >>> (head >>> 16)) & word(item + 4);
        const list = word(word(item + 8) + (value << 2)) as usize;
        if (list == 0) {
          miss(item, value);
          return state;
        }
        store<u32>(stack, (item + 12) as u32);
        stack += 4;
        item = list;
      } else if (op == 3) {
        store<u32>(own(BAD), head >>> 2);
        return state;
      } else {
        if (stack == bottom) break;
        stack -= 4;
        item = word(stack);
      }
    }
  }
  return to;
}

/** Fills an empty table with the states `from` up to `to`, which differ from each other. */
export function refill(from: i32, to: i32): void {
  const table = word(TABLE) as usize;
  const end = table + (word(SLOTS) as usize) * KEY;
  const index = word(INDEX) as usize;
  for (let state = from; state < to; state += 1) {
    const key = keyOf(state);
    let slot = slotOf(key);
    while (!isFree(slot)) {
      slot += KEY;
      if (slot == end) slot = table;
    }
    copy(key, slot);
    if (index != 0) store<u32>(index + ((slot - table) / KEY) * 4, state as u32);
  }
}

/**
 * Moves the keys of a table of half the size, at `old`, to the present one. The order by hash
 * stays as it is, so that both are gone through from one end to the other.
 */
export function rehash(old: u32, oldIndex: u32): void {
  const table = word(TABLE) as usize;
  const end = table + (word(SLOTS) as usize) * KEY;
  const index = word(INDEX) as usize;
  const oldEnd = (old as usize) + ((word(SLOTS) >>> 1) as usize) * KEY;
  for (let from: usize = old as usize; from < oldEnd; from += KEY) {
    if (isFree(from)) continue;
    let slot = slotOf(from);
    while (!isFree(slot)) {
      slot += KEY;
      if (slot == end) slot = table;
    }
    copy(from, slot);
    if (index != 0) {
      const state = word((oldIndex as usize) + ((from - old) / KEY) * 4);
      store<u32>(index + ((slot - table) / KEY) * 4, state);
    }
  }
}
