/** One step: an offer, the messages and signals that it causes, and every reaction. */
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import { type Effect, isHeardBy } from '../../checker/model/effects.ts';
import type { Component, Delivery } from '../../checker/model/system.ts';
import type { InstrumentedMachine, ObservedReaction } from './instrument.ts';
import type { Reaction, State } from './story.ts';

export type Part = { readonly component: Component; readonly machine: InstrumentedMachine };
export type Parts = ReadonlyMap<string, Part>; // by name
export type Snapshots = ReadonlyMap<string, AnyMachineSnapshot>; // by component

const DELIVERIES_MAX = 10_000;

/** @throws TypeError where no component has this name. */
export function partNamed(name: string, parts: Parts): Part {
  const part = parts.get(name);
  if (part === undefined) throw new TypeError(`no component is named ${name}`);
  return part;
}

/** To be run once. Where the step is not enabled, only `refused` has a meaning. */
export class Cascade {
  readonly after: Map<string, AnyMachineSnapshot>;
  readonly deliveries: Delivery[] = [];
  readonly reactions: Reaction[] = [];
  /** The message that its receiver refused. Null: none, or the component refuses the event. */
  refused: Delivery | null = null;
  readonly #parts: Parts;

  constructor(parts: Parts, before: Snapshots) {
    this.#parts = parts;
    this.after = new Map(before);
  }

  /** False where the step is not enabled. */
  run(component: string, event: AnyEventObject): boolean {
    if (!this.#deliver({ from: component, to: component, event })) return false;
    for (const delivery of this.deliveries) {
      if (this.deliveries.length > DELIVERIES_MAX)
        throw new RangeError(`a step of ${component} does not end`);
      if (delivery.to === '*') this.#signal(delivery);
      else if (!this.#deliver(delivery)) {
        this.refused = delivery;
        return false;
      }
    }
    return true;
  }

  #deliver({ from, to, event }: Delivery): boolean {
    const part = partNamed(to, this.#parts);
    const observed = part.machine.react(this.after.get(to)!, event);
    if (!observed.isEnabled) return false;
    this.#note(part.component, from, event, observed);
    for (const effect of observed.effects) this.#send(part.component, effect);
    return true;
  }

  #send({ name, ports }: Component, effect: Effect): void {
    if ('signal' in effect) {
      this.deliveries.push({ from: name, to: '*', event: effect.signal });
      return;
    }
    const peer = ports[effect.to];
    if (peer === undefined) throw new TypeError(`${name} has no port ${effect.to}`);
    if (peer === null) return;
    const event = { ...effect.event, from: peer.port };
    this.deliveries.push({ from: name, to: peer.component, event });
  }

  /** A monitor without a transition and without a guard for the signal has no reaction. */
  #signal({ from, event }: Delivery): void {
    for (const { component, machine } of this.#parts.values()) {
      if (!component.monitor || !isHeardBy(component, event)) continue;
      const observed = machine.react(this.after.get(component.name)!, event);
      if (observed.isEnabled || observed.guards.length > 0)
        this.#note(component, from, event, observed);
    }
  }

  #note(
    { name }: Component,
    from: string,
    event: AnyEventObject,
    observed: ObservedReaction,
  ): void {
    const { next, taken, guards, actions } = observed;
    this.after.set(name, next);
    this.reactions.push({
      component: name,
      event,
      from,
      taken,
      guards,
      actions,
      after: stateOf(next),
    });
  }
}

const known = new WeakMap<AnyMachineSnapshot, State>();

/** One object for each snapshot, so that a long story holds each state once. */
export function stateOf(snapshot: AnyMachineSnapshot): State {
  const state = known.get(snapshot) ?? {
    active: snapshot._nodes.toSorted((a, b) => a.order - b.order).map(({ id }) => id),
    context: snapshot.context,
  };
  known.set(snapshot, state);
  return state;
}
