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

export const BYTES_MAX = 2 ** 31;

/**
 * Receives a call for each component while a system is built and composed, and for other work on it
 * one with 0; it may throw.
 */
export type BuildWatch = (components?: number) => void;

/** What a component takes in memory with its names, ports and tables, on the average. */
const COMPONENT_BYTES = 2_048;
const CLOCK_EVERY = 64; // calls

/**
 * Watches the limits while there is no state yet.
 *
 * @param onBuilding - receives the milliseconds so far, from time to time.
 * @returns what throws LimitReached at the component that is too much.
 */
export function buildWatch(
  { millisecondsMax = Number.POSITIVE_INFINITY, bytesMax = BYTES_MAX }: Omit<Limits, 'statesMax'>,
  onBuilding: (milliseconds: number) => void = () => {},
): BuildWatch {
  const began = performance.now();
  let [calls, components] = [0, 0];
  const stop = (limit: string) => {
    const milliseconds = performance.now() - began;
    const nothing = { states: 0, frontier: 0, transitions: 0, depth: 0 };
    throw new LimitReached(limit, {
      ...nothing,
      milliseconds,
      bytes: components * COMPONENT_BYTES,
    });
  };
  return (more = 1) => {
    calls += 1;
    components += more;
    if (components * COMPONENT_BYTES > bytesMax) stop(memoryText(bytesMax));
    if (calls % CLOCK_EVERY !== 0) return;
    const milliseconds = performance.now() - began;
    onBuilding(milliseconds);
    if (milliseconds >= millisecondsMax) stop(`${millisecondsMax} ms`);
  };
}

export const memoryText = (bytesMax: number): string =>
  `${Math.floor(bytesMax / 2 ** 20)} MiB of memory`;

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
