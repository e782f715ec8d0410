/** The kernel for platforms without WebAssembly: the same loops over the same memory. */

import type { Room } from '../explore/reached.ts';
import type { Engine, Kernel } from './kernel.ts';
import { CHUNK, CHUNK_BITS, HEADER, OP, RECORD_TAIL, STACK } from './memory/header.ts';
import { Memory, plainBacking } from './memory/memory.ts';

export function javascriptEngine(room: Room): Engine {
  const memory = new Memory(plainBacking(), room);
  return { memory, kernelFor: (keyBytes) => kernelOf(memory, keyBytes / 4), share: null };
}

const at = (address: number) => address >>> 2;

/** @param size - words of a key. */
function kernelOf(memory: Memory, size: number): Kernel {
  const record = size + RECORD_TAIL / 4;

  function hash(words: Int32Array, key: number): number {
    let mixed = size;
    for (let i = key; i < key + size; i += 1) {
      mixed = Math.imul(mixed ^ words[i]!, 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    return Math.imul(mixed, 0xc2b2ae35) >>> 0;
  }

  /** The slot of this key, or the free slot for it. */
  function slotFor(words: Int32Array, key: number): number {
    const table = at(words[at(HEADER.table)]!);
    const slots = words[at(HEADER.slots)]!;
    let slot = hash(words, key) >>> (words[at(HEADER.shift)]! - 32);
    for (;;) {
      const found = table + slot * size;
      if (words[found] === 0 || isSame(words, found, key)) return slot;
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
  }

  function isSame(words: Int32Array, a: number, b: number): boolean {
    for (let i = 0; i < size; i += 1) if (words[a + i] !== words[b + i]) return false;
    return true;
  }

  const chunkOf = (words: Int32Array, state: number) =>
    at(words[at(words[at(HEADER.directory)]!) + (state >>> CHUNK_BITS)]!);
  const keyOf = (words: Int32Array, state: number) =>
    chunkOf(words, state) + (state & (CHUNK - 1)) * size;

  function miss(words: Int32Array, item: number, value: number): void {
    words[at(HEADER.missed)] = item * 4;
    words[at(HEADER.value)] = value;
  }

  function emit(words: Int32Array, item: number, key: number, to: number): boolean {
    for (let i = 0; i < size; i += 1) words[to + i] = words[key + i]! ^ words[item + 1 + i]!;
    const tails = (words[item]! >>> 2) & 63;
    for (let i = 0, tail = item + 1 + size; i < tails; i += 1, tail += 3) {
      const place = words[tail]!;
      const word = at(place & 0xffff);
      const shift = place >>> 16;
      const value = (words[key + word]! >>> shift) & words[tail + 1]!;
      const next = words[at(words[tail + 2]!) + value]!;
      if (next === 0) {
        miss(words, tail, value);
        return false;
      }
      words[to + word]! ^= (value ^ (next - 1)) << shift;
    }
    return true;
  }

  /** The address, in words, of the list for the value that the item reads; 0: not known. */
  function follow(words: Int32Array, item: number, key: number): number {
    const head = words[item]!;
    const value = (words[key + at((head & 0xffff) >>> 2)]! >>> (head >>> 16)) & words[item + 1]!;
    const list = words[at(words[item + 2]!) + value]!;
    if (list === 0) miss(words, item, value);
    return at(list);
  }

  function add(words: Int32Array, from: number, slot: number, count: number): void {
    const table = at(words[at(HEADER.table)]!) + slot * size;
    const chunk = chunkOf(words, count);
    const place = count & (CHUNK - 1);
    for (let i = 0; i < size; i += 1) {
      words[table + i] = words[from + i]!;
      words[chunk + place * size + i] = words[from + i]!;
    }
    words[chunk + CHUNK * size + place] = words[from + size]!;
    const label = chunk + CHUNK * (size + 1) + (place >>> 1);
    words[label]! |= words[from + size + 1]! << (16 * (place & 1));
  }

  return {
    expand(from, to) {
      const { words } = memory;
      const buffer = at(words[at(HEADER.buffer)]!);
      const room = words[at(HEADER.capacity)]! - words[at(HEADER.fanout)]!;
      let used = words[at(HEADER.used)]!;
      for (let state = from; state < to; state += 1) {
        words[at(HEADER.used)] = used;
        if (used > room) return state;
        const before = used;
        const key = keyOf(words, state);
        let stack = at(STACK);
        let item = at(words[at(HEADER.programme)]!);
        for (;;) {
          const head = words[item]!;
          if ((head & 3) === OP.leaf) {
            const next = buffer + used * record;
            if (!emit(words, item, key, next)) return state;
            words[next + size] = state;
            words[next + size + 1] = head >>> 8;
            used += 1;
            item += 1 + size + ((head >>> 2) & 63) * 3;
          } else if ((head & 3) === OP.read) {
            const list = follow(words, item, key);
            if (list === 0) return state;
            words[stack] = item + 3;
            stack += 1;
            item = list;
          } else {
            if (stack === at(STACK)) break;
            stack -= 1;
            item = words[stack]!;
          }
        }
        if (used === before && words[at(HEADER.deadlock)]! < 0) words[at(HEADER.deadlock)] = state;
      }
      words[at(HEADER.used)] = used;
      return to;
    },

    insert() {
      const { words } = memory;
      const table = at(words[at(HEADER.table)]!);
      const index = at(words[at(HEADER.index)]!);
      const buffer = at(words[at(HEADER.buffer)]!);
      const end = buffer + words[at(HEADER.used)]! * record;
      let count = words[at(HEADER.count)]!;
      for (let from = buffer; from < end; from += record) {
        const slot = slotFor(words, from);
        if (words[table + slot * size] === 0) {
          add(words, from, slot, count);
          if (index !== 0) words[index + slot] = count;
          count += 1;
        }
        if (index !== 0) words[from + size + 3] = words[index + slot]!;
      }
      words[at(HEADER.count)] = count;
      return count;
    },

    check(from, to) {
      const { words } = memory;
      for (let state = from; state < to; state += 1) {
        const key = keyOf(words, state);
        let stack = at(STACK);
        let item = at(words[at(HEADER.checks)]!);
        for (;;) {
          const head = words[item]!;
          if ((head & 3) === OP.bad) {
            words[at(HEADER.bad)] = head >>> 2;
            return state;
          }
          if ((head & 3) === OP.read) {
            const list = follow(words, item, key);
            if (list === 0) return state;
            words[stack] = item + 3;
            stack += 1;
            item = list;
          } else {
            if (stack === at(STACK)) break;
            stack -= 1;
            item = words[stack]!;
          }
        }
      }
      return to;
    },

    refill(from, to) {
      const { words } = memory;
      const table = at(words[at(HEADER.table)]!);
      const index = at(words[at(HEADER.index)]!);
      for (let state = from; state < to; state += 1) {
        const key = keyOf(words, state);
        const slot = slotFor(words, key);
        for (let i = 0; i < size; i += 1) words[table + slot * size + i] = words[key + i]!;
        if (index !== 0) words[index + slot] = state;
      }
    },

    rehash(old, oldIndex) {
      const { words } = memory;
      const table = at(words[at(HEADER.table)]!);
      const index = at(words[at(HEADER.index)]!);
      const slots = words[at(HEADER.slots)]! / 2;
      for (let from = 0; from < slots; from += 1) {
        const key = at(old) + from * size;
        if (words[key] === 0) continue;
        const slot = slotFor(words, key);
        for (let i = 0; i < size; i += 1) words[table + slot * size + i] = words[key + i]!;
        if (index !== 0) words[index + slot] = words[at(oldIndex) + from]!;
      }
    },
  };
}
