/** How far a search may go, and how it says that it went no further. */

export type Progress = {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly milliseconds: number;
};

export type Limits = {
  readonly statesMax: number; // inclusive
  readonly millisecondsMax?: number;
  /** Numbers in all states together, one a component. Default: 2 ** 28, which is 1 GiB. */
  readonly cellsMax?: number;
};

/** A search that was cut short. It has proved nothing, and its numbers are only how far it got. */
export class LimitReached extends RangeError implements Progress {
  override name = 'LimitReached';
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly milliseconds: number;

  constructor(limit: string, { states, transitions, depth, milliseconds }: Progress) {
    const reached = `${states} states, ${transitions} transitions, depth ${depth}`;
    const spent = `${Math.round(milliseconds)} ms`;
    super(`more than ${limit}: nothing was proved (${reached}, ${spent})`);
    this.states = states;
    this.transitions = transitions;
    this.depth = depth;
    this.milliseconds = milliseconds;
  }
}
