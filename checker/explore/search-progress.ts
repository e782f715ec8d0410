/** How far a breadth-first search has come: what it has done, and how deep it is. */
import type { Progress } from './limits.ts';

export class SearchProgress {
  readonly began: number; // of `performance.now()`
  expanded = 0; // states whose steps are all known
  transitions = 0;
  #depth = 0; // of the state that is expanded next
  #levelEnd = 1;

  /** @param began - of a search that another one has begun. */
  constructor(began = performance.now()) {
    this.began = began;
  }

  /** The first state that is deeper than the one that is expanded next. */
  get levelEnd(): number {
    return this.#levelEnd;
  }

  /**
   * To be told before a state is expanded.
   *
   * @param states - how many have been found.
   * @returns whether it is the first one of another level.
   */
  goOn(states: number): boolean {
    if (this.expanded !== this.#levelEnd) return false;
    this.#depth += 1;
    this.#levelEnd = states;
    return true;
  }

  progress(states: number, bytes: number): Progress {
    return {
      states,
      frontier: states - this.expanded,
      transitions: this.transitions,
      depth: this.#depth + (states > this.#levelEnd ? 1 : 0),
      milliseconds: performance.now() - this.began,
      bytes,
    };
  }
}
