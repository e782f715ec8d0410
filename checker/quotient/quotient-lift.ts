/** From a way between orbits to one between states. */
import type { Composition } from '../model/composition.ts';
import type { Orbits } from './quotient-orbits.ts';

/**
 * The offers that lead from the initial state to a state that an orbit stands for.
 *
 * It walks forward, with any offer that leads into the next orbit, and comes to some state of the
 * last one. An element of the group takes that one to the state that is meant, and then the whole
 * way to another that begins where it began.
 *
 * @param path - offers, each taken in the least row of an orbit, beginning with the initial row's.
 * @param element - takes the least row of the last orbit to the state that is meant.
 */
export function lifted(
  composition: Composition,
  orbits: Orbits,
  path: readonly number[],
  element: number,
): readonly number[] {
  const least = composition.initial.slice();
  const row = composition.initial.slice();
  const ways = path.map((offer) => {
    if (!composition.step(least, 0, offer)) throw new RangeError(`offer ${offer} is not enabled`);
    least.set(orbits.least(composition.next));
    const way = composition.offers.findIndex(
      (_, other) =>
        composition.step(row, 0, other) && areEqual(orbits.least(composition.next), least),
    );
    if (way < 0) throw new RangeError('no step leads into the next orbit: a fault of the checker');
    row.set(composition.next); // of the last offer tried
    return way;
  });
  const meant = orbits.member(element, least, 0).slice();
  for (let index = 0; index < orbits.order; index += 1)
    if (areEqual(orbits.member(index, row, 0), meant))
      return ways.map((way) => orbits.element(index).offers[way]!);
  throw new RangeError('the trace ends in another orbit: a fault of the checker');
}

const areEqual = (one: Int32Array, other: Int32Array): boolean =>
  one.every((number, i) => number === other[i]);
