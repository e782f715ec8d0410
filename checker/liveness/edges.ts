/** The steps between the states of a search, kept if single states do not decide a property. */
import { enlarged, type Room } from '../explore/reached.ts';

/** Ends are appended a start at a time, in the order of the starts' numbers. */
export class Edges {
  #ends = new Int32Array(1024);
  #offers: Int32Array<ArrayBuffer> | null;
  #count = 0;
  readonly #until: number[] = []; // by start: the number of edges up to its last one

  readonly #room: Room;

  /** @param namesOffers - whether to keep the offer of each edge. */
  constructor(namesOffers: boolean, room: Room) {
    this.#room = room;
    this.#offers = namesOffers ? new Int32Array(1024) : null;
  }

  push(end: number, offer: number): void {
    if (this.#count === this.#ends.length) {
      this.#room(this.bytes);
      this.#ends = enlarged(this.#ends);
      this.#offers &&= enlarged(this.#offers);
    }
    this.#ends[this.#count] = end;
    if (this.#offers) this.#offers[this.#count] = offer;
    this.#count += 1;
  }

  /** Ends the edges of the current start. */
  close(): void {
    this.#until.push(this.#count);
  }

  get bytes(): number {
    return this.#ends.byteLength + (this.#offers?.byteLength ?? 0) + 8 * this.#until.length;
  }

  /** The number of starts whose edges are complete. */
  get states(): number {
    return this.#until.length;
  }

  /** The edges out of `state` are numbered from this on, up to that of the next state. */
  first(state: number): number {
    return state === 0 ? 0 : this.#until[state - 1]!;
  }

  end(edge: number): number {
    return this.#ends[edge]!;
  }

  /** @throws RangeError if the offers are not kept. */
  offer(edge: number): number {
    if (!this.#offers) throw new RangeError('these edges do not name their offers');
    return this.#offers[edge]!;
  }

  /**
   * The first state from which no state of `goals` can be reached, or -1.
   *
   * @param goals - 1 for a goal and 0 for any other, by state. Overwritten: 1 where one can be
   *   reached.
   */
  firstAstray(goals: Uint8Array): number {
    const { firsts, starts } = this.#reversed();
    const pending: number[] = [];
    goals.forEach((goal, state) => {
      if (goal === 1) pending.push(state);
    });
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      for (let i = firsts[state]!; i < firsts[state + 1]!; i += 1) {
        const start = starts[i]!;
        if (goals[start] === 1) continue;
        goals[start] = 1;
        pending.push(start);
      }
    }
    return goals.indexOf(0);
  }

  /** The starts of the edges into a state are `starts[firsts[state]]` up to those of the next. */
  #reversed(): { readonly firsts: Int32Array; readonly starts: Int32Array } {
    const states = this.#until.length;
    const firsts = new Int32Array(states + 1);
    for (let i = 0; i < this.#count; i += 1) firsts[this.#ends[i]! + 1]! += 1;
    for (let state = 0; state < states; state += 1) firsts[state + 1]! += firsts[state]!;
    const starts = new Int32Array(this.#count);
    const filled = firsts.slice();
    for (let start = 0, i = 0; start < states; start += 1) {
      for (; i < this.#until[start]!; i += 1) {
        const end = this.#ends[i]!;
        starts[filled[end]!] = start;
        filled[end]! += 1;
      }
    }
    return { firsts, starts };
  }
}
