/** How far a breadth-first search has come, and work that reports its progress in turns. */
import type { Progress } from './limits.ts';

/**
 * Runs a generator to its end and returns its result.
 *
 * @param onTurn - receives each value that the generator yields.
 */
export function finished<Turn, Result>(
  turns: Generator<Turn, Result>,
  onTurn?: (turn: Turn) => void,
): Result {
  for (let turn = turns.next(); ; turn = turns.next()) {
    if (turn.done) return turn.value;
    onTurn?.(turn.value);
  }
}

export class SearchProgress {
  readonly began: number; // of `performance.now()`
  expanded = 0; // states all of whose steps are known
  transitions = 0;
  #depth = 0; // of the state to expand next
  #levelEnd = 1;

  /** @param began - start time of the search that this one continues. */
  constructor(began = performance.now()) {
    this.began = began;
  }

  /** The first state that is deeper than the state to expand next. */
  get levelEnd(): number {
    return this.#levelEnd;
  }

  /**
   * Call it before each state is expanded.
   *
   * @param states - the number of states found so far.
   * @returns whether the state to expand is the first one of its level.
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
