/** The output of the bench programs, each as one line of JSON. */

export type ExploreOutput = {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number; // of the search alone
  readonly bytes: number; // for states and steps, as the search counts them
  readonly against: readonly string[]; // the violated properties, and "deadlock"
};

export type AdjacencyCounts = { readonly states: number; readonly transitions: number };

/** The first sequences, whose steps must be the same in every way of taking them. */
export const COMPARED = 1_000;

export type SequenceCounts = {
  readonly sequences: number;
  readonly taken: number; // enabled steps, in all sequences
  readonly compared: number; // the same, in the first `COMPARED`; 0: there were fewer
};
