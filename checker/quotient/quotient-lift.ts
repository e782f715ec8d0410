/** Turns a path between orbits into a path between states. */
import type { Composition } from '../model/composition.ts';
import type { Orbits } from './quotient-orbits.ts';

/**
 * The offers that lead from the initial state to a given state of the last orbit.
 *
 * It walks forward by any offer that leads into the next orbit, and reaches some state of the last
 * orbit. An element of the group maps that state to the given one, and maps the whole path to a
 * path that also begins in the initial state.
 *
 * @param path - offers, each taken in the least row of an orbit, beginning with the initial row's.
 * @param element - maps the least row of the last orbit to the given state.
 */
export function lifted(
  composition: Composition,
  orbits: Orbits,
  path: readonly number[],
  element: number,
): readonly number[] {
  const least = composition.initial.slice();
  const row = composition.initial.slice();
  const lift = path.map((offer) => {
    if (!composition.step(least, 0, offer)) throw new RangeError(`offer ${offer} is not enabled`);
    least.set(orbits.least(composition.next));
    const step = composition.offers.findIndex(
      (_, other) =>
        composition.step(row, 0, other) && areEqual(orbits.least(composition.next), least),
    );
    if (step < 0) throw new RangeError('no step leads into the next orbit: a fault of the checker');
    row.set(composition.next); // of the last offer tried
    return step;
  });
  const meant = orbits.member(element, least, 0).slice();
  for (let index = 0; index < orbits.order; index += 1)
    if (areEqual(orbits.member(index, row, 0), meant))
      return lift.map((step) => orbits.element(index).offers[step]!);
  throw new RangeError('the trace ends in another orbit: a fault of the checker');
}

const areEqual = (one: Int32Array, other: Int32Array): boolean =>
  one.every((number, i) => number === other[i]);
