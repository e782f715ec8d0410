/** The linear memory of a kernel, and the allocation of its parts. */
import type { Room } from '../../explore/reached.ts';
import { HEAP } from './header.ts';

export const PAGE = 2 ** 16;
export const PAGES_MAX = 2 ** 16; // 4 GiB, what an address of 32 bits reaches
const AHEAD = 16; // the memory grows by 1/16 of its length

/** A memory that can grow. Its words are then another array. */
export type Backing = {
  readonly words: () => Int32Array;
  /** @returns false if the platform has no more memory. */
  readonly grow: (pages: number) => boolean;
};

type Region = { readonly address: number; readonly bytes: number };

export class Memory {
  /** The whole memory as words. May be another array after each `allocate`. */
  words: Int32Array;
  #backing: Backing;
  readonly #room: Room;
  #free: Region[] = [];
  #top = HEAP;

  /** @param room - called before the memory grows. */
  constructor(backing: Backing, room: Room) {
    this.#backing = backing;
    this.#room = room;
    this.words = backing.words();
  }

  /** The bytes allocated so far. The memory may be longer. */
  get bytes(): number {
    return this.#top;
  }

  /** @returns the byte address, a multiple of 8, of `bytes` bytes that are all 0. */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / 8) * 8;
    const found = this.#free.findIndex((region) => region.bytes >= size);
    if (found < 0) return this.#extend(size);
    const { address, bytes: free } = this.#free[found]!;
    const rest = { address: address + size, bytes: free - size };
    this.#free.splice(found, 1, ...(rest.bytes > 0 ? [rest] : []));
    this.words.fill(0, address / 4, (address + size) / 4);
    return address;
  }

  /** Frees memory that `allocate` returned. */
  release(address: number, bytes: number): void {
    this.#free.push({ address, bytes: Math.ceil(bytes / 8) * 8 });
  }

  /** Copies the memory to a backing of the same size. Addresses stay the same. */
  moveTo(backing: Backing): void {
    const words = backing.words();
    words.set(this.words);
    this.#backing = backing;
    this.words = words;
  }

  #extend(size: number): number {
    this.#room(size);
    const address = this.#top;
    const missing = address + size - this.words.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / PAGE));
    this.#top = address + size;
    return address;
  }

  /** V8 counts the whole memory as garbage each time it grows, so it grows seldom. */
  #grow(pages: number): void {
    const has = this.words.byteLength / PAGE;
    const ahead = Math.min(Math.floor(has / AHEAD), PAGES_MAX - has);
    const isLonger = (ahead > pages && this.#backing.grow(ahead)) || this.#backing.grow(pages);
    if (!isLonger) this.#room(Number.POSITIVE_INFINITY);
    this.words = this.#backing.words();
  }
}

/** The backing without WebAssembly: an array that is copied to a longer one when it grows. */
export function plainBacking(): Backing {
  let buffer = new ArrayBuffer(PAGE);
  let words = new Int32Array(buffer);
  return {
    words: () => words,
    grow(pages) {
      const bytes = words.byteLength + pages * PAGE;
      if (bytes > buffer.byteLength) {
        const longer = new ArrayBuffer(Math.max(bytes, 2 * buffer.byteLength));
        new Int32Array(longer).set(words);
        buffer = longer;
      }
      words = new Int32Array(buffer, 0, bytes / 4);
      return true;
    },
  };
}

export const backingOf = (memory: WebAssembly.Memory): Backing => ({
  words: () => new Int32Array(memory.buffer),
  grow(pages) {
    try {
      memory.grow(pages);
      return true;
    } catch {
      return false; // a RangeError: the engine has no more
    }
  },
});
