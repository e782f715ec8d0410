/** Components: machines joined port to port. A system is a list of components. */
import type { AnyEventObject, AnyStateMachine, EventFromLogic, InputFrom } from 'xstate';
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

export const component = <Machine extends AnyStateMachine>(
  name: string,
  machine: Machine,
  input: InputFrom<Machine>,
  ports: Component['ports'],
  offers: readonly EventFromLogic<Machine>[] = [],
): Component => ({ name, machine, input, ports, offers, monitor: false });

type Monitor<Machine extends AnyStateMachine> =
  EventFromLogic<Machine> extends Signal ? Machine : never;

/**
 * A machine that only hears signals: those with the values of `hears`. The monitored claim is
 * violated in its state `violated`, if it has one.
 */
export const monitor = <Machine extends AnyStateMachine>(
  name: string,
  machine: Monitor<Machine>,
  input: InputFrom<Machine>,
  hears: Readonly<Record<string, string>> = {},
): Component => ({ name, machine, input, ports: {}, offers: [], monitor: true, hears });
