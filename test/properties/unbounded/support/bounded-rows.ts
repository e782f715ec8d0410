/** States that a bounded system reaches: the first ones, and more on random walks. */
import type { Composition } from '../../../../checker/model/composition.ts';
import { SEED } from '../../random/support/topology-files.ts';

export type Bounds = {
  readonly statesMax: number; // breadth first
  readonly walks: number; // if there are more states than these
};

const STEPS = 40; // of each walk

/** Whole numbers at random, always the same ones: a linear congruential generator. */
function drawing(): (below: number) => number {
  let state = SEED;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function* rowsOf(composition: Composition, { statesMax, walks }: Bounds) {
  const rows = [composition.initial.slice()];
  const seen = new Set([rows[0]!.join()]);
  for (let at = 0; at < rows.length && at < statesMax; at += 1) {
    const row = rows[at]!;
    yield row;
    for (let offer = 0; offer < composition.offers.length; offer += 1) {
      if (!composition.step(row, 0, offer)) continue;
      const key = composition.next.join();
      if (!seen.has(key)) rows.push(composition.next.slice());
      seen.add(key);
    }
  }
  if (rows.length <= statesMax) return;
  const draw = drawing();
  for (let walk = 0; walk < walks; walk += 1) yield* walkOf(composition, draw);
}

function* walkOf(composition: Composition, draw: (below: number) => number) {
  let row = composition.initial.slice();
  for (let step = 0; step < STEPS; step += 1) {
    const enabled = composition.offers.flatMap((_, offer) =>
      composition.step(row, 0, offer) ? [offer] : [],
    );
    if (enabled.length === 0) return;
    composition.step(row, 0, enabled[draw(enabled.length)]!);
    row = composition.next.slice();
    yield row;
  }
}
