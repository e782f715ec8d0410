/** Components: machines joined port to port, which is all that a system is. */
import type { AnyEventObject, AnyStateMachine, EventFromLogic, InputFrom } from 'xstate';
import type { Port } from '../vocabulary/messages.ts';
import type { Signal } from '../vocabulary/signals.ts';

export type Peer = { readonly component: string; readonly port: Port };

export type Component = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly input: unknown;
  readonly offers: readonly AnyEventObject[]; // what it may do of its own accord
  readonly ports: Readonly<Record<Port, Peer | null>>; // null: nobody reads what is sent there
  readonly monitor: boolean;
  readonly hears?: Readonly<Record<string, string>>; // only claims with these values; else all
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
 * A machine that only hears claims, those that have what `hears` says. It is violated in its state
 * `violated`, if it has one.
 */
export const monitor = <Machine extends AnyStateMachine>(
  name: string,
  machine: Monitor<Machine>,
  input: InputFrom<Machine>,
  hears: Readonly<Record<string, string>> = {},
): Component => ({ name, machine, input, ports: {}, offers: [], monitor: true, hears });
