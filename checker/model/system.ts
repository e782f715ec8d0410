/**
 * A system to check: components that are XState machines, joined port to port.
 *
 * An offer is a spontaneous action of a component: an event that no other component sends. A step
 * is one offer followed by the first-in-first-out cascade of the messages it causes. A step is
 * atomic: if any addressee refuses a message, the step is not enabled and no component changes.
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
  /** Spontaneous actions. Each is enabled exactly when the component's snapshot accepts it. */
  readonly offers: readonly AnyEventObject[];
  /** Null: messages to the port are lost. Sending to a port that is not listed is an error. */
  readonly ports: Readonly<Record<Port, Peer | null>>;
  /** A monitor hears signals and nothing else. It never refuses, offers or sends. */
  readonly monitor: boolean;
  /** The fields and values of the signals that a monitor hears. Default: it hears all signals. */
  readonly hears?: Readonly<Record<string, string>>;
};

export type System = readonly Component[];

/**
 * Parameters of an action that sends a message to the component behind the port `to`. The
 * addressee receives `event` with one more field, `from`: its own port for the sender.
 */
export type Message = { readonly to: Port; readonly event: AnyEventObject };

/** An event that a machine emits with XState's `emit`. Only monitors hear it, and none refuses. */
export type SignalEffect = { readonly signal: AnyEventObject };

/** A predicate over the snapshots of the components that it `reads`, in that order. */
type StatePredicate = {
  readonly name: string; // unique in one search
  readonly reads: readonly string[];
  readonly holds: (...snapshots: AnyMachineSnapshot[]) => boolean;
};

/**
 * How a fair run treats an offer.
 *
 * - `weak`: if the offer stays enabled from some point on, the run takes it infinitely often.
 * - `finite`: the run takes it only finitely often.
 * - `free`: the run may take it or not.
 */
export type Fairness = 'weak' | 'finite' | 'free';

/**
 * - `always`: it holds in every reachable state.
 * - `sometimes`: it holds in at least one reachable state.
 * - `reachable`: from every reachable state, a state in which it holds can be reached (AG EF).
 */
export type StateProperty = StatePredicate & {
  readonly kind: 'always' | 'sometimes' | 'reachable';
};

/**
 * Every fair run eventually leaves the states in which `holds` is false; such a state owes a
 * response. A run may also rest in a state for ever, if no weak offer is enabled in it.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness)
 */
export type Response = StatePredicate & {
  readonly kind: 'response';
  readonly fairness: (component: string, event: AnyEventObject) => Fairness;
  /**
   * Groups the weak offers of a component. Offers with one name count as one for fairness: enabled
   * when any of them is enabled, and taken when any of them is taken. Default: each by itself.
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

/** An offer that was taken, and the deliveries it caused, in order. */
export type Step = {
  readonly component: string;
  readonly event: AnyEventObject;
  readonly deliveries: readonly Delivery[];
};

/** Steps from the initial state. Empty: the initial state itself. */
export type Trace = readonly Step[];
