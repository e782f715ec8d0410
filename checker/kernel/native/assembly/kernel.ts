/**
 * The inner loops of a search, over one linear memory that TypeScript lays out (`checker/kernel/`).
 *
 * A state is a key of KEY bytes in which bit 31 is set, so that no key is 0. A programme computes
 * its successors. It is a list of items:
 *
 *     END   0
 *     LEAF  1 | tails << 2 | label << 8, the KEY bytes to XOR, then each tail as three words
 *     READ  2 | offset << 2 | shift << 16, mask, the table of lists by what is read
 *     BAD   3 | property << 2
 *
 * A tail changes a field that was not read: offset | shift << 16, mask, the table of next values,
 * each plus one. An entry of a table is 0 if it is not known yet; `MISSED` then names it.
 */

import {
  BAD,
  BUFFER,
  CAPACITY,
  CHECKS,
  COUNT,
  DEADLOCK,
  FANOUT,
  INDEX,
  KEY,
  PROGRAMME,
  RECORD,
  SLOTS,
  STACK,
  TABLE,
  USED,
  append,
  chunkOf,
  copy,
  isFree,
  isSame,
  keyOf,
  miss,
  own,
  slotOf,
  touch,
  word,
} from './words';

/** Writes a successor. False: the next value of a tail is not known. */
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

/**
 * Adds the records in the buffer to the table and the new ones to the states. There must be room.
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
 * Runs the programme CHECKS on the states `from` up to `to`.
 *
 * @returns the first state that is BAD, or that meets an unknown entry (MISSED is then set);
 *   otherwise `to`.
 */
export function check(from: i32, to: i32): i32 {
  const checks = word(CHECKS) as usize;
  const bottom = own(STACK);
  for (let state = from; state < to; state += 1) {
    const key = keyOf(state);
    let stack = bottom;
    let item = checks;
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
 * Moves the keys of a table of half the size, at `old`, to the present one. Both are in the order
 * of the hash, so the loop reads and writes them from one end to the other.
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
