/** Short ways to say what a component is. */
import type { AnyEventObject, AnyStateMachine } from 'xstate';
import type { Component, Peer } from '../../../checker/model/system.ts';

type Parts = {
  readonly input?: unknown;
  readonly offers?: readonly AnyEventObject[];
  readonly ports?: Readonly<Record<string, Peer | null>>;
};

export const component = (
  name: string,
  machine: AnyStateMachine,
  { input, offers = [], ports = {} }: Parts = {},
): Component => ({ name, machine, input, offers, ports, monitor: false });

export const monitor = (name: string, machine: AnyStateMachine): Component => ({
  ...component(name, machine),
  monitor: true,
});

/** Written `name.port`: the component there, and the port by which it knows us. */
export const at = (peer: string): Peer => {
  const [component = '', port = ''] = peer.split('.');
  return { component, port };
};
