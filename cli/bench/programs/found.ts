/** What the programs of the bench print, each as one line of JSON. */

export type Explored = {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly milliseconds: number; // of the search alone
  readonly bytes: number; // for states and steps, as the search counts them
  readonly against: readonly string[]; // what is violated or deadlock
};

export type Mapped = { readonly states: number; readonly transitions: number };

/** So many sequences must come to the same, however their steps are taken. */
export const COMPARED = 1_000;

export type Sequences = {
  readonly sequences: number;
  readonly taken: number; // steps that were enabled, in all sequences
  readonly compared: number; // the same, in the first `COMPARED`; 0: there were fewer
};
