/** The limits of a search, and the error for a search that reaches one. */

export type Progress = {
  readonly states: number;
  readonly frontier: number; // states that are found and not yet expanded
  readonly transitions: number;
  readonly depth: number; // steps to the furthest state
  readonly milliseconds: number;
  readonly bytes: number; // for states and steps; tables of machines not counted
};

export type Limits = {
  readonly statesMax: number; // inclusive
  readonly millisecondsMax?: number;
  /** For states and steps. Default: 2 GiB. */
  readonly bytesMax?: number;
};

/** A search that was cut short. It proves nothing; its numbers say how far it came. */
export class LimitReached extends RangeError implements Progress {
  override name = 'LimitReached';
  readonly states: number;
  readonly frontier: number;
  readonly transitions: number;
  readonly depth: number;
  readonly milliseconds: number;
  readonly bytes: number;

  constructor(limit: string, progress: Progress) {
    const { states, transitions, depth, milliseconds } = progress;
    const reached = `${states} states, ${transitions} transitions, depth ${depth}`;
    const spent = `${Math.round(milliseconds)} ms`;
    super(`more than ${limit}: nothing was proved (${reached}, ${spent})`);
    this.states = states;
    this.frontier = progress.frontier;
    this.transitions = transitions;
    this.depth = depth;
    this.milliseconds = milliseconds;
    this.bytes = progress.bytes;
  }
}
