/**
 * A system as plain tables, for export to other checkers.
 *
 * States and inputs are numbered in the order in which the search meets them, so that a system
 * always gives the same tables.
 */
import type { Duties } from '../liveness/fairness.ts';
import type { StateProperty } from '../model/system.ts';

/** An event that a component can receive: an offer, a message or, for a monitor, a signal. */
export type ModelInput = {
  readonly component: number;
  readonly event: string; // as JSON
  /** By state of the component. */
  readonly cells: readonly ModelCell[];
};

/**
 * The reaction to an input in a state. `hole`: the search never used it, so a checker that needs it
 * has found a step that the search has not.
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
  readonly isMonitor: boolean; // ignores events that it refuses
  /** Value and what varies of the context, as JSON. */
  readonly states: readonly string[];
};

/**
 * Whether the property holds, by the state of the first component read, then of the second, and so
 * on. `null`: no reached state has this combination.
 */
export type DecisionTable = boolean | null | readonly DecisionTable[];

type TabulatedPredicate = {
  readonly name: string;
  readonly reads: readonly number[];
  readonly decision: DecisionTable;
};

export type ModelProperty = TabulatedPredicate &
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
