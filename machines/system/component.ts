/** Components: machines joined port to port. A system is a list of components. */
import type {
  AnyEventObject,
  AnyStateMachine,
  EventFromLogic,
  EventObject,
  InputFrom,
} from 'xstate';
import type { Port } from '../vocabulary/messages.ts';
import type { Signal } from '../vocabulary/signals.ts';

export type Peer = { readonly component: string; readonly port: Port };

export type Component = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly input: unknown;
  readonly offers: readonly AnyEventObject[]; // its spontaneous actions
  readonly ports: Readonly<Record<Port, Peer | null>>; // null: messages to this port are dropped
  readonly monitor: boolean;
  readonly hears?: Readonly<Record<string, string>>; // only signals with these values; else all
};

export type System = readonly Component[];

let watching: (() => void) | null = null;

/**
 * Runs `build`, which makes components, and calls `watch` before each of them: a system may have so
 * many that the caller must be able to stop it, by an error.
 */
export function watchedWhile<Result>(watch: () => void, build: () => Result): Result {
  const before = watching;
  watching = watch;
  try {
    return build();
  } finally {
    watching = before;
  }
}

export function component<Machine extends AnyStateMachine>(
  name: string,
  machine: Machine,
  input: InputFrom<Machine>,
  ports: Component['ports'],
  offers: readonly EventFromLogic<Machine>[] = [],
): Component {
  watching?.();
  return { name, machine, input, ports, offers, monitor: false };
}

/**
 * Makes monitors. A monitor is a machine that only hears signals: those with the values of `hears`.
 * The monitored claim is violated in its state `violated`, if it has one.
 *
 * @typeParam Heard - the signals there are. A monitor of any other event does not compile.
 */
export const monitorOf =
  <Heard extends EventObject>() =>
  <Machine extends AnyStateMachine>(
    name: string,
    machine: EventFromLogic<Machine> extends Heard ? Machine : never,
    input: InputFrom<Machine>,
    hears: Readonly<Record<string, string>> = {},
  ): Component => ({ name, machine, input, ports: {}, offers: [], monitor: true, hears });

/** A monitor of this model's own signals. */
export const monitor = monitorOf<Signal>();
