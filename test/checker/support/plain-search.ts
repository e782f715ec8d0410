/** A breadth-first search written for these tests alone, over plain objects. */

export type Graph<State> = {
  readonly states: readonly State[]; // in the order found
  readonly ends: readonly (readonly number[])[]; // by state: where each enabled step leads
  readonly depths: readonly number[];
  readonly transitions: number;
  readonly depth: number;
};

/** @param after - the state after each enabled step, with repetitions where two steps agree. */
export function explore<State>(
  init: State,
  after: (state: State) => readonly State[],
  keyOf: (state: State) => string = JSON.stringify,
): Graph<State> {
  const numbers = new Map([[keyOf(init), 0]]);
  const states = [init];
  const depths = [0];
  const ends: number[][] = [];
  for (let i = 0; i < states.length; i += 1) {
    ends.push(
      after(states[i]!).map((state) => {
        const known = numbers.get(keyOf(state));
        if (known !== undefined) return known;
        numbers.set(keyOf(state), states.length);
        depths.push(depths[i]! + 1);
        return states.push(state) - 1;
      }),
    );
  }
  return { states, ends, depths, transitions: ends.flat().length, depth: Math.max(...depths) };
}

/** The fewest steps to a state that satisfies `is`, or null. */
export function stepsTo<State>(
  { states, depths }: Graph<State>,
  is: (state: State, index: number) => boolean,
): number | null {
  const index = states.findIndex(is);
  return index < 0 ? null : depths[index]!;
}

/** Whether a state that satisfies `is` can be reached from the one numbered `start`. */
export function canReach<State>(
  { states, ends }: Graph<State>,
  start: number,
  is: (state: State) => boolean,
): boolean {
  const seen = new Set([start]);
  for (const state of seen) {
    if (is(states[state]!)) return true;
    for (const end of ends[state]!) seen.add(end);
  }
  return false;
}
