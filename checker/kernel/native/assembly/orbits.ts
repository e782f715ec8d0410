/**
 * States up to a group that acts on them: the least state represents its orbit.
 *
 * ELEMENTS has the number of elements without the identity, the number of fields, and for each
 * element an entry for each field, in the order of the images: offset | shift << 16 and mask of the
 * source field, the table of the images of its values, each plus one, then offset | shift << 16 and
 * mask of the image. The lesser of two states has the lesser value in the first differing field.
 */
import { BUFFER, KEY, RECORD, USED, copy, keyOf, miss, word } from './words';

export { check, expand, insert, refill, rehash } from './kernel';

const ELEMENTS: usize = 136;
const WEIGHED: usize = 140; // records
const SCRATCH: usize = 144; // the address of two sums, and of room for two keys
const ENTRY: usize = 20;
const FLAG: u32 = 0x80000000;

/** The image of the field's value, plus one; 0: not known. */
@inline
function become(entry: usize, key: usize): u32 {
  const place = word(entry);
  const value = (word(key + (place & 0xffff)) >>> (place >>> 16)) & word(entry + 4);
  const next = word(word(entry + 8) + (value << 2));
  if (next == 0) miss(entry, value);
  return next;
}

@inline
function present(entry: usize, key: usize): u32 {
  const place = word(entry + 12);
  return (word(key + (place & 0xffff)) >>> (place >>> 16)) & word(entry + 16);
}

/** Writes the image of the state. False: some of it is not known. */
function image(element: usize, fields: usize, key: usize, to: usize): bool {
  for (let i: usize = 0; i < KEY; i += 4) store<u32>(to + i, 0);
  store<u32>(to, FLAG);
  for (let entry = element; entry < element + fields * ENTRY; entry += ENTRY) {
    const next = become(entry, key);
    if (next == 0) return false;
    const place = word(entry + 12);
    const at = to + (place & 0xffff);
    store<u32>(at, word(at) | ((next - 1) << (place >>> 16)));
  }
  return true;
}

/**
 * Replaces the states in the buffer, from the record `from` on, by the least of their orbits.
 *
 * @returns the first record that is not replaced: all are, or MISSED is set.
 */
export function canonize(from: i32): i32 {
  const used = word(USED) as i32;
  const elements = word(ELEMENTS) as usize;
  const order = word(elements);
  const fields = word(elements + 4) as usize;
  const best = (word(SCRATCH) as usize) + 16;
  const other = best + KEY;
  for (let index = from; index < used; index += 1) {
    const key = (word(BUFFER) as usize) + (index as usize) * RECORD;
    copy(key, best);
    let element = elements + 8;
    for (let left = order; left != 0; left -= 1) {
      for (let entry = element; entry < element + fields * ENTRY; entry += ENTRY) {
        const next = become(entry, key);
        if (next == 0) return index;
        const value = next - 1;
        const least = present(entry, best);
        if (value == least) continue;
        if (value < least) {
          if (!image(element, fields, key, other)) return index;
          copy(other, best);
        }
        break;
      }
      element += fields * ENTRY;
    }
    copy(best, key);
  }
  return used;
}

/** The number of states of the orbit; 0: not known. */
function sizeOf(key: usize): u32 {
  const elements = word(ELEMENTS) as usize;
  const order = word(elements);
  const fields = word(elements + 4) as usize;
  let fixing: u32 = 1;
  let element = elements + 8;
  for (let left = order; left != 0; left -= 1) {
    let isFixed: u32 = 1;
    for (let entry = element; entry < element + fields * ENTRY; entry += ENTRY) {
      const next = become(entry, key);
      if (next == 0) return 0;
      if (next - 1 == present(entry, key)) continue;
      isFixed = 0;
      break;
    }
    fixing += isFixed;
    element += fields * ENTRY;
  }
  return (order + 1) / fixing;
}

/**
 * Adds to the two sums the states of the orbits of the states `from` up to `to`, and the steps out
 * of them. The successors are in the buffer, from the record WEIGHED on.
 *
 * @returns the first state that is not weighed: `to`, or MISSED is set.
 */
export function weigh(from: i32, to: i32): i32 {
  const sums = word(SCRATCH) as usize;
  const used = word(USED);
  for (let state = from; state < to; state += 1) {
    const size = sizeOf(keyOf(state));
    if (size == 0) return state;
    let index = word(WEIGHED);
    let steps: u32 = 0;
    while (index < used) {
      const record = (word(BUFFER) as usize) + (index as usize) * RECORD;
      if (word(record + KEY) != (state as u32)) break;
      index += 1;
      steps += 1;
    }
    store<u32>(WEIGHED, index);
    store<f64>(sums, load<f64>(sums) + (size as f64));
    store<f64>(sums + 8, load<f64>(sums + 8) + (size as f64) * (steps as f64));
  }
  return to;
}
