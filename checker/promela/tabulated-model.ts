/**
 * A system as plain tables, to be written in the language of another checker.
 *
 * States, inputs and reactions are numbered in the order in which they are met from the initial
 * state, so that the same system always gives the same tables, whatever was searched before.
 */
import type { Duties } from '../liveness/fairness.ts';
import type { StateProperty } from '../model/system.ts';

/** An event that a component can be given: by an offer, a message or, to a monitor, a signal. */
export type ModelInput = {
  readonly component: number;
  readonly event: string; // as JSON
  /** By state of the component. */
  readonly cells: readonly ModelCell[];
};

/**
 * What comes of an input in a state. `hole`: the search never came by it, so whoever needs it has
 * found a step that the search has not.
 */
export type ModelCell = 'hole' | 'refused' | ModelReaction;

export type ModelReaction = {
  readonly next: number; // state
  /** Inputs that follow, in order. A signal is one for each monitor that hears it. */
  readonly effects: readonly number[];
};

export type ModelComponent = {
  readonly name: string;
  readonly machine: string; // its id
  readonly isMonitor: boolean; // ignores what it refuses
  /** Value and what varies of the context, as JSON. */
  readonly states: readonly string[];
};

/**
 * By the state of the first component read, then of the second, and so on: whether the property
 * holds. `null`: the search never came by this combination.
 */
export type DecisionTable = boolean | null | readonly DecisionTable[];

type Evaluating = {
  readonly name: string;
  readonly reads: readonly number[];
  readonly decision: DecisionTable;
};

export type ModelProperty = Evaluating &
  (
    | { readonly kind: StateProperty['kind'] }
    | { readonly kind: 'response'; readonly duties: Duties }
  );

export type TabulatedModel = {
  readonly components: readonly ModelComponent[];
  readonly inputs: readonly ModelInput[];
  readonly offers: readonly number[]; // inputs
  /** Monitors first, each as an `always`: it is never violated. */
  readonly properties: readonly ModelProperty[];
};
