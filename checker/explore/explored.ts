/** The result of a sweep through all states, for any engine. */
import { Edges } from '../liveness/edges.ts';
import type { CheckedProperty } from './checked-property.ts';
import { BYTES_MAX, LimitReached, type Limits, memoryText, type Progress } from './limits.ts';
import type { Room } from './reached.ts';

/** States are numbered in the order found, from the initial one, 0. */
export type Explored = {
  readonly isExhausted: boolean;
  /** The first state that violates each `always`, and the first witness of each `sometimes`. */
  readonly decided: ReadonlyMap<CheckedProperty, number>;
  readonly deadlock: number; // the first state in which no offer is enabled, or -1
  readonly edges: Edges | null; // null: no property needs them
  readonly progress: () => Progress;
  readonly offersTo: (state: number) => readonly number[];
  /** By state: 1 where it holds, else 0. */
  readonly holding: (property: CheckedProperty) => Uint8Array;
};

export type SweepOptions = Limits & {
  readonly stopAtViolation?: boolean;
};

export const TURN = 20_000; // states between two reports

/** Throws LimitReached once the search needs more memory than the limit allows. */
export function roomIn({ bytesMax = BYTES_MAX }: Limits, progress: () => Progress): Room {
  return (more) => {
    const now = progress();
    if (!Number.isFinite(more)) throw new LimitReached('the available memory', now);
    if (now.bytes + more > bytesMax) throw new LimitReached(memoryText(bytesMax), now);
  };
}

export function watchClock(
  { millisecondsMax = Number.POSITIVE_INFINITY }: Limits,
  progress: () => Progress,
): void {
  const now = progress();
  if (now.milliseconds >= millisecondsMax) throw new LimitReached(`${millisecondsMax} ms`, now);
}

/** Edges are kept only if single states do not decide some property. */
export function edgesFor(properties: readonly CheckedProperty[], room: Room): Edges | null {
  const responds = properties.some(({ kind }) => kind === 'response');
  const looksBack = responds || properties.some(({ kind }) => kind === 'reachable');
  return looksBack ? new Edges(responds, room) : null;
}

/** Properties that single states decide. */
export const ofStates = (properties: readonly CheckedProperty[]): readonly CheckedProperty[] =>
  properties.filter(({ kind }) => kind === 'always' || kind === 'sometimes');
