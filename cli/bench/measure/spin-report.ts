/** Reads the report of SPIN's verifier, and the lines that our models make it print. */

export type VerifierReport = {
  readonly states: number; // stored
  readonly transitions: number; // stored and matched: SPIN counts one into the initial state
  readonly depth: number; // of the search: breadth-first, of the furthest state
  readonly errors: number;
  /** SPIN's names of the errors, such as `invalid end state`, each once. */
  readonly reasons: readonly string[];
  readonly megabytes: number; // in total, as the verifier counts it
  readonly vectorBytes: number; // one state, before it is compressed
  readonly seconds: number; // the verifier's own figure, in hundredths
  /** False: it stopped at an error or a limit, and the counts are incomplete. */
  readonly isComplete: boolean;
  readonly violated: readonly string[]; // properties and monitors that the model noted, by name
  readonly witnessed: readonly string[];
};

/** @throws Error for a text that is not such a report. */
export function reportOf(said: string): VerifierReport {
  const found = (pattern: RegExp): RegExpMatchArray => {
    const match = pattern.exec(said);
    if (match === null) throw new Error(`SPIN's verifier prints no ${pattern}: ${said}`);
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
