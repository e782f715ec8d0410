/**
 * What the checker searches: components that are XState machines, joined port to port.
 *
 * A step is one offer followed by the first-in-first-out cascade of the messages it causes. It is
 * atomic: where any addressee refuses a message, the step is not enabled and nothing has happened.
 */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';

/** A component's own name for one of its neighbours. */
export type Port = string;

/** Where a port leads: a component, and the port by which that component knows the sender. */
export type Peer = { readonly component: string; readonly port: Port };

export type Component = {
  readonly name: string; // unique in its system
  readonly machine: AnyStateMachine;
  readonly input: unknown;
  /** What the component may do of its own accord. Enabled exactly when its snapshot accepts it. */
  readonly offers: readonly AnyEventObject[];
  /** Null: a port whose messages nobody reads. Sending to a port that is not listed is an error. */
  readonly ports: Readonly<Record<Port, Peer | null>>;
  /** A monitor hears signals and nothing else. It never refuses, offers or sends. */
  readonly monitor: boolean;
  /** Of a monitor: it hears the signals that have these fields with these values. Else all. */
  readonly hears?: Readonly<Record<string, string>>;
};

export type System = readonly Component[];

/**
 * An action whose parameters have this shape is a message to whoever is behind the port `to`.
 * The addressee hears `event` with one more field, `from`: its own port for the sender.
 */
export type Message = { readonly to: Port; readonly event: AnyEventObject };

/** An event that a machine emits: every monitor hears it, and nothing else does. */
export type SignalEffect = { readonly signal: AnyEventObject };

/** A judgement read from some components' snapshots, in the order named. */
type StatePredicate = {
  readonly name: string; // unique in one search
  readonly reads: readonly string[];
  readonly holds: (...snapshots: AnyMachineSnapshot[]) => boolean;
};

/**
 * What a fair run owes to an offer.
 *
 * - `weak`: where it is enabled in every state from some point on, it is taken again and again.
 * - `finite`: it is taken only finitely often.
 * - `free`: nothing.
 */
export type Fairness = 'weak' | 'finite' | 'free';

/**
 * - `always`: in every reachable state.
 * - `sometimes`: in at least one.
 * - `possible`: from every reachable state, a state in which it holds can still be reached.
 */
export type StateProperty = StatePredicate & {
  readonly kind: 'always' | 'sometimes' | 'reachable';
};

/**
 * No fair run stays for ever in states in which `holds` is false: there, something is owed. A run
 * may also rest in a state for ever, if no weak offer is enabled in it.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness)
 */
export type Response = StatePredicate & {
  readonly kind: 'response';
  readonly fairness: (component: string, event: AnyEventObject) => Fairness;
  /**
   * Names what a component does when it takes an offer. Weak offers of one component with one name
   * are owed as one: enabled where any of them is, and taken with any. Default: each by itself.
   */
  readonly action?: (component: string, event: AnyEventObject) => string;
};

export type Property = StateProperty | Response;

/** One event reaching one component, or a signal reaching every monitor (`to` is `*`). */
export type Delivery = {
  readonly from: string;
  readonly to: string;
  readonly event: AnyEventObject;
};

/** An offer that was taken, and all that followed from it, in order. */
export type Step = {
  readonly component: string;
  readonly event: AnyEventObject;
  readonly deliveries: readonly Delivery[];
};

/** Steps from the initial state. Empty: the initial state itself. */
export type Trace = readonly Step[];
