/** What SPIN's verifier prints at its end, and what our models make it print on the way. */

export type Report = {
  readonly states: number; // stored
  readonly transitions: number; // stored and matched: SPIN counts one into the initial state
  readonly depth: number; // of the search: breadth-first, of the furthest state
  readonly errors: number;
  /** What SPIN called the errors it told of, each once: `invalid end state`, and the like. */
  readonly reasons: readonly string[];
  readonly megabytes: number; // in total, as the verifier counts it
  readonly vectorBytes: number; // one state, before it is compressed
  readonly seconds: number; // the verifier's own figure, in hundredths
  /** False: it stopped at an error or at a limit, and the counts are of a part. */
  readonly isComplete: boolean;
  readonly violated: readonly string[]; // properties and monitors that the model noted, by name
  readonly witnessed: readonly string[];
};

/** @throws Error for a text that is no such report. */
export function reportOf(said: string): Report {
  const found = (pattern: RegExp): RegExpMatchArray => {
    const match = pattern.exec(said);
    if (match === null) throw new Error(`SPIN's verifier says nothing like ${pattern}: ${said}`);
    return match;
  };
  const number = (pattern: RegExp) => Number(found(pattern)[1]);
  const all = (pattern: RegExp) => [
    ...new Set([...said.matchAll(pattern)].map(([, name]) => name!)),
  ];
  const search = found(/State-vector (\d+) byte, depth reached (\d+), errors: (\d+)/);
  const [vectorBytes, depth, errors] = search.slice(1).map(Number) as [number, number, number];
  return {
    states: number(/^\s*(\S+) states, stored/m),
    transitions: number(/^\s*(\S+) transitions \(=/m),
    depth,
    errors,
    reasons: all(/^pan:\d+: (.*?)(?: \(at depth \d+\))?$/gm),
    megabytes: number(/^\s*(\S+)\t(?:total actual )?memory usage\b/m),
    vectorBytes,
    seconds: number(/^pan: elapsed time (\S+) seconds/m),
    isComplete: !/^Warning: Search not completed/m.test(said) && !/max search depth/.test(said),
    violated: all(/^violated: (.*)$/gm),
    witnessed: all(/^witnessed: (.*)$/gm),
  };
}
