/**
 * A second implementation of a step, over XState alone: no tables, no numbers, and no code shared
 * with the search except `stateKey`. A search reports a trace only if the two agree on it.
 */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  initialTransition,
  transition,
} from 'xstate';
import { stateKey } from '../model/state-key.ts';
import type { Component, Delivery, Message, Step, System, Trace } from '../model/system.ts';

/** By component. */
export type Snapshots = ReadonlyMap<string, AnyMachineSnapshot>;

export type PlainRun = {
  /** Null: not enabled, and no component has changed. Takes any event, offered or not. */
  readonly take: (component: string, event: AnyEventObject) => Step | null;
  readonly snapshot: (component: string) => AnyMachineSnapshot;
};

const DELIVERIES_MAX = 10_000;

export function plainStart(system: System): Snapshots {
  return new Map(
    system.map(({ name, machine, input }) => [name, initialTransition(machine, input as never)[0]]),
  );
}

/** The step and the snapshots after it. Null: not enabled. Does not change `before`. */
export function plainStep(
  system: System,
  before: Snapshots,
  component: string,
  event: AnyEventObject,
): { readonly step: Step; readonly after: Snapshots } | null {
  const after = new Map(before);
  const queue: Delivery[] = [];
  if (!deliver(find(system, component), event, after, queue)) return null;
  for (const delivery of queue) {
    if (queue.length > DELIVERIES_MAX) throw new RangeError(`a step of ${component} does not end`);
    if (delivery.to === '*') {
      for (const listener of audienceOf(system, delivery.event))
        deliver(listener, delivery.event, after);
    } else if (!deliver(find(system, delivery.to), delivery.event, after, queue)) return null;
  }
  return { step: { component, event, deliveries: queue }, after };
}

export function plainRun(system: System): PlainRun {
  let snapshots = plainStart(system);
  return {
    take(component, event) {
      const taken = plainStep(system, snapshots, component, event);
      if (taken) snapshots = taken.after;
      return taken?.step ?? null;
    },
    snapshot: (component) => snapshots.get(find(system, component).name)!,
  };
}

/**
 * Replays every step of the trace.
 *
 * @returns the run after the last step.
 * @throws Error at the first step that is not enabled, or whose deliveries differ.
 */
export function replay(system: System, trace: Trace): PlainRun {
  const run = plainRun(system);
  trace.forEach(({ component, event, deliveries }, i) => {
    const where = `step ${i + 1}, ${component} ${JSON.stringify(event)}`;
    const step = run.take(component, event);
    if (!step) throw disagreement(`${where}: it is not enabled`);
    const count = Math.max(deliveries.length, step.deliveries.length);
    for (let n = 0; n < count; n += 1) {
      const [expected, found] = [deliveries[n], step.deliveries[n]].map(textOf);
      if (expected === found) continue;
      throw disagreement(`${where}, delivery ${n + 1}: the trace has ${expected}, XState ${found}`);
    }
  });
  return run;
}

export function disagreement(what: string): Error {
  return new Error(`the checker disagrees with XState at ${what}`);
}

const audienceOf = (system: System, signal: AnyEventObject) =>
  system
    .filter(({ monitor }) => monitor)
    .filter(({ hears = {} }) =>
      Object.keys(hears).every((field) => hears[field] === signal[field]),
    );

/** An action as `transition` lists it: XState's own (`xstate.emit`) or the machine's. */
type Resolved = { readonly type: string; readonly params: unknown };

/**
 * Whether the component accepts the event. If so, replaces its snapshot and queues its messages and
 * signals.
 */
function deliver(
  { name, machine, ports }: Component,
  event: AnyEventObject,
  snapshots: Map<string, AnyMachineSnapshot>,
  queue: Delivery[] = [],
): boolean {
  const snapshot = snapshots.get(name)!;
  if (!snapshot.can(event)) return false;
  const [next, actions] = transition(machine, snapshot, event);
  snapshots.set(name, next);
  // The types name some of XState's own actions only.
  for (const { type, params } of actions as readonly Resolved[]) {
    const { to, event: sent } = (params ?? {}) as Partial<Message>;
    if (type === 'xstate.emit' && sent) queue.push({ from: name, to: '*', event: sent });
    if (type.startsWith('xstate.') || to === undefined || !sent) continue;
    const peer = ports[to];
    if (peer === undefined) throw new TypeError(`${name} has no port ${to}`);
    if (peer) queue.push({ from: name, to: peer.component, event: { ...sent, from: peer.port } });
  }
  return true;
}

function find(system: System, name: string): Component {
  const component = system.find((one) => one.name === name);
  if (!component) throw new TypeError(`no component is named ${name}`);
  return component;
}

function textOf(delivery: Delivery | undefined): string {
  return delivery ? stateKey(delivery) : 'nothing';
}
